//! The one place of this crate where a failure becomes a Python exception.

use quecpy_usocket::Environment;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyTypeRef};
use rustpython_vm::{PyRef, PyResult, VirtualMachine};

pub use quecpy_usocket::error::{os_error, raise};
pub use quecpy_usocket::wait::{sleep, wait_or_raise, waiting};

/// A failure of the flash.
pub fn flash_error(e: &quecpy_device::Error, vm: &VirtualMachine) -> PyBaseExceptionRef {
    os_error(e.errno(), vm)
}

/// An exception without arguments, such as MicroPython's `RuntimeError()` of an unlocked lock.
pub fn bare(class: &rustpython_vm::Py<rustpython_vm::builtins::PyType>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class: PyTypeRef = class.to_owned();
    vm.new_exception(class, vec![])
}

/// The environment that holds the session's waiting threads.
///
/// # Errors
/// As [`Environment::of`].
pub fn environment(vm: &VirtualMachine) -> PyResult<PyRef<Environment>> {
    Environment::of(vm)
}
