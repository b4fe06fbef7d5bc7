//! Fast-forward: what makes time virtual, and for how long.

use crate::deadline::Deadline;
use crate::servers::Servers;
use crate::shared::Shared;
use crate::state::{State, Traffic};
use crate::time::Time;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A fast-forward; over when dropped.
#[derive(Debug)]
pub struct FastForward {
    time: Time,
    end: Deadline,
}

impl FastForward {
    /// When it ends.
    #[must_use]
    pub fn end(&self) -> Deadline {
        self.end
    }
}

impl Drop for FastForward {
    fn drop(&mut self) {
        self.time.steer(|state| state.forwards -= 1);
    }
}

impl Time {
    /// Servers whose answers come before time jumps.
    pub fn add_servers(&self, servers: Weak<dyn Servers>) {
        let mut state = self.0.lock();
        state.servers.retain(|known| known.strong_count() > 0);
        state.servers.push(servers);
    }

    /// Makes time virtual until it is set back: nothing is waited for any more. Returns how it was.
    pub fn set_fast(&self, fast: bool) -> bool {
        let mut before = false;
        self.steer(|state| before = std::mem::replace(&mut state.fast, fast));
        before
    }

    /// Makes time virtual for so long. The calling thread, which takes part, waits for its end ([`Time::park_last`]).
    #[must_use]
    pub fn forward(&self, by: Duration) -> FastForward {
        self.steer(|state| state.forwards += 1);
        let end = self.now().saturating_add(by);
        FastForward { time: self.clone(), end: Deadline(Some(end)) }
    }

    fn steer(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.0.lock();
        change(&mut state);
        let wanted = state.fast || state.forwards > 0;
        if wanted == self.is_virtual() {
            return;
        }
        if !wanted {
            self.0.make_real(&mut state);
            return;
        }
        self.0.make_virtual(&mut state);
        let sleepers: Vec<_> = state.seats.values().filter_map(|seat| seat.sleeper.upgrade()).collect();
        drop(state);
        sleepers.iter().for_each(|sleeper| sleeper.look_again());
    }
}

impl Shared {
    fn make_virtual(self: &Arc<Self>, state: &mut State) {
        let now = self.real_now();
        (state.base, state.goes_on, state.naps) = (now, None, 0);
        if !self.steered.load(SeqCst) {
            // Nobody has noted what was exchanged.
            state.traffic = Traffic::Foreign;
        }
        state.epoch = self.real_wall().saturating_sub(now);
        self.steered.store(true, SeqCst);
        self.is_virtual.store(true, SeqCst);
        self.keep_virtual_time(state);
    }

    fn make_real(&self, state: &mut State) {
        let now = state.now();
        // Rounded up, so that time does not go back.
        let micros = |time: Duration| i64::try_from(time.as_nanos().div_ceil(1000)).unwrap_or(i64::MAX);
        self.ahead.store(micros(now).saturating_sub(micros(self.origin.elapsed())).saturating_add(1), SeqCst);
        self.is_virtual.store(false, SeqCst);
        let waiting: Vec<u64> = state.seats.iter().filter(|(_, seat)| seat.waits).map(|(n, _)| *n).collect();
        waiting.into_iter().for_each(|number| state.wake(number));
        self.changed.notify_one();
    }
}
