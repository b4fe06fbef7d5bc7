//! `utime`: clock, ticks and sleeping.

pub(crate) use utime::module_def as definition;

#[rustpython_vm::pymodule]
mod utime {
    use crate::bridge::{error, session};
    use jiff::civil::DateTime;
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};
    use rustpython_vm::builtins::{PyInt, PyIntRef, PyTuple};
    use rustpython_vm::function::{ArgIntoFloat, ArgSequence, OptionalArg};
    use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};
    use std::time::Duration;

    /// Ticks wrap at 2**30 (MicroPython's small-int ticks).
    const TICKS_PERIOD: i64 = 1 << 30;
    /// `mktime` and `localtime(secs)` shift by UTC+8, whatever the time zone (the module contract, system, utime).
    const SHIFT: SignedDuration = SignedDuration::from_hours(8);

    /// A negative time is none at all.
    #[pyfunction]
    fn sleep(seconds: ArgIntoFloat, vm: &VirtualMachine) -> PyResult<()> {
        let seconds = seconds.into_float().max(0.0);
        error::sleep(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX), vm)
    }

    fn whole(n: &PyIntRef, vm: &VirtualMachine) -> PyResult<u64> {
        let n: i64 = n.try_to_primitive(vm)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    #[pyfunction]
    fn sleep_ms(ms: PyIntRef, vm: &VirtualMachine) -> PyResult<()> {
        error::sleep(Duration::from_millis(whole(&ms, vm)?), vm)
    }

    #[pyfunction]
    fn sleep_us(us: PyIntRef, vm: &VirtualMachine) -> PyResult<()> {
        error::sleep(Duration::from_micros(whole(&us, vm)?), vm)
    }

    fn ticks(unit: u128, vm: &VirtualMachine) -> PyResult<i64> {
        let n = session::of(vm)?.clock.read_up().as_nanos() / unit;
        Ok(i64::try_from(n % TICKS_PERIOD as u128).unwrap_or(0))
    }

    #[pyfunction]
    fn ticks_ms(vm: &VirtualMachine) -> PyResult<i64> {
        ticks(1_000_000, vm)
    }

    #[pyfunction]
    fn ticks_us(vm: &VirtualMachine) -> PyResult<i64> {
        ticks(1000, vm)
    }

    #[pyfunction]
    fn ticks_cpu(vm: &VirtualMachine) -> PyResult<i64> {
        ticks(1000, vm)
    }

    /// Signed distance on the ring of ticks: −2**29 to 2**29 − 1.
    #[pyfunction]
    fn ticks_diff(end: i64, start: i64) -> i64 {
        let half = TICKS_PERIOD / 2;
        (end.wrapping_sub(start).wrapping_add(half) & (TICKS_PERIOD - 1)) - half
    }

    #[pyfunction]
    fn ticks_add(ticks: i64, delta: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let half = TICKS_PERIOD / 2;
        if !(1 - half..half).contains(&delta) {
            return Err(vm.new_overflow_error("ticks interval overflow"));
        }
        Ok((ticks + delta) & (TICKS_PERIOD - 1))
    }

    /// Whole seconds since power-on; scripts use differences only.
    #[pyfunction]
    fn time(vm: &VirtualMachine) -> PyResult<u64> {
        Ok(session::of(vm)?.clock.read_up().as_secs())
    }

    /// The same in nanoseconds.
    #[pyfunction]
    fn time_ns(vm: &VirtualMachine) -> PyResult<u64> {
        Ok(u64::try_from(session::of(vm)?.clock.read_up().as_nanos()).unwrap_or(u64::MAX))
    }

    /// `(year, month, mday, hour, minute, second, weekday from Monday 0, yearday from 1)`
    fn fields(at: DateTime, vm: &VirtualMachine) -> PyRef<PyTuple> {
        let all: [i64; 8] = [
            at.year().into(),
            at.month().into(),
            at.day().into(),
            at.hour().into(),
            at.minute().into(),
            at.second().into(),
            at.weekday().to_monday_zero_offset().into(),
            at.day_of_year().into(),
        ];
        vm.ctx.new_tuple(all.into_iter().map(|n| vm.ctx.new_int(n).into()).collect())
    }

    fn date(seconds: i64, shift: SignedDuration, vm: &VirtualMachine) -> PyResult<DateTime> {
        let shifted = Timestamp::from_second(seconds).and_then(|t| t.checked_add(shift));
        let at = shifted.map_err(|_| vm.new_overflow_error("timestamp out of range"))?;
        Ok(TimeZone::UTC.to_datetime(at))
    }

    #[pyfunction]
    fn localtime(seconds: OptionalArg<Option<PyObjectRef>>, vm: &VirtualMachine) -> PyResult<PyRef<PyTuple>> {
        let seconds = match seconds.flatten() {
            None => {
                let local = session::of(vm)?.clock.local();
                return Ok(fields(date(local, SignedDuration::ZERO, vm)?, vm));
            }
            Some(object) => match object.downcast_ref::<PyInt>() {
                Some(int) => int.try_to_primitive(vm)?,
                None => {
                    let class = object.class().name().to_string();
                    return Err(vm.new_type_error(format!("can't convert {class} to int")));
                }
            },
        };
        Ok(fields(date(seconds, SHIFT, vm)?, vm))
    }

    #[pyfunction(name = "getTimeZone")]
    fn get_time_zone(vm: &VirtualMachine) -> PyResult<i64> {
        Ok(session::of(vm)?.clock.zone_quarters().div_euclid(4))
    }

    /// Shifts `localtime()` at once; not `localtime(seconds)`, whose shift is fixed.
    #[pyfunction(name = "setTimeZone")]
    fn set_time_zone(hours: PyIntRef, vm: &VirtualMachine) -> PyResult<i64> {
        match hours.try_to_primitive::<i64>(vm) {
            Ok(hours @ -12..=12) => {
                session::of(vm)?.clock.set_zone_quarters(hours * 4);
                Ok(0)
            }
            _ => Err(vm.new_value_error("invalid value, timezone should be in [-12, +12].")),
        }
    }

    #[pyfunction(name = "getTimeZoneEx")]
    fn get_time_zone_ex(vm: &VirtualMachine) -> PyResult<f64> {
        // Quarters of an hour are exact in binary.
        Ok(session::of(vm)?.clock.zone_quarters() as f64 / 4.0)
    }

    /// As `setTimeZone`, in steps of a quarter of an hour.
    #[pyfunction(name = "setTimeZoneEx")]
    fn set_time_zone_ex(hours: ArgIntoFloat, vm: &VirtualMachine) -> PyResult<i64> {
        let quarters = hours.into_float() * 4.0;
        if !(-48.0..=48.0).contains(&quarters) || quarters.fract() != 0.0 {
            return Err(vm.new_value_error("invalid value, timezone should be in [-12, +12]."));
        }
        session::of(vm)?.clock.set_zone_quarters(quarters as i64);
        Ok(0)
    }

    /// Seconds of the Unix epoch; fields out of range roll over.
    #[pyfunction]
    fn mktime(time: ArgSequence, vm: &VirtualMachine) -> PyResult<i64> {
        let time = time.into_vec();
        if !(8..=9).contains(&time.len()) {
            return Err(wrong_length(time.len(), vm));
        }
        // The day of the week and that of the year may be anything.
        let read = time.iter().take(6).map(|n| n.clone().try_into_value(vm)).collect::<PyResult<Vec<i64>>>()?;
        let &[year, month, day, hour, minute, second] = read.as_slice() else {
            return Err(wrong_length(time.len(), vm));
        };
        let range = |_| vm.new_overflow_error("timestamp out of range");
        let months = year.checked_mul(12).and_then(|m| m.checked_add(month - 1)).ok_or_else(|| range(()))?;
        let year = i16::try_from(months.div_euclid(12)).map_err(|_| range(()))?;
        let month = i8::try_from(months.rem_euclid(12) + 1).map_err(|_| range(()))?;
        let first = DateTime::new(year, month, 1, 0, 0, 0, 0).map_err(|_| range(()))?;
        let start = TimeZone::UTC.to_timestamp(first).map_err(|_| range(()))?.as_second();
        let seconds = [(day.saturating_sub(1), 86_400), (hour, 3600), (minute, 60), (second, 1)]
            .into_iter()
            .try_fold(start, |sum, (n, unit)| n.checked_mul(unit).and_then(|s| sum.checked_add(s)));
        seconds.and_then(|s| s.checked_sub(SHIFT.as_secs())).ok_or_else(|| range(()))
    }

    fn wrong_length(n: usize, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
        vm.new_type_error(format!("mktime needs a tuple of length 8 or 9 ({n} given)"))
    }
}
