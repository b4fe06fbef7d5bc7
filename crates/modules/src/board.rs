//! The board a VM's script runs on: what of the simulated module its Python modules share.

use quecpy_device::Flash;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

/// Where the VM keeps it.
const KEY: &str = "_quecpy_board";

#[pyclass(module = "usys", name = "_board")]
#[derive(Debug, PyPayload)]
pub struct Board {
    pub flash: Flash,
}

#[pyclass]
impl Board {
    /// Puts a board into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(flash: Flash, vm: &VirtualMachine) -> PyResult<()> {
        let _ = Self::make_static_type();
        let board = Self { flash }.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, board, vm)
    }

    /// The VM's board.
    ///
    /// # Errors
    /// AttributeError if the VM has none, TypeError if a script has replaced it.
    pub fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let found = vm.sys_module.get_attr(KEY, vm)?;
        found.downcast().map_err(|_| vm.new_type_error("the session's board was replaced"))
    }
}
