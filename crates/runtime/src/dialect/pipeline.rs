//! The steps in order, and where they are done: at once, or for a large source on a thread of its own, which cannot be
//! broken, while the wait for it can.

use super::grammar::{self, Grammar};
use super::indentation::plain_lines;
use super::level::Level;
use super::refusal::{Kind, Refusal};
use super::rewrite::Rewriter;
use super::{byte_strings, declared, finish, lexical, nesting, parts, statements, unmangle};

use quecpy_net::Background;
use quecpy_usocket::{Environment, barrier};
use ruff_source_file::{SourceFile, SourceFileBuilder};
use rustpython_vm::bytecode::CodeObject;
use rustpython_vm::compiler::ast::visitor::transformer::Transformer;
use rustpython_vm::compiler::ast::{self, ModModule};
use rustpython_vm::compiler::codegen::compile as generator;
use rustpython_vm::compiler::codegen::error::CodegenError;
use rustpython_vm::compiler::parser::{self, ParseError, ParseErrorType, ParseOptions};
use rustpython_vm::compiler::{CompileOpts, Mode};
use rustpython_vm::{PyResult, VirtualMachine};
use std::borrow::Cow;
use std::sync::Arc;

/// Bytes of source from which on a thread of its own is worth its start. What is smaller is compiled within half a
/// second, whatever it is.
const LARGE: usize = 32 << 10;

/// What is to be compiled.
pub struct Job {
    file: SourceFile,
    mode: Mode,
    grammar: Grammar,
    level: Level,
}

impl Job {
    pub fn new(source: &str, mode: Mode, path: &str, grammar: Grammar, level: Level) -> Self {
        let file = SourceFileBuilder::new(path, plain_lines(source)).finish();
        Self { file, mode, grammar, level }
    }
}

/// What came out.
pub struct Compiled {
    pub code: CodeObject,
    /// Whether a decorator of the compiler's is used.
    pub decorators: bool,
}

/// Compiles at once or beside the VM.
///
/// # Errors
/// What ends a wait.
pub fn compile(job: Job, vm: &VirtualMachine) -> PyResult<Result<Compiled, Refusal>> {
    if job.file.source_text().len() < LARGE {
        return Ok(guarded(&job));
    }
    let job = Arc::new(job);
    let theirs = job.clone();
    let Ok(work) = Background::begin("compiler", move || guarded(&theirs)) else {
        // The host gives no more threads.
        return Ok(guarded(&job));
    };
    let stack = &Environment::of(vm)?.stack;
    quecpy_usocket::wait::wait_or_raise(vm, stack, || work.wait(&stack.waiters))
}

/// Turns a panic of the generator into an error of the script.
fn guarded(job: &Job) -> Result<Compiled, Refusal> {
    barrier::catch(|| steps(job))
        .unwrap_or_else(|fault| Err(Refusal { kind: Kind::Fault, place: None, text: Cow::Owned(fault.to_string()) }))
}

fn steps(job: &Job) -> Result<Compiled, Refusal> {
    match attempt(&job.file, job) {
        Err(refusal) if refusal.kind == Kind::Syntax => match lexical::plain_numbers(job.file.source_text()) {
            Some(plain) => attempt(&SourceFileBuilder::new(job.file.name(), plain).finish(), job),
            None => Err(refusal),
        },
        result => result,
    }
}

fn attempt(file: &SourceFile, job: &Job) -> Result<Compiled, Refusal> {
    let source = file.source_text();
    if source.trim_end() == "\\" && matches!(job.mode, Mode::Exec) {
        // A line that goes on to nothing.
        return attempt(&SourceFileBuilder::new(file.name(), "").finish(), job);
    }
    nesting::scan(source)?;
    let parser_mode = if matches!(job.mode, Mode::Eval) { parser::Mode::Expression } else { parser::Mode::Module };
    let parsed = parser::parse_unchecked(source, ParseOptions::from(parser_mode));
    // MicroPython does not look at what is annotated.
    let annotation = |error: &&ParseError| match &error.error {
        ParseErrorType::InvalidAnnotatedAssignmentTarget => true,
        ParseErrorType::OtherError(said) => said.starts_with("Only single target"),
        _ => false,
    };
    if let Some(error) = parsed.errors().iter().find(|error| !annotation(error)) {
        let refusal = Refusal::of_parser(error, source);
        nesting::drop_deep(parsed, source.len());
        return Err(refusal);
    }
    let mut tree = parsed.into_syntax();
    let extent = match nesting::measure(&tree) {
        Ok(extent) => extent,
        Err(refusal) => {
            nesting::drop_deep(tree, source.len());
            return Err(refusal);
        }
    };
    let stack = extent.stack();
    stacker::maybe_grow(stack, stack, || {
        if job.grammar.byte_strings
            && let Some(at) = byte_strings::convert(&mut tree, source)
        {
            return Err(Refusal::of_grammar(at, grammar::INVALID, source));
        }
        let found = grammar::check(&tree, source, job.grammar);
        if let Some((at, text)) = found.refused {
            return Err(Refusal::of_grammar(at, text, source));
        }
        let mut tree = tree;
        declared::replace(&mut tree, source).map_err(|(at, text)| Refusal::of_grammar(at, text, source))?;
        let code = generate(file, job, tree, extent.literals)?;
        Ok(Compiled { code, decorators: found.decorators })
    })
}

fn generate(file: &SourceFile, job: &Job, mut tree: ast::Mod, literals: usize) -> Result<CodeObject, Refusal> {
    let mode = job.mode;
    let rewriter = Rewriter::new(file, literals, job.level);
    match &mut tree {
        ast::Mod::Module(module) => {
            // At the prompt a text is an expression, whose value is shown.
            if !matches!(mode, Mode::Single) {
                statements::drop_docstring(&mut module.body);
            }
            rewriter.visit_body(&mut module.body);
        }
        ast::Mod::Expression(expression) => rewriter.visit_expr(&mut expression.body),
    }
    let code = match tree {
        ast::Mod::Expression(expression) => generator::compile_expression(&expression, file.clone(), options()),
        ast::Mod::Module(module) => module_code(file, mode, module),
    };
    let mut code = code.map_err(|error| Refusal::of_generator(&error, file.source_text()))?;
    rewriter.hidden.reveal(&mut code);
    unmangle::unmangle(&mut code);
    if !job.level.has_lines() {
        finish::without_lines(&mut code);
    }
    Ok(code)
}

fn module_code(file: &SourceFile, mode: Mode, module: ModModule) -> Result<CodeObject, CodegenError> {
    // Python's own prompt takes one statement at a time; what is pasted into a module's prompt may be many.
    let compile = match mode {
        Mode::Single => generator::compile_program_single,
        _ => generator::compile_program,
    };
    let parts = parts::split(module).into_iter().map(|part| compile(&part, file.clone(), options()));
    parts.collect::<Result<Vec<_>, _>>().map(parts::join)
}

fn options() -> CompileOpts {
    // Nesting is bounded before, and integers are as long as they like.
    CompileOpts { recursion_limit: usize::MAX, int_max_str_digits: 0, ..CompileOpts::default() }
}
