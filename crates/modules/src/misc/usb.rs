//! `misc.USB`

use crate::bridge::{callbacks, classes, session};
use quecpy_device::Source;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The USB socket.
#[pyclass(module = "misc", name = "USB")]
#[derive(Debug, PyPayload)]
pub(super) struct Usb;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Usb::make_static_type().as_ref(), "misc", [], vm)
}

impl Constructor for Usb {
    type Args = NoArgs;

    fn py_new(_cls: &Py<PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Usb {
    /// 1 when it is plugged in.
    #[pymethod(name = "getStatus")]
    fn get_status(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(session::of(vm)?.power.usb().into())
    }

    #[pymethod(name = "setCallback")]
    fn set_callback(_zelf: &Py<Self>, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Usb, callback, vm).map(|()| 0)
    }
}
