//! `machine.OneWire`

use super::shared::{data, gpio, here};
use crate::bridge::values::status;
use crate::bridge::{classes, session};
use quecpy_device::peripherals::bus::Place;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// More than a module has memory for.
const LARGEST: usize = 1 << 20;
/// What a line reads that nobody pulls down.
const IDLE: u8 = 0xff;

/// A bus of one line.
#[pyclass(module = "machine", name = "OneWire")]
#[derive(Debug, PyPayload)]
pub(super) struct OneWire {
    place: Place,
}

#[derive(FromArgs)]
pub(super) struct OneWireArgs {
    #[pyarg(positional)]
    gpio: i64,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(OneWire::make_static_type().as_ref(), "machine", [], vm)
}

impl Constructor for OneWire {
    type Args = OneWireArgs;

    fn py_new(_cls: &Py<PyType>, args: OneWireArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let (_, machine) = here(vm)?;
        let gpio = gpio(args.gpio, machine).ok_or_else(|| vm.new_value_error(machine.gpio_error))?;
        Ok(Self { place: Place::OneWire(gpio) })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl OneWire {
    /// Whether a device answers.
    #[pymethod]
    fn reset(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.peripherals.buses.has(zelf.place)))
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, n: i64, vm: &VirtualMachine) -> PyResult {
        let Some(n) = usize::try_from(n).ok().filter(|n| *n <= LARGEST) else {
            return Err(vm.new_memory_error("memory allocation failed"));
        };
        let mut bytes = vec![IDLE; n];
        session::of(vm)?.peripherals.buses.with(zelf.place, |d| d.read(&[], &mut bytes));
        Ok(vm.ctx.new_bytes(bytes).into())
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, bytes: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let bytes = data(bytes, vm)?;
        let taken = session::of(vm)?.peripherals.buses.with(zelf.place, |d| d.write(&[], &bytes));
        Ok(status(taken.unwrap_or(false)))
    }
}
