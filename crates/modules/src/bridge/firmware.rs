//! The firmware column of a VM; the columns themselves are data of `quecpy_device::firmware`.

pub use quecpy_device::firmware::{COLUMNS, Firmware};

use quecpy_usocket::Environment;
use rustpython_vm::{PyResult, VirtualMachine};

/// The column this VM behaves like.
///
/// # Errors
/// As [`Environment::of`].
pub fn of(vm: &VirtualMachine) -> PyResult<&'static Firmware> {
    let name = Environment::of(vm)?.semantics.name;
    Ok(COLUMNS.iter().find(|c| c.name == name).unwrap_or(&COLUMNS[0]))
}

pub(crate) use for_frozen::module_def as definition;

/// What modules written in Python need of it. Not for scripts.
#[rustpython_vm::pymodule(name = "_quecpy_firmware")]
mod for_frozen {
    use rustpython_vm::builtins::{PyBaseExceptionRef, PyModule};
    use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let column = super::of(vm)?;
        for (name, value) in [
            ("sim_fails_at_once", column.sim_fails_at_once),
            ("registration_fails_blindly", column.registration_fails_blindly),
            ("tells_power_on_reason", column.tells_power_on_reason),
            ("ntp_keeps_host", column.ntp_keeps_host),
            ("ntp_set_raises", column.ntp_set_raises),
            ("request_ignores_tls", column.request_ignores_tls),
            ("timer_checks_callback", column.timer_checks_callback),
            ("bus_tells", column.bus_tells),
            ("hash_is_of_micropython", column.hash_is_of_micropython),
            ("full_deque", column.full_deque),
            ("asyncio_waits_for_ever", column.asyncio_waits_for_ever),
        ] {
            module.as_object().set_attr(name, vm.ctx.new_bool(value), vm)?;
        }
        for (name, value) in
            [("ntp_time_arguments", column.ntp_time_arguments), ("ntp_set_arguments", column.ntp_set_arguments)]
        {
            module.as_object().set_attr(name, vm.ctx.new_int(value), vm)?;
        }
        Ok(())
    }

    /// Takes the outermost entry out of an exception's traceback.
    #[pyfunction]
    fn without_outermost(exception: PyBaseExceptionRef) {
        if let Some(outermost) = exception.__traceback__() {
            exception.set_traceback(outermost.next.lock().clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_sockets() {
        assert_eq!(COLUMNS.map(|c| c.name), quecpy_usocket::semantics::COLUMNS.map(|c| c.name));
    }
}
