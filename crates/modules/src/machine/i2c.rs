//! `machine.I2C`, and what every I2C does.

use super::shared::{fill, part};
use crate::bridge::values::{FAILED, status};
use crate::bridge::{classes, error, session};
use quecpy_device::peripherals::bus::Place;
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, FuncArgs};
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::time::Duration;

const CONSTANTS: [(&str, i64); 6] =
    [("I2C0", 0), ("I2C1", 1), ("I2C2", 2), ("I2C3", 3), ("STANDARD_MODE", 0), ("FAST_MODE", 1)];

/// A bus with lines of its own.
#[pyclass(module = "machine", name = "I2C")]
#[derive(Debug, PyPayload)]
pub(super) struct I2c {
    id: u8,
}

#[derive(FromArgs)]
pub(super) struct I2cArgs {
    #[pyarg(any)]
    id: i64,
    #[pyarg(any, name = "fastmode")]
    mode: i64,
}

#[derive(FromArgs)]
pub(super) struct Write {
    #[pyarg(any)]
    slaveaddr: i64,
    #[pyarg(any)]
    regaddr: PyObjectRef,
    #[pyarg(any)]
    regaddr_len: i64,
    #[pyarg(any)]
    databuf: PyObjectRef,
    #[pyarg(any)]
    datasize: i64,
}

#[derive(FromArgs)]
pub(super) struct Read {
    #[pyarg(any)]
    slaveaddr: i64,
    #[pyarg(any)]
    regaddr: PyObjectRef,
    #[pyarg(any)]
    regaddr_len: i64,
    #[pyarg(any)]
    databuf: ArgMemoryBuffer,
    #[pyarg(any)]
    datasize: i64,
    /// Spelt so on the module.
    #[pyarg(any)]
    dalay: i64,
}

/// The place on the bus of an address of 7 bits.
fn place(at: impl Fn(u8) -> Place, address: i64) -> Option<Place> {
    u8::try_from(address).ok().filter(|a| *a < 0x80).map(at)
}

pub(super) fn write(at: impl Fn(u8) -> Place, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
    let register = part(args.regaddr, args.regaddr_len, vm)?;
    let bytes = part(args.databuf, args.datasize, vm)?;
    let (Some(place), Some(register), Some(bytes)) = (place(at, args.slaveaddr), register, bytes) else {
        return Ok(FAILED);
    };
    let acknowledged = session::of(vm)?.peripherals.buses.with(place, |d| d.write(&register, &bytes));
    Ok(status(acknowledged.unwrap_or(false)))
}

pub(super) fn read(at: impl Fn(u8) -> Place, args: Read, vm: &VirtualMachine) -> PyResult<i64> {
    let register = part(args.regaddr, args.regaddr_len, vm)?;
    let (Some(place), Some(register)) = (place(at, args.slaveaddr), register) else { return Ok(FAILED) };
    let board = session::of(vm)?;
    let buses = &board.peripherals.buses;
    if !buses.has(place) {
        return Ok(FAILED);
    }
    if let Some(ms) = u64::try_from(args.dalay).ok().filter(|ms| *ms > 0) {
        error::sleep(Duration::from_millis(ms), vm)?;
    }
    let device = |into: &mut [u8]| buses.with(place, |d| d.read(&register, into)).unwrap_or(false);
    Ok(status(fill(&args.databuf, args.datasize, device)))
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(I2c::make_static_type().as_ref(), "machine", CONSTANTS, vm)
}

impl Constructor for I2c {
    type Args = I2cArgs;

    /// False instead of an object where the bus does not start.
    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let I2cArgs { id, mode } = args.bind(vm)?;
        let Some(id) = u8::try_from(id).ok().filter(|id| *id < 4) else {
            return Err(vm.new_value_error("bus id must be (0~3)"));
        };
        if super::shared::level(mode).is_none() {
            return Ok(vm.ctx.new_bool(false).into());
        }
        Self { id }.into_ref_with_type(vm, cls).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: I2cArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl I2c {
    #[pymethod]
    fn write(zelf: &Py<Self>, args: Write, vm: &VirtualMachine) -> PyResult<i64> {
        write(|address| Place::I2c(zelf.id, address), args, vm)
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, args: Read, vm: &VirtualMachine) -> PyResult<i64> {
        read(|address| Place::I2c(zelf.id, address), args, vm)
    }
}
