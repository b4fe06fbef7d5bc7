//! The time itself: what it is now, and what is planned by it.

use crate::plan::Plan;
use crate::schedule::Entry;
use crate::shared::Shared;
use crate::state::Traffic;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

/// What reading the clock costs in virtual time. A loop that reads it until a time has come ends, about as fast as
/// in real time.
const READING: Duration = Duration::from_micros(1);

/// One time; clones are the same.
#[derive(Clone)]
pub struct Time(pub(crate) Arc<Shared>);

impl std::fmt::Debug for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Time").field("now", &self.now()).field("is_virtual", &self.is_virtual()).finish()
    }
}

impl Default for Time {
    fn default() -> Self {
        Self::real()
    }
}

impl Time {
    fn new(steered: bool) -> Self {
        Self(Arc::new(Shared::new(steered)))
    }

    /// The host's time, counted from now.
    #[must_use]
    pub fn real() -> Self {
        Self::new(false)
    }

    /// As [`Time::real`], where somebody will make it virtual while scripts wait: a test. Calls with a time limit then
    /// note when they began, which costs each a look at the clock; elsewhere those that wait when time becomes virtual
    /// for the first time count from then.
    #[must_use]
    pub fn steered() -> Self {
        Self::new(true)
    }

    /// See [`Time::steered`].
    #[must_use]
    pub fn is_steered(&self) -> bool {
        self.0.steered.load(SeqCst)
    }

    /// Whether time is virtual now.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        self.0.is_virtual()
    }

    /// Now; never goes back.
    #[must_use]
    pub fn now(&self) -> Duration {
        if self.is_virtual() { self.0.now(&self.0.lock()) } else { self.0.real_now() }
    }

    /// Now, as a script reads it (see `READING`).
    #[must_use]
    pub fn read(&self) -> Duration {
        if !self.is_virtual() {
            return self.0.real_now();
        }
        let mut state = self.0.lock();
        let now = self.0.now(&state);
        state.base = state.base.saturating_add(READING);
        now
    }

    /// What a clock on the wall shows: time since 1970 in UTC, by the host's clock and with what was skipped.
    #[must_use]
    pub fn wall(&self) -> Duration {
        if self.is_virtual() {
            let state = self.0.lock();
            let now = self.0.now(&state);
            if self.is_virtual() {
                return now.saturating_add(state.epoch);
            }
        }
        self.0.real_wall()
    }

    /// Plans `job` for `delay` from now; it is done on whatever thread drives time, so it must not wait.
    #[must_use = "a plan that is dropped is taken back"]
    pub fn after(&self, delay: Duration, job: impl FnOnce() + Send + 'static) -> Plan {
        let mut state = self.0.lock();
        let at = self.0.now(&state).saturating_add(delay);
        let key = state.schedule.insert(at, false, Entry::Job(Box::new(job)));
        self.0.planned(state, at);
        Plan::new(Arc::downgrade(&self.0), key)
    }

    /// How long until the next plan; `None` without any.
    #[must_use]
    pub fn next_in(&self) -> Option<Duration> {
        let state = self.0.lock();
        let now = self.0.now(&state);
        state.schedule.first().map(|at| at.saturating_sub(now))
    }

    /// Something was sent to, or taken from, the world outside of the scripts: an answer may be on its way, which is
    /// given a moment before time jumps.
    pub fn traffic(&self, traffic: Traffic) {
        if self.is_steered() {
            let mut state = self.0.lock();
            state.traffic = state.traffic.max(traffic);
        }
    }
}
