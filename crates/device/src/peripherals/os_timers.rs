//! The timers of the module's operating system (`osTimer`): as many as a script makes.

use super::link::{Hold, Link};
use super::timers::next;
use crate::event::{Source, Value};
use crate::time::Plan;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A timer that runs.
struct Running {
    every: Option<Duration>,
    due: Duration,
    /// Dropped with the entry: it then fires no more.
    plan: Option<Plan>,
    hold: Hold,
}

/// A board's timers that run, by number.
pub struct OsTimers {
    running: Mutex<HashMap<u64, Running>>,
    last: AtomicU64,
    link: Link,
    /// Itself, for what is planned.
    own: Weak<Self>,
}

impl std::fmt::Debug for OsTimers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OsTimers")
    }
}

impl OsTimers {
    pub(super) fn new(link: Link) -> Arc<Self> {
        Arc::new_cyclic(|own| Self { running: Mutex::default(), last: AtomicU64::new(0), link, own: own.clone() })
    }

    /// A number for a new timer.
    pub fn create(&self) -> u64 {
        self.last.fetch_add(1, Relaxed)
    }

    /// Starts a timer, or starts it anew. `hold` keeps the session alive until it has fired for the last time.
    pub fn start(&self, number: u64, period: Duration, cyclic: bool, hold: Hold) {
        let due = self.link.now().saturating_add(period);
        let plan = self.plan(number, period);
        let timer = Running { every: cyclic.then_some(period), due, plan, hold };
        let old = self.running.lock().insert(number, timer);
        drop(old);
    }

    fn plan(&self, number: u64, delay: Duration) -> Option<Plan> {
        Some(self.link.after(delay, &self.own, move |own| own.fire(number)))
    }

    fn fire(&self, number: u64) {
        let now = self.link.now();
        let mut running = self.running.lock();
        let Some(timer) = running.get_mut(&number).filter(|timer| timer.due <= now) else { return };
        let mut ended = None;
        if let Some(every) = timer.every {
            timer.due = next(timer.due, every, now);
            timer.plan = self.plan(number, timer.due.saturating_sub(now));
        } else {
            ended = running.remove(&number);
        }
        drop(running);
        self.link.send(Source::OsTimer(number), Value::None);
        // Only now: the event keeps the session alive by itself.
        drop(ended.map(|timer| timer.hold));
    }

    /// Stops a timer, if it runs.
    pub fn stop(&self, number: u64) {
        let gone = self.running.lock().remove(&number);
        drop(gone);
    }

    pub(super) fn reset(&self) {
        let gone = std::mem::take(&mut *self.running.lock());
        drop(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn timers_fire_once_or_again_and_again_until_they_are_stopped() {
        let (board, events, _folder) = board();
        let timers = &board.peripherals.os_timers;
        let [once, cyclic, stopped] = [timers.create(), timers.create(), timers.create()];
        timers.start(once, 3 * SECOND, false, Box::new(()));
        timers.start(cyclic, 2 * SECOND, true, Box::new(()));
        timers.start(stopped, SECOND, true, Box::new(()));
        timers.stop(stopped);
        board.time.pass(7 * SECOND);
        let fired: Vec<_> = events.try_iter().map(|e| e.source).collect();
        assert_eq!(fired, [cyclic, once, cyclic, cyclic].map(Source::OsTimer));
        timers.start(cyclic, 5 * SECOND, false, Box::new(()));
        board.time.pass(9 * SECOND);
        assert_eq!(events.try_iter().count(), 1, "it was started anew");
    }
}
