//! What the board's clocks show: time since power-on, the real-time clock, the time zone.

use parking_lot::Mutex;
use quecpy_time::Time;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Hours east of UTC that a module has after registering in a Chinese network (the module contract, system,
/// getTimeZone).
const DEFAULT_ZONE: i64 = 8;
/// Seconds of one step of a time zone: a quarter of an hour.
const QUARTER: i64 = 900;
const NANOS: i128 = 1_000_000_000;

/// One board's clocks.
#[derive(Debug)]
pub struct Clock {
    time: Time,
    power_on: Mutex<Duration>,
    /// Quarters of an hour east of UTC.
    zone: AtomicI64,
    /// Nanoseconds by which a script has set the real-time clock ahead.
    ahead: Mutex<i128>,
}

fn nanos(time: Duration) -> i128 {
    i128::try_from(time.as_nanos()).unwrap_or(i128::MAX)
}

fn seconds(nanos: i128) -> i64 {
    let seconds = nanos.div_euclid(NANOS);
    i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX })
}

impl Clock {
    /// Clocks that go by `time`, at power-on.
    #[must_use]
    pub fn new(time: Time) -> Self {
        let power_on = Mutex::new(time.now());
        Self { time, power_on, zone: AtomicI64::new(DEFAULT_ZONE * 4), ahead: Mutex::default() }
    }

    /// Power-on again: the real-time clock goes on.
    pub fn restart(&self) {
        *self.power_on.lock() = self.time.now();
    }

    /// Time since power-on.
    pub fn up(&self) -> Duration {
        self.time.now().saturating_sub(*self.power_on.lock())
    }

    /// [`Clock::up`], as a script reads it (see [`Time::read`]).
    pub fn read_up(&self) -> Duration {
        self.time.read().saturating_sub(*self.power_on.lock())
    }

    /// Time zone, in quarters of an hour east of UTC.
    pub fn zone_quarters(&self) -> i64 {
        self.zone.load(Relaxed)
    }

    /// Sets the time zone, in quarters of an hour from UTC.
    pub fn set_zone_quarters(&self, quarters: i64) {
        self.zone.store(quarters, Relaxed);
    }

    fn utc_nanos(&self) -> i128 {
        nanos(self.time.wall()).saturating_add(*self.ahead.lock())
    }

    fn zone_nanos(&self) -> i128 {
        i128::from(self.zone_quarters() * QUARTER) * NANOS
    }

    /// UTC, in seconds of the Unix epoch.
    pub fn utc(&self) -> i64 {
        seconds(self.utc_nanos())
    }

    /// What the real-time clock shows: local time, as seconds since 1970-01-01 00:00 local.
    pub fn local(&self) -> i64 {
        seconds(self.utc_nanos().saturating_add(self.zone_nanos()))
    }

    /// Until the real-time clock shows `local`; zero when it has.
    pub fn until(&self, local: i64) -> Duration {
        let left = (i128::from(local) * NANOS).saturating_sub(self.utc_nanos().saturating_add(self.zone_nanos()));
        u64::try_from(left.max(0)).map_or(Duration::MAX, Duration::from_nanos)
    }

    /// Sets what the real-time clock shows: its next second is a whole one away.
    pub(crate) fn set_local(&self, seconds: i64) {
        let by = (i128::from(seconds) * NANOS).saturating_sub(self.utc_nanos().saturating_add(self.zone_nanos()));
        self.shift(by);
    }

    /// Moves what the real-time clock shows.
    pub(crate) fn move_by(&self, seconds: i64) {
        self.shift(i128::from(seconds) * NANOS);
    }

    fn shift(&self, by: i128) {
        let mut ahead = self.ahead.lock();
        *ahead = ahead.saturating_add(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_local_time_keeps_the_zone() {
        let time = Time::real();
        time.set_fast(true);
        let _still = time.busy();
        let clock = Clock::new(time);
        clock.set_local(1_600_000_000);
        assert_eq!((clock.local(), clock.utc()), (1_600_000_000, 1_600_000_000 - 8 * 3600));
        assert_eq!(clock.until(1_600_000_060), Duration::from_secs(60));
        assert_eq!(clock.until(1_599_999_999), Duration::ZERO);
        clock.set_zone_quarters(0);
        assert_eq!(clock.local(), 1_600_000_000 - 8 * 3600);
        clock.move_by(-3600);
        assert_eq!(clock.utc(), 1_600_000_000 - 9 * 3600);
        clock.set_local(i64::MAX);
        assert_eq!(clock.until(i64::MIN), Duration::ZERO);
    }

    #[test]
    fn time_since_power_on_begins_anew() {
        let time = Time::real();
        let clock = Clock::new(time.clone());
        time.pass(Duration::from_secs(60));
        assert_eq!(clock.up().as_secs(), 60);
        let shown = clock.utc();
        clock.restart();
        assert!(clock.up() < Duration::from_secs(10) && clock.utc() - shown < 10);
    }
}
