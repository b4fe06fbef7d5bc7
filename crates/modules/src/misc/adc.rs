//! `misc.ADC`

use crate::bridge::{classes, session};
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

const CONSTANTS: [(&str, i64); 4] = [("ADC0", 0), ("ADC1", 1), ("ADC2", 2), ("ADC3", 3)];

/// The converter.
#[pyclass(module = "misc", name = "ADC")]
#[derive(Debug, PyPayload)]
pub(super) struct Adc;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Adc::make_static_type().as_ref(), "misc", CONSTANTS, vm)
}

impl Constructor for Adc {
    type Args = NoArgs;

    fn py_new(_cls: &Py<PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Adc {
    #[pymethod]
    fn open(_zelf: &Py<Self>) -> i64 {
        0
    }

    /// Millivolts; −1 for a channel that there is not.
    #[pymethod]
    fn read(_zelf: &Py<Self>, channel: i64, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(session::of(vm)?.peripherals.analog.millivolts(channel).map_or(-1, i64::from))
    }

    #[pymethod]
    fn close(_zelf: &Py<Self>) -> i64 {
        0
    }
}
