//! The board's clock: time since power-on, the real-time clock, and the time zone.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Hours east of UTC that a module has after registering in a Chinese network (the module contract, system,
/// getTimeZone).
const DEFAULT_ZONE: i64 = 8;
/// Seconds of one step of a time zone: a quarter of an hour.
const QUARTER: i64 = 900;

/// One board's clock.
#[derive(Debug)]
pub struct Clock {
    power_on: Mutex<Instant>,
    /// Quarters of an hour east of UTC.
    zone: AtomicI64,
    /// Seconds by which a script has set the real-time clock ahead of the host's.
    ahead: AtomicI64,
    /// Time that passed without being waited for, in all and up to power-on.
    skipped: Mutex<(Duration, Duration)>,
}

impl Default for Clock {
    fn default() -> Self {
        let power_on = Mutex::new(Instant::now());
        Self { power_on, zone: AtomicI64::new(DEFAULT_ZONE * 4), ahead: AtomicI64::new(0), skipped: Mutex::default() }
    }
}

impl Clock {
    /// Power-on again: the real-time clock goes on.
    pub fn restart(&self) {
        *self.power_on.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let mut skipped = self.skipped.lock().unwrap_or_else(PoisonError::into_inner);
        skipped.1 = skipped.0;
    }

    /// Time since power-on.
    pub fn up(&self) -> Duration {
        let real = self.power_on.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        let (all, before) = *self.skipped.lock().unwrap_or_else(PoisonError::into_inner);
        real + all.saturating_sub(before)
    }

    /// Lets time pass at once: a test's fast-forward. Plans have to be told as well ([`crate::Board::skip`]).
    pub(crate) fn skip(&self, time: Duration) {
        let mut skipped = self.skipped.lock().unwrap_or_else(PoisonError::into_inner);
        skipped.0 = skipped.0.saturating_add(time);
    }

    /// Time zone, in quarters of an hour east of UTC.
    pub fn zone_quarters(&self) -> i64 {
        self.zone.load(Relaxed)
    }

    pub fn set_zone_quarters(&self, quarters: i64) {
        self.zone.store(quarters, Relaxed);
    }

    /// UTC, in seconds of the Unix epoch.
    pub fn utc(&self) -> i64 {
        let skipped = self.skipped.lock().unwrap_or_else(PoisonError::into_inner).0;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().saturating_add(skipped);
        i64::try_from(now.as_secs()).unwrap_or(i64::MAX).saturating_add(self.ahead.load(Relaxed))
    }

    /// What the real-time clock shows: local time, as seconds since 1970-01-01 00:00 local.
    pub fn local(&self) -> i64 {
        self.utc().saturating_add(self.zone_quarters() * QUARTER)
    }

    /// Sets what the real-time clock shows.
    pub fn set_local(&self, seconds: i64) {
        let by = seconds.saturating_sub(self.local());
        self.ahead.fetch_add(by, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_local_time_keeps_the_zone() {
        let clock = Clock::default();
        clock.set_local(1_600_000_000);
        assert!((0..2).contains(&(clock.local() - 1_600_000_000)));
        assert!((0..2).contains(&(clock.utc() - (1_600_000_000 - 8 * 3600))));
        clock.set_zone_quarters(0);
        assert!((0..2).contains(&(clock.local() - (1_600_000_000 - 8 * 3600))));
    }
}
