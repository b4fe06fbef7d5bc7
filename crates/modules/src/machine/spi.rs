//! `machine.SPI`, and what every SPI does.

use super::shared::{fill, here, part};
use crate::bridge::values::status;
use crate::bridge::{classes, session};
use quecpy_device::peripherals::bus::Place;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// A bus with a port of its own.
#[pyclass(module = "machine", name = "SPI")]
#[derive(Debug, PyPayload)]
pub(super) struct Spi {
    place: Place,
}

#[derive(FromArgs)]
pub(super) struct SpiArgs {
    #[pyarg(any)]
    port: i64,
    #[pyarg(any)]
    mode: i64,
    #[pyarg(any)]
    clk: i64,
    /// Which of the module's pins carry the bus; here all lead to the same.
    #[pyarg(any, optional)]
    group: OptionalArg<i64>,
}

#[derive(FromArgs)]
pub(super) struct Read {
    #[pyarg(any)]
    databuf: ArgMemoryBuffer,
    #[pyarg(any)]
    datasize: i64,
}

#[derive(FromArgs)]
pub(super) struct Write {
    #[pyarg(any)]
    databuf: PyObjectRef,
    #[pyarg(any)]
    datasize: i64,
}

#[derive(FromArgs)]
pub(super) struct WriteRead {
    #[pyarg(any)]
    readbuf: ArgMemoryBuffer,
    #[pyarg(any)]
    writebuf: PyObjectRef,
    #[pyarg(any)]
    datasize: i64,
}

/// Where nobody answers, the line that would say something stays low.
pub(super) fn read(place: Place, args: &Read, vm: &VirtualMachine) -> PyResult<i64> {
    let board = session::of(vm)?;
    let device = |into: &mut [u8]| board.peripherals.buses.with(place, |d| d.read(&[], into)).unwrap_or(true);
    Ok(status(fill(&args.databuf, args.datasize, device)))
}

pub(super) fn write(place: Place, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
    let Some(bytes) = part(args.databuf, args.datasize, vm)? else { return Ok(crate::bridge::values::FAILED) };
    Ok(status(session::of(vm)?.peripherals.buses.with(place, |d| d.write(&[], &bytes)).unwrap_or(true)))
}

pub(super) fn write_read(place: Place, args: WriteRead, vm: &VirtualMachine) -> PyResult<i64> {
    let Some(mut bytes) = part(args.writebuf, args.datasize, vm)? else { return Ok(crate::bridge::values::FAILED) };
    let (board, machine) = here(vm)?;
    if machine.spi_ends_at_zero {
        bytes.truncate(bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len()));
    }
    let device = |into: &mut [u8]| board.peripherals.buses.with(place, |d| d.exchange(&bytes, into)).unwrap_or(true);
    Ok(status(fill(&args.readbuf, args.datasize, device)))
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Spi::make_static_type().as_ref(), "machine", [("SPI0", 0), ("SPI1", 1)], vm)
}

impl Constructor for Spi {
    type Args = SpiArgs;

    fn py_new(_cls: &Py<PyType>, args: SpiArgs, vm: &VirtualMachine) -> PyResult<Self> {
        if args.group.is_present() && !here(vm)?.1.spi_has_group {
            return Err(vm.new_type_error("extra positional arguments given"));
        }
        let limits = [
            (args.port, 3, "port must be (0~3)"),
            (args.mode, 3, "mode must be (0~3)"),
            (args.clk, 6, "clk must be (0~6)"),
        ];
        match limits.iter().find(|(n, most, _)| !(0..=*most).contains(n)) {
            Some((_, _, text)) => Err(vm.new_value_error(*text)),
            None => Ok(Self { place: Place::Spi(u8::try_from(args.port).unwrap_or(0)) }),
        }
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Spi {
    #[pymethod]
    fn read(zelf: &Py<Self>, args: Read, vm: &VirtualMachine) -> PyResult<i64> {
        read(zelf.place, &args, vm)
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
        write(zelf.place, args, vm)
    }

    #[pymethod]
    fn write_read(zelf: &Py<Self>, args: WriteRead, vm: &VirtualMachine) -> PyResult<i64> {
        write_read(zelf.place, args, vm)
    }
}
