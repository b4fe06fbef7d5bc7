//! How much the compiler optimises: `micropython.opt_level`.

use quecpy_modules::stdlib::optimisation;
use rustpython_vm::VirtualMachine;

/// `micropython.opt_level()`
#[derive(Debug, Clone, Copy, Default)]
pub struct Level(i64);

impl Level {
    pub fn of(vm: &VirtualMachine) -> Self {
        Self(optimisation(vm).unwrap_or_default())
    }

    /// Whether `assert` and `__debug__` mean something.
    pub const fn debugs(self) -> bool {
        self.0 < 1
    }

    /// Whether code knows its lines.
    pub const fn has_lines(self) -> bool {
        self.0 < 3
    }
}
