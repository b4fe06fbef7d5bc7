//! Modules that only sessions of some programs have, as those of the test runner.

use quecpy_modules::registry::Module;
use rustpython_vm::frozen::FrozenModule;

/// Modules that only sessions of some programs have, as those of the test runner.
#[derive(Clone, Copy)]
pub struct Extension {
    /// The modules.
    pub modules: &'static [Module],
    /// The code of those that are written in Python.
    pub frozen: fn() -> Vec<(&'static str, FrozenModule)>,
}

impl Default for Extension {
    fn default() -> Self {
        Self { modules: &[], frozen: Vec::new }
    }
}
