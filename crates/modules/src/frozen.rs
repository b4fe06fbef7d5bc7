//! Modules written in Python, compiled into the program. Their sources are the files of `frozen/`.

use rustpython_vm::frozen::FrozenModule;
use rustpython_vm::py_freeze;

/// All of them, for the interpreter's builder.
pub fn frozen_modules() -> impl Iterator<Item = (&'static str, FrozenModule)> {
    py_freeze!(dir = "frozen").into_iter()
}
