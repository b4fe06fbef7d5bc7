//! The real-time clock's alarm.

use super::link::{Hold, Link};
use crate::event::{Source, Value};
use crate::time::Plan;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};

#[derive(Default)]
struct State {
    /// Local time, in seconds since 1970.
    at: Option<i64>,
    enabled: bool,
    plan: Option<Plan>,
    hold: Option<Hold>,
}

/// A board's alarm: fires when the real-time clock shows its time, or is set beyond it.
pub struct Alarm {
    state: Mutex<State>,
    link: Link,
    /// Itself, for what is planned.
    own: Weak<Self>,
}

impl std::fmt::Debug for Alarm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alarm")
    }
}

impl Alarm {
    pub(super) fn new(link: Link) -> Arc<Self> {
        Arc::new_cyclic(|own| Self { state: Mutex::default(), link, own: own.clone() })
    }

    /// Sets the time; an alarm that is enabled stays so.
    pub fn set(&self, at: i64) {
        self.state.lock().at = Some(at);
        self.look();
    }

    /// Enables it. `hold` keeps the session alive until it has fired; false without a time that is still to come.
    pub fn enable(&self, hold: Option<Hold>) -> bool {
        let mut state = self.state.lock();
        if state.at.is_none_or(|at| at <= self.link.clock.local()) {
            return false;
        }
        state.enabled = true;
        let old = std::mem::replace(&mut state.hold, hold);
        drop(state);
        drop(old);
        self.look();
        true
    }

    /// What keeps the session alive while the alarm is to come, if it is.
    pub fn hold(&self, hold: Option<Hold>) {
        let mut state = self.state.lock();
        let hold = hold.filter(|_| state.enabled);
        let old = std::mem::replace(&mut state.hold, hold);
        drop(state);
        drop(old);
    }

    /// Forgets the alarm.
    pub fn disable(&self) {
        let mut state = self.state.lock();
        state.enabled = false;
        let gone = (state.plan.take(), state.hold.take());
        drop(state);
        drop(gone);
    }

    /// Compares the clock with the alarm: when it should be there, and when the clock was set.
    pub fn look(&self) {
        let mut state = self.state.lock();
        let Some(at) = state.at.filter(|_| state.enabled) else { return };
        let left = self.link.clock.until(at);
        if !left.is_zero() {
            let plan = self.link.after(left, &self.own, Self::look);
            let old = state.plan.replace(plan);
            drop(state);
            drop(old);
            return;
        }
        state.enabled = false;
        let gone = (state.plan.take(), state.hold.take());
        drop(state);
        self.link.send(Source::RtcAlarm, Value::None);
        drop(gone);
    }

    pub(super) fn reset(&self) {
        self.disable();
        self.state.lock().at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;
    use std::time::Duration;

    #[test]
    fn it_rings_when_the_clock_is_there_and_once() {
        let (board, events, _folder) = board();
        let alarm = &board.peripherals.alarm;
        let now = board.clock.local();
        assert!(!alarm.enable(None), "no time is set");
        alarm.set(now - 1);
        assert!(!alarm.enable(None), "it has passed");
        alarm.set(now + 3600);
        assert!(alarm.enable(None));
        assert!(events.try_recv().is_err());
        board.set_local_time(now + 3600);
        assert_eq!(events.recv().unwrap().source, Source::RtcAlarm);
        alarm.look();
        assert!(events.try_recv().is_err());
    }

    #[test]
    fn it_rings_by_time_alone() {
        let (board, events, _folder) = board();
        board.set_local_time(1_900_000_000);
        let begin = board.time.now();
        board.peripherals.alarm.set(1_900_086_400);
        assert!(board.peripherals.alarm.enable(None));
        board.time.pass(Duration::from_secs(86_399));
        assert!(events.try_recv().is_err());
        board.time.pass(Duration::from_secs(1));
        assert_eq!(events.recv().unwrap().source, Source::RtcAlarm);
        assert_eq!((board.time.now() - begin).as_secs(), 86_400);
    }

    #[test]
    fn a_clock_that_jumps_takes_the_alarm_along() {
        let (board, events, _folder) = board();
        board.set_local_time(1_900_000_000);
        board.peripherals.alarm.set(1_900_000_100);
        assert!(board.peripherals.alarm.enable(None));
        board.move_local_time(-1000);
        board.time.pass(Duration::from_secs(1099));
        assert!(events.try_recv().is_err(), "it is later by the jump");
        board.move_local_time(-3600);
        board.move_local_time(3600);
        board.time.pass(Duration::from_secs(1));
        assert_eq!(events.recv().unwrap().source, Source::RtcAlarm);
    }
}
