//! The real-time clock's alarm.

use super::{Hold, Link, lock};
use crate::agenda::Plan;
use crate::event::{Source, Value};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
}

impl std::fmt::Debug for Alarm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alarm")
    }
}

/// Until the host's clock, and with it the board's, shows the next second.
fn to_the_next_second() -> Duration {
    let past = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos();
    Duration::from_nanos(1_000_000_000 - u64::from(past.min(999_999_999)))
}

impl Alarm {
    pub(super) fn new(link: Link) -> Self {
        Self { state: Mutex::default(), link }
    }

    /// Sets the time; an alarm that is enabled stays so.
    pub fn set(&self, at: i64) {
        lock(&self.state).at = Some(at);
        self.look();
    }

    /// Enables it. `hold` keeps the session alive until it has fired; false without a time that is still to come.
    pub fn enable(&self, hold: Option<Hold>) -> bool {
        let Some(board) = self.link.board() else { return false };
        let mut state = lock(&self.state);
        if state.at.is_none_or(|at| at <= board.clock.local()) {
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
        let mut state = lock(&self.state);
        let hold = hold.filter(|_| state.enabled);
        let old = std::mem::replace(&mut state.hold, hold);
        drop(state);
        drop(old);
    }

    pub fn disable(&self) {
        let mut state = lock(&self.state);
        state.enabled = false;
        let gone = (state.plan.take(), state.hold.take());
        drop(state);
        drop(gone);
    }

    /// Compares the clock with the alarm: at every full second, and when the clock was set.
    pub fn look(&self) {
        let Some(board) = self.link.board() else { return };
        let mut state = lock(&self.state);
        let Some(at) = state.at.filter(|_| state.enabled) else { return };
        let left = u64::try_from(at.saturating_sub(board.clock.local())).unwrap_or(0);
        if left > 0 {
            state.plan = self.link.after(to_the_next_second(), |board| board.peripherals.alarm.look());
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
        lock(&self.state).at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;

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
        board.clock.set_local(now + 3600);
        alarm.look();
        assert_eq!(events.recv().unwrap().source, Source::RtcAlarm);
        alarm.look();
        assert!(events.try_recv().is_err());
    }

    #[test]
    fn it_rings_by_time_alone() {
        let (board, events, _folder) = board();
        board.peripherals.alarm.set(board.clock.local() + 1);
        if board.peripherals.alarm.enable(None) {
            assert_eq!(events.recv().unwrap().source, Source::RtcAlarm);
        }
    }
}
