//! `misc.Temperature`

use crate::bridge::{classes, session};
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The module's own thermometer.
#[pyclass(module = "misc", name = "Temperature")]
#[derive(Debug, PyPayload)]
pub(super) struct Temperature;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Temperature::make_static_type().as_ref(), "misc", [], vm)
}

impl Constructor for Temperature {
    type Args = NoArgs;

    fn py_new(_cls: &Py<PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Temperature {
    /// Degrees Celsius.
    #[pymethod]
    fn temperature(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i32> {
        Ok(session::of(vm)?.peripherals.analog.temperature())
    }
}
