//! `micropython`: what scripts use of it.

pub(crate) use micropython::module_def as definition;

#[rustpython_vm::pymodule]
mod micropython {
    use crate::board;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// A constant is its value; the compiler of a module folds it, this one need not.
    #[pyfunction(name = "const")]
    fn constant(value: PyObjectRef) -> PyObjectRef {
        value
    }

    /// What breaks a running script when it comes at the main serial port; −1 for nothing.
    #[pyfunction]
    fn kbd_intr(character: i64, vm: &VirtualMachine) -> PyResult<()> {
        board::of(vm)?.set_interrupt_character(u8::try_from(character).ok());
        Ok(())
    }

    /// Machine code is for speed only: the function as it is does the same.
    #[pyfunction(name = "native")]
    #[pyfunction(name = "viper")]
    #[pyfunction]
    fn bytecode(function: PyObjectRef) -> PyObjectRef {
        function
    }
}
