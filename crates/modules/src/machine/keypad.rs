//! `machine.KeyPad`

use super::shared::here;
use crate::bridge::values::{DONE, status};
use crate::bridge::{callbacks, classes, session};
use quecpy_device::Source;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// A key matrix.
#[pyclass(module = "machine", name = "KeyPad")]
#[derive(Debug, PyPayload)]
pub(super) struct KeyPad {
    rows: u8,
    columns: u8,
}

#[derive(FromArgs)]
pub(super) struct KeyPadArgs {
    #[pyarg(positional, default = 4)]
    rows: i64,
    #[pyarg(positional, default = 4)]
    columns: i64,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(KeyPad::make_static_type().as_ref(), "machine", [], vm)
}

impl Constructor for KeyPad {
    type Args = KeyPadArgs;

    fn py_new(_cls: &Py<PyType>, args: KeyPadArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let size = |n: i64| u8::try_from(n).ok().filter(|n| *n > 0);
        let (Some(rows), Some(columns)) = (size(args.rows), size(args.columns)) else {
            return Err(vm.new_value_error("invalid row or col"));
        };
        Ok(Self { rows, columns })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl KeyPad {
    #[pymethod]
    fn init(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        let (board, machine) = here(vm)?;
        board.peripherals.keypad.set_up(zelf.rows, zelf.columns, machine.key_form);
        board.peripherals.keypad.start();
        Ok(DONE)
    }

    #[pymethod]
    fn deinit(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.peripherals.keypad.stop()))
    }

    #[pymethod]
    fn set_callback(_zelf: &Py<Self>, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::KeyPad, callback, vm)?;
        Ok(DONE)
    }
}
