//! What a test whose time is up raises.

use crate::worker::kit::Kit;
use crate::worker::stacks;
use rustpython_vm::{PyResult, VirtualMachine};

/// Runs in the main thread of the test: keeps all stacks, and raises what ends the test.
pub(super) fn time_is_up(vm: &VirtualMachine) -> PyResult<()> {
    let stacks = stacks::all(vm);
    Kit::of(vm)?.watchdog.state().stacks = Some(stacks);
    let class = vm.import("_pytest_outcomes", 0)?.get_attr("Timeout", vm)?;
    let exception = class.call((), vm)?;
    Err(exception.downcast().map_err(|_| vm.new_type_error("Timeout is an exception"))?)
}
