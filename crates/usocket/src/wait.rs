//! Waits of a script: detached from the VM, without the global interpreter lock, ended by interrupts.

use crate::environment::Environment;
use crate::error::raise;
use crate::gil::{detached, interrupted};
use quecpy_net::{Deadline, Error, Stack};
use rustpython_vm::{PyResult, VirtualMachine};
use std::time::Duration;

/// Runs `call` detached (see [`detached`]) until it ends in something else than an interrupt;
/// pending signals run between, and may raise.
///
/// # Errors
/// What a signal's handler raises.
pub fn waiting<R>(
    vm: &VirtualMachine,
    stack: &Stack,
    mut call: impl FnMut() -> quecpy_net::Result<R>,
) -> PyResult<quecpy_net::Result<R>> {
    loop {
        match detached(vm, stack, &mut call) {
            Err(Error::Interrupted) => interrupted(vm)?,
            result => return Ok(result),
        }
    }
}

/// Sleeps, by the time that the session goes by.
///
/// # Errors
/// What a signal's handler raises.
pub fn sleep(duration: Duration, vm: &VirtualMachine) -> PyResult<()> {
    let environment = Environment::of(vm)?;
    let stack = &environment.stack;
    let deadline = Deadline::after(Some(duration), stack.time());
    wait_or_raise(vm, stack, || stack.waiters.sleep_until(deadline))
}

/// [`waiting`], with the engine's error raised.
///
/// # Errors
/// The exception.
pub fn wait_or_raise<R>(
    vm: &VirtualMachine,
    stack: &Stack,
    call: impl FnMut() -> quecpy_net::Result<R>,
) -> PyResult<R> {
    waiting(vm, stack, call)?.map_err(|e| raise(e, vm))
}
