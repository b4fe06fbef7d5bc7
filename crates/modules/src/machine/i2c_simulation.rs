//! `machine.I2C_simulation`: I2C on any two lines.

use super::i2c::{self, Read, Write};
use super::shared::{gpio, gpio_constants, here};
use crate::bridge::classes;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::bus::Place;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// Fastest clock, in Hz.
const FASTEST: i64 = 1_000_000;

/// The bus.
#[pyclass(module = "machine", name = "I2C_simulation")]
#[derive(Debug, PyPayload)]
pub(super) struct SoftI2c {
    scl: u8,
    sda: u8,
}

#[derive(FromArgs)]
pub(super) struct SoftI2cArgs {
    #[pyarg(positional)]
    scl: i64,
    #[pyarg(positional)]
    sda: i64,
    #[pyarg(positional)]
    hertz: i64,
}

pub(super) fn class(machine: &Machine, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let gpios = gpio_constants(machine);
    let constants = gpios.iter().map(|(name, n)| (name.as_str(), *n));
    classes::own(SoftI2c::make_static_type().as_ref(), "machine", constants, vm)
}

impl Constructor for SoftI2c {
    type Args = SoftI2cArgs;

    fn py_new(_cls: &Py<PyType>, args: SoftI2cArgs, vm: &VirtualMachine) -> PyResult<Self> {
        if !(1..=FASTEST).contains(&args.hertz) {
            return Err(vm.new_value_error("Parameter setting error, please check"));
        }
        let (_, machine) = here(vm)?;
        let (Some(scl), Some(sda)) = (gpio(args.scl, machine), gpio(args.sda, machine)) else {
            return Err(vm.new_value_error(machine.gpio_error));
        };
        Ok(Self { scl, sda })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl SoftI2c {
    #[pymethod]
    fn write(zelf: &Py<Self>, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
        i2c::write(|address| Place::SoftI2c(zelf.scl, zelf.sda, address), args, vm)
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, args: Read, vm: &VirtualMachine) -> PyResult<i64> {
        i2c::read(|address| Place::SoftI2c(zelf.scl, zelf.sda, address), args, vm)
    }
}
