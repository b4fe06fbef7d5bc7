//! The board a VM's script runs on: what of the simulated module its Python modules share.

use crate::bridge::callback_queue::Callbacks;
use crate::bridge::mount_table::Table;
use quecpy_device::Board;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::Arc;

/// Where the VM keeps it.
const KEY: &str = "_quecpy_board";

/// The VM's hold on its board.
#[pyclass(module = "usys", name = "_board")]
#[derive(Debug, PyPayload)]
pub struct BoardHandle {
    /// The simulated module.
    pub board: Arc<Board>,
    /// The script's callbacks for events of the board.
    pub callbacks: Arc<Callbacks>,
    /// What scripts have mounted of their own.
    pub(crate) mounted: Table,
}

#[pyclass]
impl BoardHandle {
    /// Puts a board into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(board: Arc<Board>, callbacks: Arc<Callbacks>, vm: &VirtualMachine) -> PyResult<()> {
        let _ = Self::make_static_type();
        let handle = Self { board, callbacks, mounted: Table::default() }.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, handle, vm)
    }
}

pub(crate) fn handle(vm: &VirtualMachine) -> PyResult<PyRef<BoardHandle>> {
    let found = vm.sys_module.get_attr(KEY, vm)?;
    found.downcast().map_err(|_| vm.new_type_error("the session's board was replaced"))
}

/// The VM's board.
///
/// # Errors
/// AttributeError if the VM has none, TypeError if a script has replaced it.
pub fn of(vm: &VirtualMachine) -> PyResult<Arc<Board>> {
    Ok(handle(vm)?.board.clone())
}

/// What calls this VM's callbacks.
///
/// # Errors
/// As [`of`].
pub(crate) fn callbacks(vm: &VirtualMachine) -> PyResult<Arc<Callbacks>> {
    Ok(handle(vm)?.callbacks.clone())
}
