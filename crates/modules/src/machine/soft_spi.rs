//! `machine.SoftSPI`

use super::shared::{gpio, here};
use super::spi::{self, Read, Write, WriteRead};
use crate::bridge::classes;
use crate::bridge::values::FAILED;
use quecpy_device::peripherals::bus::Place;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// Numbers by the order of the documentation; scripts use the names.
const CONSTANTS: [(&str, i64); 4] = [("WIRE_3", 0), ("WIRE_4", 1), ("LOW", 0), ("HIGH", 1)];

/// A bus on any four lines.
#[pyclass(module = "machine", name = "SoftSPI")]
#[derive(Debug, PyPayload)]
pub(super) struct SoftSpi {
    /// None where the firmware's class does nothing.
    place: Option<Place>,
}

/// Only the lines matter: no device here looks at the rest.
#[derive(FromArgs)]
pub(super) struct SoftSpiArgs {
    #[pyarg(any)]
    gpio_clk: i64,
    #[pyarg(any)]
    gpio_cs: i64,
    #[pyarg(any)]
    gpio_mosi: i64,
    #[pyarg(any, default)]
    gpio_miso: Option<i64>,
    #[pyarg(any, name = "wire_type", default = 1)]
    _wire_type: i64,
    #[pyarg(any, name = "speed", default = 1)]
    _speed: i64,
    #[pyarg(any, name = "mode", default = 0)]
    _mode: i64,
    #[pyarg(any, name = "cs_active_lvl", default = 0)]
    _cs_active_lvl: i64,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(SoftSpi::make_static_type().as_ref(), "machine", CONSTANTS, vm)
}

impl Constructor for SoftSpi {
    type Args = SoftSpiArgs;

    fn py_new(_cls: &Py<PyType>, args: SoftSpiArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let (_, machine) = here(vm)?;
        let lines = [Some(args.gpio_clk), Some(args.gpio_cs), Some(args.gpio_mosi), args.gpio_miso];
        if lines.into_iter().flatten().any(|n| gpio(n, machine).is_none()) {
            return Err(vm.new_value_error(machine.gpio_error));
        }
        let place = gpio(args.gpio_clk, machine).filter(|_| machine.soft_spi_works).map(Place::SoftSpi);
        Ok(Self { place })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl SoftSpi {
    #[pymethod]
    fn read(zelf: &Py<Self>, args: Read, vm: &VirtualMachine) -> PyResult<i64> {
        zelf.place.map_or(Ok(FAILED), |place| spi::read(place, &args, vm))
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
        zelf.place.map_or(Ok(FAILED), |place| spi::write(place, args, vm))
    }

    #[pymethod]
    fn write_read(zelf: &Py<Self>, args: WriteRead, vm: &VirtualMachine) -> PyResult<i64> {
        zelf.place.map_or(Ok(FAILED), |place| spi::write_read(place, args, vm))
    }
}
