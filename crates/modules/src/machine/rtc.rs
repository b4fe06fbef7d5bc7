//! `machine.RTC`

use super::shared::{here, hold};
use crate::bridge::values::status;
use crate::bridge::{callbacks, classes, session};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use quecpy_device::Source;
use rustpython_vm::builtins::{PyList, PyTuple, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{FuncArgs, OptionalArg};
use rustpython_vm::types::Constructor;
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The real-time clock.
#[pyclass(module = "machine", name = "RTC")]
#[derive(Debug, PyPayload)]
pub(super) struct Rtc;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Rtc::make_static_type().as_ref(), "machine", [], vm)
}

impl Constructor for Rtc {
    type Args = NoArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let NoArgs {} = args.bind(vm)?;
        classes::only(cls, "RTC", 0, || Self, vm).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

/// Local seconds since 1970 of `(year, month, day, weekday, hour, minute, second, microsecond)`; weekday and
/// microsecond are passed over. None for a time that there is not.
fn seconds(time: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<i64>> {
    let items = if let Some(tuple) = time.downcast_ref::<PyTuple>() {
        tuple.as_slice().to_vec()
    } else if let Some(list) = time.downcast_ref::<PyList>() {
        list.borrow_vec().to_vec()
    } else {
        let class = time.class().name().to_string();
        return Err(vm.new_type_error(format!("object '{class}' isn't a tuple or list")));
    };
    if items.len() != 8 {
        let text = format!("requested length 8 but object has length {}", items.len());
        return Err(vm.new_value_error(text));
    }
    let all = items.into_iter().map(|n| n.try_into_value::<i64>(vm)).collect::<PyResult<Vec<_>>>()?;
    let small = |n: usize| i8::try_from(all[n]).ok();
    let at = || {
        let year = i16::try_from(all[0]).ok().filter(|y| *y >= 1970)?;
        let at = DateTime::new(year, small(1)?, small(2)?, small(4)?, small(5)?, small(6)?, 0).ok()?;
        TimeZone::UTC.to_timestamp(at).ok().map(Timestamp::as_second)
    };
    Ok(at())
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Rtc {
    fn set(time: &PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let seconds = seconds(time, vm)?;
        let board = session::of(vm)?;
        if let Some(seconds) = seconds {
            board.set_local_time(seconds);
        }
        Ok(status(seconds.is_some()))
    }

    /// Reads the clock, or sets it. Weekdays are counted from Sunday, which is 0.
    #[pymethod]
    fn datetime(_zelf: &Py<Self>, time: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        if let OptionalArg::Present(time) = time {
            return Self::set(&time, vm).map(|n| vm.ctx.new_int(n).into());
        }
        let local = Timestamp::from_second(session::of(vm)?.clock.local());
        let at = TimeZone::UTC.to_datetime(local.map_err(|_| vm.new_overflow_error("timestamp out of range"))?);
        let all: [i64; 8] = [
            at.year().into(),
            at.month().into(),
            at.day().into(),
            at.weekday().to_sunday_zero_offset().into(),
            at.hour().into(),
            at.minute().into(),
            at.second().into(),
            0,
        ];
        Ok(vm.ctx.new_tuple(all.iter().map(|n| vm.ctx.new_int(*n).into()).collect()).into())
    }

    #[pymethod]
    fn init(_zelf: &Py<Self>, time: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Self::set(&time, vm).map(drop)
    }

    #[pymethod]
    fn register_callback(_zelf: &Py<Self>, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let called = (!vm.is_none(&callback)).then(|| hold(vm)).transpose()?;
        callbacks::set(Source::RtcAlarm, callback, vm)?;
        session::of(vm)?.peripherals.alarm.hold(called);
        Ok(crate::bridge::values::DONE)
    }

    #[pymethod]
    fn set_alarm(_zelf: &Py<Self>, time: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let seconds = seconds(&time, vm)?;
        if let Some(seconds) = seconds {
            session::of(vm)?.peripherals.alarm.set(seconds);
        }
        Ok(status(seconds.is_some()))
    }

    /// An alarm without callback does not keep the session alive.
    #[pymethod]
    fn enable_alarm(_zelf: &Py<Self>, on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let alarm = &here(vm)?.0.peripherals.alarm;
        match super::shared::level(on) {
            None => Ok(crate::bridge::values::FAILED),
            Some(false) => {
                alarm.disable();
                Ok(crate::bridge::values::DONE)
            }
            Some(true) => {
                let called = session::callbacks(vm)?.has(Source::RtcAlarm).then(|| hold(vm)).transpose()?;
                Ok(status(alarm.enable(called)))
            }
        }
    }
}
