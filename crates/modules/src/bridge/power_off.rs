//! The end of a session by power: the script's threads stop, wherever they are.

use crate::bridge::error::{bare, environment};
use crate::bridge::session;
use crate::bridge::thread_table::Threads;
use quecpy_device::Request;
use quecpy_usocket::thread;
use rustpython_vm::{PyResult, VirtualMachine};

/// Stops every thread of the session; the calling one ends by the SystemExit that this returns.
///
/// # Errors
/// SystemExit, always.
pub fn power_off(vm: &VirtualMachine) -> PyResult<()> {
    let stack = &environment(vm)?.stack;
    for waiter in Threads::of(vm)?.take_all() {
        thread::stop(stack, &waiter, vm);
    }
    Err(bare(vm.ctx.exceptions.system_exit, vm))
}

/// Ends the session by power, and with it the calling thread.
///
/// # Errors
/// SystemExit, always.
pub(crate) fn request(request: Request, vm: &VirtualMachine) -> PyResult<()> {
    session::of(vm)?.request(request);
    Err(bare(vm.ctx.exceptions.system_exit, vm))
}
