//! The four hardware timers.

use super::link::{Hold, Link};
use crate::event::{Source, Value};
use crate::time::Plan;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// `Timer0` to `Timer3`
pub const COUNT: usize = 4;

#[derive(Default)]
struct Timer {
    /// Whether it was ever started.
    known: bool,
    /// From its start to its stop, also when it has fired for the last time (the module contract, machine, Timer).
    running: bool,
    /// Time between two firings; None for one that fires once.
    every: Option<Duration>,
    /// On the clock of the board's time.
    due: Duration,
    /// Tells a firing of this start from one of an earlier start.
    start: u64,
    plan: Option<Plan>,
    hold: Option<Hold>,
}

/// A board's timers, by number.
pub struct Timers {
    all: [Mutex<Timer>; COUNT],
    link: Link,
    /// Itself, for what is planned.
    own: Weak<Self>,
}

impl std::fmt::Debug for Timers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Timers")
    }
}

/// When a timer fires next. Counted from when it was due, so that delays do not add up; periods missed are not made up
/// for.
pub(super) fn next(due: Duration, every: Duration, now: Duration) -> Duration {
    let next = due.saturating_add(every);
    if next > now { next } else { now.saturating_add(every) }
}

impl Timers {
    pub(super) fn new(link: Link) -> Arc<Self> {
        Arc::new_cyclic(|own| Self { all: Default::default(), link, own: own.clone() })
    }

    /// Starts a timer, unless it runs already; false when it did.
    ///
    /// # Panics
    /// Above [`COUNT`].
    pub fn start(&self, number: usize, period: Duration, periodic: bool, hold: Hold) -> bool {
        let mut timer = self.all[number].lock();
        if timer.running {
            return false;
        }
        (timer.known, timer.running, timer.hold) = (true, true, Some(hold));
        timer.every = periodic.then_some(period);
        timer.start += 1;
        timer.due = self.link.now().saturating_add(period);
        timer.plan = self.plan(number, timer.start, period);
        true
    }

    fn plan(&self, number: usize, start: u64, delay: Duration) -> Option<Plan> {
        Some(self.link.after(delay, &self.own, move |own| own.fire(number, start)))
    }

    fn fire(&self, number: usize, start: u64) {
        let mut timer = self.all[number].lock();
        if !timer.running || timer.start != start {
            return;
        }
        let mut ended = None;
        match timer.every {
            None => (timer.plan, ended) = (None, timer.hold.take()),
            Some(every) => {
                timer.due = next(timer.due, every, self.link.now());
                timer.plan = self.plan(number, start, timer.due.saturating_sub(self.link.now()));
            }
        }
        drop(timer);
        self.link.send(Source::Timer(u8::try_from(number).unwrap_or(0)), Value::None);
        // Only now: the event keeps the session alive by itself.
        drop(ended);
    }

    /// Stops a timer; false when it was never started.
    ///
    /// # Panics
    /// Above [`COUNT`].
    pub fn stop(&self, number: usize) -> bool {
        let mut timer = self.all[number].lock();
        timer.running = false;
        let gone = (timer.plan.take(), timer.hold.take());
        let known = timer.known;
        drop(timer);
        drop(gone);
        known
    }

    /// Whether a timer will fire.
    ///
    /// # Panics
    /// Above [`COUNT`].
    pub fn is_pending(&self, number: usize) -> bool {
        self.all[number].lock().plan.is_some()
    }

    pub(super) fn reset(&self) {
        for number in 0..COUNT {
            self.stop(number);
            self.all[number].lock().known = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;
    use std::sync::Arc;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_periodic_timer_fires_until_it_is_stopped() {
        let (board, events, _folder) = board();
        let timers = &board.peripherals.timers;
        assert!(!timers.stop(1), "never started");
        assert!(timers.start(1, MS, true, Box::new(())));
        assert!(!timers.start(1, MS, true, Box::new(())), "it runs");
        for _ in 0..3 {
            assert_eq!(events.recv().unwrap().source, Source::Timer(1));
        }
        assert!(timers.stop(1) && !timers.is_pending(1));
    }

    #[test]
    fn one_that_fired_once_still_counts_as_running() {
        let (board, events, _folder) = board();
        let timers = &board.peripherals.timers;
        let token = Arc::new(());
        assert!(timers.start(0, MS, false, Box::new(token.clone())));
        assert_eq!(events.recv().unwrap().source, Source::Timer(0));
        while Arc::strong_count(&token) > 1 {
            std::thread::yield_now();
        }
        assert!(!timers.start(0, MS, false, Box::new(())));
        assert!(timers.stop(0) && timers.start(0, MS, false, Box::new(())));
        assert_eq!(events.recv().unwrap().source, Source::Timer(0));
    }

    #[test]
    fn a_period_beyond_all_time_is_no_fault() {
        let (board, _events, _folder) = board();
        assert!(board.peripherals.timers.start(2, Duration::MAX, true, Box::new(())));
        assert!(board.peripherals.timers.stop(2));
    }
}
