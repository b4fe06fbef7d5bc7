//! `machine.Timer`

use super::shared::{here, hold};
use crate::bridge::values::status;
use crate::bridge::{callbacks, classes};
use quecpy_device::Source;
use quecpy_device::peripherals::timers::COUNT;
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgIntoFloat, FuncArgs};
use rustpython_vm::types::{Constructor, Representable};
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::time::Duration;

const PERIODIC: i64 = 1;
const ONE_SHOT: i64 = 2;
const CONSTANTS: [(&str, i64); 6] =
    [("Timer0", 0), ("Timer1", 1), ("Timer2", 2), ("Timer3", 3), ("ONE_SHOT", ONE_SHOT), ("PERIODIC", PERIODIC)];

/// The module counts time in ticks of a millisecond; a shorter period is none.
const TICK: Duration = Duration::from_millis(1);

/// A hardware timer.
#[pyclass(module = "machine", name = "Timer")]
#[derive(Debug, PyPayload)]
pub(super) struct Timer {
    number: u8,
}

#[derive(FromArgs)]
pub(super) struct TimerArgs {
    #[pyarg(positional)]
    number: i64,
}

/// Keywords only, as on the module.
#[derive(FromArgs)]
struct Start {
    #[pyarg(named, default = PERIODIC)]
    mode: i64,
    #[pyarg(named, default)]
    callback: Option<PyObjectRef>,
    /// Milliseconds; MicroPython's default is the longest.
    #[pyarg(named, default = 0xffff_ffff)]
    period: i64,
    #[pyarg(named, default = 1000)]
    tick_hz: i64,
    #[pyarg(named, default)]
    freq: Option<ArgIntoFloat>,
}

impl Start {
    /// The time between two firings; None for one that there is not.
    fn period(&self, hertz: Option<f64>) -> Option<Duration> {
        let seconds = match hertz {
            Some(hertz) => 1.0 / hertz,
            None => self.period as f64 / self.tick_hz as f64,
        };
        Duration::try_from_secs_f64(seconds).ok().filter(|d| *d >= TICK)
    }
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Timer::make_static_type().as_ref(), "machine", CONSTANTS, vm)
}

impl Constructor for Timer {
    type Args = TimerArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let TimerArgs { number } = args.bind(vm)?;
        let wrong = || vm.new_value_error("invalid value, Timern should be in (Timer0~Timer3).");
        let number = u8::try_from(number).ok().filter(|n| usize::from(*n) < COUNT).ok_or_else(wrong)?;
        classes::only(cls, "Timer", number.into(), || Self { number }, vm).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: TimerArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

impl Representable for Timer {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<Timer({})>", zelf.number))
    }
}

#[pyclass(flags(BASETYPE), with(Constructor, Representable))]
impl Timer {
    /// One that runs takes the new callback and goes on. False for a time or mode that there is not.
    #[pymethod]
    fn start(zelf: PyRef<Self>, mut start: Start, vm: &VirtualMachine) -> PyResult {
        let hertz = start.freq.take().map(ArgIntoFloat::into_float);
        let (Some(period), PERIODIC | ONE_SHOT) = (start.period(hertz), start.mode) else {
            return Ok(vm.ctx.new_bool(false).into());
        };
        let callback = start.callback.unwrap_or_else(|| vm.ctx.none());
        let number = zelf.number;
        callbacks::set_with(Source::Timer(number), callback, Some(zelf.into()), vm)?;
        let hold = hold(vm)?;
        here(vm)?.0.peripherals.timers.start(number.into(), period, start.mode == PERIODIC, hold);
        Ok(vm.ctx.new_int(crate::bridge::values::DONE).into())
    }

    #[pymethod]
    fn stop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        let known = here(vm)?.0.peripherals.timers.stop(zelf.number.into());
        callbacks::set(Source::Timer(zelf.number), vm.ctx.none(), vm)?;
        Ok(status(known))
    }
}
