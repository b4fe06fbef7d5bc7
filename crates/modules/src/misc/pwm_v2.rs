//! `misc.PWM_V2`

use super::pwm::{OUTPUTS, output};
use crate::bridge::{classes, session};
use parking_lot::Mutex;
use quecpy_device::peripherals::analog::Pulse;
use rustpython_vm::builtins::{PyFloat, PyType};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// A pulse output, by frequency and duty.
#[pyclass(module = "misc", name = "PWM_V2")]
#[derive(Debug, PyPayload)]
pub(super) struct PwmV2 {
    output: usize,
    pulse: Mutex<Pulse>,
}

#[derive(FromArgs)]
pub(super) struct PwmArgs {
    #[pyarg(positional)]
    output: i64,
    #[pyarg(positional)]
    freq: PyObjectRef,
    #[pyarg(positional)]
    duty: i64,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(PwmV2::make_static_type().as_ref(), "misc", OUTPUTS, vm)
}

fn pulse(freq: &PyObjectRef, duty: i64, vm: &VirtualMachine) -> PyResult<Pulse> {
    let Some(freq) = freq.downcast_ref::<PyFloat>() else {
        return Err(vm.new_type_error("frequency type isn't float"));
    };
    if !(0..=100).contains(&duty) {
        return Err(vm.new_value_error("invalid duty, must be in [0,100]"));
    }
    Ok(Pulse { hertz: freq.to_f64(), duty: duty as f64 })
}

impl Constructor for PwmV2 {
    type Args = PwmArgs;

    fn py_new(_cls: &Py<PyType>, args: PwmArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let output = output(args.output, vm)?;
        Ok(Self { output, pulse: Mutex::new(pulse(&args.freq, args.duty, vm)?) })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl PwmV2 {
    /// With other values than before, or the same.
    #[pymethod]
    fn open(
        zelf: &Py<Self>,
        freq: OptionalArg<PyObjectRef>,
        duty: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let mut now = *zelf.pulse.lock();
        if let OptionalArg::Present(freq) = freq {
            now = pulse(&freq, duty.unwrap_or(now.duty as i64), vm)?;
            *zelf.pulse.lock() = now;
        }
        session::of(vm)?.peripherals.analog.set_pulse(zelf.output, Some(now));
        Ok(0)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        session::of(vm)?.peripherals.analog.set_pulse(zelf.output, None);
        Ok(0)
    }
}
