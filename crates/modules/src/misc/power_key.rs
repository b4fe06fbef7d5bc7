//! `misc.PowerKey`

use crate::bridge::{callbacks, classes};
use quecpy_device::Source;
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The power key.
#[pyclass(module = "misc", name = "PowerKey")]
#[derive(Debug, PyPayload)]
pub(super) struct PowerKey;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(PowerKey::make_static_type().as_ref(), "misc", [], vm)
}

impl Constructor for PowerKey {
    type Args = NoArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let NoArgs {} = args.bind(vm)?;
        classes::only(cls, "PowerKey", 0, || Self, vm).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl PowerKey {
    #[pymethod(name = "powerKeyEventRegister")]
    fn power_key_event_register(_zelf: &Py<Self>, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::PowerKey, callback, vm).map(|()| 0)
    }
}
