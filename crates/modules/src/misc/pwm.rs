//! `misc.PWM`

use crate::bridge::{classes, session};
use quecpy_device::peripherals::analog::{COUNT, Pulse};
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

pub(super) const OUTPUTS: [(&str, i64); 4] = [("PWM0", 0), ("PWM1", 1), ("PWM2", 2), ("PWM3", 3)];
const RANGES: [(&str, i64); 4] = [("ABOVE_1US", 0), ("ABOVE_MS", 1), ("ABOVE_10US", 2), ("ABOVE_BELOW_US", 3)];
/// Seconds that one unit of the times stands for, by range: the least time that the range is for.
const UNITS: [f64; 4] = [1e-6, 1e-3, 1e-5, 1e-7];

/// A pulse output, by the times that it is high and that it takes.
#[pyclass(module = "misc", name = "PWM")]
#[derive(Debug, PyPayload)]
pub(super) struct Pwm {
    output: usize,
    pulse: Pulse,
}

#[derive(FromArgs)]
pub(super) struct PwmArgs {
    #[pyarg(positional)]
    output: i64,
    #[pyarg(positional)]
    range: i64,
    #[pyarg(positional)]
    high: i64,
    #[pyarg(positional)]
    cycle: i64,
}

/// An output that there is.
pub(super) fn output(n: i64, vm: &VirtualMachine) -> PyResult<usize> {
    let output = usize::try_from(n).ok().filter(|n| *n < COUNT);
    output.ok_or_else(|| vm.new_value_error("invalid PWM number, must be in [0,3]"))
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Pwm::make_static_type().as_ref(), "misc", OUTPUTS.into_iter().chain(RANGES), vm)
}

impl Constructor for Pwm {
    type Args = PwmArgs;

    fn py_new(_cls: &Py<PyType>, args: PwmArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let output = output(args.output, vm)?;
        let unit = usize::try_from(args.range).ok().and_then(|n| UNITS.get(n));
        let Some(unit) = unit else { return Err(vm.new_value_error("invalid range, must be in [0,3]")) };
        let (Ok(high), Ok(cycle)) = (u16::try_from(args.high), u16::try_from(args.cycle)) else {
            return Err(vm.new_value_error("invalid time, must be in [0,65535]"));
        };
        if high > cycle {
            return Err(vm.new_value_error("highTime must not be greater than cycleTime"));
        }
        if cycle == 0 {
            return Err(vm.new_value_error("fail"));
        }
        let (high, cycle) = (f64::from(high), f64::from(cycle));
        Ok(Self { output, pulse: Pulse { hertz: 1.0 / (cycle * unit), duty: 100.0 * high / cycle } })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Pwm {
    #[pymethod]
    fn open(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        session::of(vm)?.peripherals.analog.set_pulse(zelf.output, Some(zelf.pulse));
        Ok(0)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        session::of(vm)?.peripherals.analog.set_pulse(zelf.output, None);
        Ok(0)
    }
}
