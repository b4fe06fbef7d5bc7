//! What the VM loads at its start and a script never sees: made small, since every run pays for it.
//!
//! RustPython's own start creates the node types of `_ast` and the classes of `codecs` each time; together they are
//! half of its work. A module has neither. Scripts cannot import these names (`imports`), and `compile()` here
//! takes no flags that would ask for syntax trees (`builtins`).

use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::frozen::FrozenModule;
use rustpython_vm::{Context, py_freeze};

/// Modules that take the place of the VM's own of the same name.
pub(crate) fn frozen_modules() -> impl Iterator<Item = (&'static str, FrozenModule)> {
    py_freeze!(dir = "boot").into_iter()
}

pub(crate) fn native_modules(ctx: &Context) -> [&'static PyModuleDef; 1] {
    [empty::module_def(ctx)]
}

#[rustpython_vm::pymodule(name = "_ast")]
mod empty {}
