//! From source in the module's dialect to code.
//!
//! Source → `indentation` (plain lines) → parser → `nesting` (how deep) → `byte_strings` → `grammar` (what MicroPython lacks) →
//! `declared` (`const`) → `rewrite` (what the code generator does wrongly or slowly) → `parts` → code generator → `unmangle` (private names). Text and tree stay at the
//! lines of the author. None of it needs a VM, so that a large source is compiled beside it (`pipeline`), where Ctrl-C
//! ends the wait.

mod byte_strings;
mod comprehensions;
mod constants;
mod declared;
mod displays;
mod finish;
mod folding;
mod formatted;
mod grammar;
mod indentation;
mod level;
mod lexical;
mod nesting;
mod parts;
mod pipeline;
mod refusal;
mod rewrite;
mod statements;
mod unmangle;

pub use indentation::plain_lines;
pub use parts::run;

use crate::types;
use grammar::Grammar;
use level::Level;
use pipeline::Job;
use quecpy_modules::bridge::firmware;
use quecpy_usocket::{Environment, text};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode};
use rustpython_vm::compiler::Mode;
use rustpython_vm::import::import_builtin;
use rustpython_vm::{PyRef, PyResult, VirtualMachine};

/// Compiles source of the module's dialect. What comes out is for [`run`].
///
/// # Errors
/// SyntaxError with the file and line, RuntimeError if it nests too deep, MemoryError if it is too large, and what
/// ends a wait (KeyboardInterrupt).
pub fn compile(source: &str, mode: Mode, path: &str, vm: &VirtualMachine) -> Result<PyRef<PyCode>, PyBaseExceptionRef> {
    if !source.is_ascii() {
        Environment::of(vm)?.decide_strings(|| byte_strings::counts_by_threes(source));
        if text::is_bytes(vm) {
            types::install_ascii(vm);
        }
    }
    let job = Job::new(source, mode, path, grammar(vm)?, Level::of(vm));
    let compiled = pipeline::compile(job, vm)?.map_err(|refusal| refusal.exception(path, vm).unwrap_or_else(|e| e))?;
    if compiled.decorators {
        // The compiler of a module knows them without an import.
        vm.builtins.dict().set_item("micropython", import_builtin(vm, "micropython")?, vm)?;
    }
    // Not the context's own `new_code`, which cannot make sets.
    Ok(PyCode::new_ref_from_bytecode(vm, compiled.code))
}

fn grammar(vm: &VirtualMachine) -> PyResult<Grammar> {
    let firmware = firmware::of(vm)?;
    Ok(Grammar {
        f_strings: firmware.f_strings,
        many_stars: firmware.many_stars,
        star_after_keyword: firmware.star_after_keyword,
        byte_strings: text::is_bytes(vm),
    })
}
