//! Source that is refused: what the parser and the code generator say, in MicroPython's words (`py/parse.c`,
//! `py/compile.c`). What has no word of its own there is `invalid syntax`.

use quecpy_modules::exception;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::compiler::codegen::error::{CodegenError, CodegenErrorType};
use rustpython_vm::compiler::parser::{LexicalErrorType, ParseError, ParseErrorType};
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};
use std::borrow::Cow;

/// What is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Syntax,
    Indentation,
    /// RuntimeError: nested too deep.
    Recursion,
    /// MemoryError: too large.
    Memory,
    /// RuntimeError: the code generator failed, which is a fault of ours.
    Fault,
}

/// Where a source is wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub kind: Kind,
    /// The line, counted from 1, if there is one to blame.
    pub line: Option<usize>,
    pub text: Cow<'static, str>,
}

const INVALID: &str = "invalid syntax";
pub const TOO_DEEP: &str = "maximum recursion depth exceeded";
const ASSIGN: &str = "can't assign to expression";
const DELETE: &str = "can't delete expression";
const STAR: &str = "*x must be assignment target";
const OUTSIDE_LOOP: &str = "'break'/'continue' outside loop";
const ASYNC: &str = "async for/with outside async function";

impl Refusal {
    #[must_use]
    pub fn syntax(line: usize, text: &'static str) -> Self {
        Self { kind: Kind::Syntax, line: Some(line), text: Cow::Borrowed(text) }
    }

    #[must_use]
    pub fn too_deep() -> Self {
        Self { kind: Kind::Recursion, line: None, text: Cow::Borrowed(TOO_DEEP) }
    }

    #[must_use]
    pub fn too_large() -> Self {
        Self { kind: Kind::Memory, line: None, text: Cow::Borrowed("memory allocation failed") }
    }

    /// What the parser found first.
    #[must_use]
    pub fn of_parser(error: &ParseError, source: &str) -> Self {
        let (kind, text) = parser_text(&error.error);
        let line = line_of(source, error.location.start().to_usize());
        Self { kind, line: Some(line), text: Cow::Borrowed(text) }
    }

    /// What the code generator found.
    #[must_use]
    pub fn of_generator(error: &CodegenError) -> Self {
        let line = error.location.map(|location| location.line.get());
        match generator_text(&error.error) {
            Some(text) => Self { kind: Kind::Syntax, line, text: Cow::Borrowed(text) },
            None => Self::too_deep(),
        }
    }

    /// What is raised for it.
    ///
    /// # Errors
    /// What setting an attribute raises.
    pub fn exception(self, path: &str, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
        let exceptions = &vm.ctx.exceptions;
        let class = match self.kind {
            Kind::Syntax => exceptions.syntax_error,
            Kind::Indentation => exceptions.indentation_error,
            Kind::Recursion | Kind::Fault => exceptions.runtime_error,
            Kind::Memory => exceptions.memory_error,
        };
        let error = vm.new_exception_msg(class.to_owned(), self.text.into_owned().into());
        exception::settle(&error);
        if let (Kind::Syntax | Kind::Indentation, Some(line)) = (self.kind, self.line) {
            // Exceptions of the VM's own classes take no attributes.
            let set = |name: &'static str, value: PyObjectRef| {
                error.as_object().generic_setattr(vm.ctx.intern_str(name), PySetterValue::Assign(value), vm)
            };
            set("filename", vm.ctx.new_str(path).into())?;
            set("lineno", vm.ctx.new_int(line).into())?;
        }
        Ok(error)
    }
}

/// The line of a place in a source, counted from 1.
#[must_use]
pub fn line_of(source: &str, offset: usize) -> usize {
    source.as_bytes()[..offset.min(source.len())].iter().filter(|b| **b == b'\n').count() + 1
}

fn parser_text(error: &ParseErrorType) -> (Kind, &'static str) {
    let text = match error {
        ParseErrorType::UnexpectedIndentation => return (Kind::Indentation, "unexpected indent"),
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            return (Kind::Indentation, "unindent doesn't match any outer indent level");
        }
        ParseErrorType::InvalidAssignmentTarget
        | ParseErrorType::InvalidNamedAssignmentTarget
        | ParseErrorType::InvalidAnnotatedAssignmentTarget
        | ParseErrorType::InvalidAugmentedAssignmentTarget => ASSIGN,
        ParseErrorType::InvalidDeleteTarget => DELETE,
        ParseErrorType::PositionalAfterKeywordArgument => "positional arg after keyword arg",
        ParseErrorType::PositionalAfterKeywordUnpacking => "positional arg after **",
        ParseErrorType::InvalidArgumentUnpackingOrder => "* arg after **",
        ParseErrorType::NonDefaultParamAfterDefaultParam => "non-default argument follows default argument",
        ParseErrorType::InvalidStarredExpressionUsage | ParseErrorType::IterableUnpackingInComprehension => STAR,
        _ => INVALID,
    };
    (Kind::Syntax, text)
}

/// None where it is nested too deep.
fn generator_text(error: &CodegenErrorType) -> Option<&'static str> {
    Some(match error {
        CodegenErrorType::RecursionError => return None,
        CodegenErrorType::Assign(_) | CodegenErrorType::ForbiddenName => ASSIGN,
        CodegenErrorType::Delete(_) => DELETE,
        CodegenErrorType::MultipleStarArgs => "multiple *x in assignment",
        CodegenErrorType::InvalidStarExpr => STAR,
        CodegenErrorType::InvalidBreak | CodegenErrorType::InvalidContinue => OUTSIDE_LOOP,
        CodegenErrorType::InvalidReturn => "'return' outside function",
        CodegenErrorType::InvalidYield | CodegenErrorType::InvalidYieldFrom => "'yield' outside function",
        CodegenErrorType::InvalidAwait => "'await' outside function",
        CodegenErrorType::InvalidAsyncFor | CodegenErrorType::InvalidAsyncWith => ASYNC,
        CodegenErrorType::SyntaxError(said) if said == "too many statically nested blocks" => return None,
        CodegenErrorType::SyntaxError(said) => said_text(said),
        _ => INVALID,
    })
}

/// What the symbol table says is known by its words only.
fn said_text(said: &str) -> &'static str {
    const TEXTS: &[(&str, &str, &str)] = &[
        ("cannot assign to ", "", ASSIGN),
        ("cannot delete ", "", DELETE),
        ("duplicate argument ", "", "argument name reused"),
        ("Duplicate parameter ", "", "argument name reused"),
        ("no binding for nonlocal ", "", "no binding for nonlocal found"),
        ("nonlocal declaration not allowed at module level", "", "can't declare nonlocal in outer code"),
        ("name ", " is parameter and global", "identifier redefined as global"),
        ("name ", " is used prior to global declaration", "identifier redefined as global"),
        ("name ", " is assigned to before global declaration", "identifier redefined as global"),
        ("name ", " is parameter and nonlocal", "identifier redefined as nonlocal"),
        ("name ", " is used prior to nonlocal declaration", "identifier redefined as nonlocal"),
        ("name ", " is assigned to before nonlocal declaration", "identifier redefined as nonlocal"),
        ("default 'except:' must be last", "", "default 'except' must be last"),
        ("import * only allowed at module level", "", "import * not at module level"),
        ("'await' outside function", "", "'await' outside function"),
        ("'async for' outside async function", "", ASYNC),
        ("'async with' outside async function", "", ASYNC),
        ("starred assignment target must be in a list or tuple", "", ASSIGN),
    ];
    let row = TEXTS.iter().find(|(start, end, _)| said.starts_with(start) && said.ends_with(end));
    row.map_or(INVALID, |(_, _, text)| text)
}
