//! Source that is refused: what the parser and the code generator say, in MicroPython's words (`py/parse.c`,
//! `py/compile.c`). What has no word of its own there is `invalid syntax`.

use quecpy_modules::bridge::exceptions::exception;
use quecpy_modules::bridge::exceptions::traceback::SCOPE;
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
    /// NotImplementedError.
    NotImplemented,
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
    pub place: Option<Place>,
    pub text: Cow<'static, str>,
}

/// What is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// The function, class or module, where it is not the grammar but the compiler that refuses.
    pub scope: Option<String>,
}

/// What [`Findings::refused`] says of a character by its name, which is another exception.
pub const NAMED_CHARACTER: &str = "unicode name escapes";
const INVALID: &str = "invalid syntax";
pub const TOO_DEEP: &str = "maximum recursion depth exceeded";
pub const ASSIGN: &str = "can't assign to expression";
pub const DELETE: &str = "can't delete expression";
const STAR: &str = "*x must be assignment target";
const OUTSIDE_LOOP: &str = "'break'/'continue' outside loop";
const ASYNC: &str = "async for/with outside async function";

impl Refusal {
    /// What the tree has that MicroPython's has not.
    #[must_use]
    pub fn of_grammar(at: usize, text: &'static str, source: &str) -> Self {
        if text == NAMED_CHARACTER {
            return Self { kind: Kind::NotImplemented, place: None, text: Cow::Borrowed(text) };
        }
        let scope = (!is_of_grammar(text)).then(|| scope(source, at, text));
        let place = Place { line: line_of(source, at), scope };
        Self { kind: Kind::Syntax, place: Some(place), text: Cow::Borrowed(text) }
    }

    #[must_use]
    pub fn too_deep() -> Self {
        Self { kind: Kind::Recursion, place: None, text: Cow::Borrowed(TOO_DEEP) }
    }

    #[must_use]
    pub fn too_large() -> Self {
        Self { kind: Kind::Memory, place: None, text: Cow::Borrowed("memory allocation failed") }
    }

    /// What the parser found first.
    #[must_use]
    pub fn of_parser(error: &ParseError, source: &str) -> Self {
        let (kind, text) = parser_text(&error.error);
        let at = error.location.start().to_usize();
        let scope = (kind == Kind::Syntax && !is_of_grammar(text)).then(|| scope(source, at, text));
        let line = match &error.error {
            ParseErrorType::Lexical(LexicalErrorType::IndentationError) => line_before(source, at),
            ParseErrorType::OtherError(said) if said.starts_with(NO_BLOCK) && source[at..].trim().is_empty() => {
                line_of(source, source.len())
            }
            _ => line_of(source, at),
        };
        Self { kind, place: Some(Place { line, scope }), text: Cow::Borrowed(text) }
    }

    /// What the code generator found.
    #[must_use]
    pub fn of_generator(error: &CodegenError, source: &str) -> Self {
        let text = generator_text(&error.error);
        let place = error.location.map(|location| {
            let line = location.line.get();
            let at = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
            Place { line, scope: Some(scope(source, at, text.unwrap_or_default())) }
        });
        match text {
            Some(text) => Self { kind: Kind::Syntax, place, text: Cow::Borrowed(text) },
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
            Kind::NotImplemented => exceptions.not_implemented_error,
            Kind::Recursion | Kind::Fault => exceptions.runtime_error,
            Kind::Memory => exceptions.memory_error,
        };
        let error = vm.new_exception_msg(class.to_owned(), self.text.into_owned().into());
        exception::settle(&error);
        if let (Kind::Syntax | Kind::Indentation, Some(place)) = (self.kind, self.place) {
            // Exceptions of the VM's own classes take no attributes.
            let set = |name: &'static str, value: PyObjectRef| {
                error.as_object().generic_setattr(vm.ctx.intern_str(name), PySetterValue::Assign(value), vm)
            };
            set("filename", vm.ctx.new_str(path).into())?;
            set("lineno", vm.ctx.new_int(place.line).into())?;
            if let Some(scope) = place.scope {
                set(SCOPE, vm.ctx.new_str(scope).into())?;
            }
        }
        Ok(error)
    }
}

/// The line of a place in a source, counted from 1.
#[must_use]
pub fn line_of(source: &str, offset: usize) -> usize {
    source.as_bytes()[..offset.min(source.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// How the parser begins where a block is missing.
const NO_BLOCK: &str = "Expected an indented block";

/// Whether it is MicroPython's lexer or parser that says so, which knows nothing of functions.
fn is_of_grammar(text: &str) -> bool {
    text == INVALID || text.starts_with("invalid syntax")
}

/// The line before a place that is not blank.
fn line_before(source: &str, at: usize) -> usize {
    let here = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let before: Vec<&str> = source[..here].lines().collect();
    let text = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    before.iter().rposition(text).map_or(1, |line| line + 1)
}

/// The name of the function or class that a place is in, by the indentation of the lines before. What is wrong with
/// parameters is in the function that has them.
fn scope(source: &str, at: usize, text: &str) -> String {
    let end = source[at.min(source.len())..].find('\n').map_or(source.len(), |end| at + end);
    let mut lines = source[..end].lines().rev();
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let Some(own) = lines.next() else { return MODULE.to_owned() };
    if let Some(name) = defined(own).filter(|_| text == REUSED) {
        return name.to_owned();
    }
    let mut level = indentation(own);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if level == 0 {
            break;
        }
        if indentation(line) < level {
            level = indentation(line);
            if let Some(name) = defined(line) {
                return name.to_owned();
            }
        }
    }
    MODULE.to_owned()
}

const REUSED: &str = "argument name reused";
const MODULE: &str = "<module>";

/// What a line defines, if it does.
fn defined(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("async ").map_or(line, str::trim_start);
    let rest = line.strip_prefix("def ").or_else(|| line.strip_prefix("class "))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').find(|name| !name.is_empty())
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
        ("duplicate argument ", "", REUSED),
        ("Duplicate parameter ", "", REUSED),
        ("no binding for nonlocal ", "", "no binding for nonlocal found"),
        ("nonlocal declaration not allowed at module level", "", "can't declare nonlocal in outer code"),
        ("name ", " is parameter and global", "identifier redefined as global"),
        ("name ", " is used prior to global declaration", "identifier redefined as global"),
        ("name ", " is assigned to before global declaration", "identifier redefined as global"),
        ("name ", " is parameter and nonlocal", "identifier redefined as nonlocal"),
        ("name ", " is used prior to nonlocal declaration", "identifier redefined as nonlocal"),
        ("name ", " is assigned to before nonlocal declaration", "identifier redefined as nonlocal"),
        ("assignment expression cannot rebind comprehension", "", "identifier redefined as global"),
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
