//! The simulated module in a test's hands: what the fixture `board` does.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist.
pub fn act(what: &str, _argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    Err(vm.new_value_error(format!("there is no board.{what}")))
}
