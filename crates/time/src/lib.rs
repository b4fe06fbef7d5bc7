//! The one owner of time: whatever waits, sleeps or fires in a simulated module goes by a [`Time`].
//!
//! Time is real, or virtual. Real time is the host's. Virtual time stands still while a thread of a script runs, and
//! jumps to the next thing that is due when all of them wait. Both differ only in this crate: what waits elsewhere has a
//! [`Deadline`] and a [`Participant`], what fires elsewhere has a [`Plan`].
//!
//! ```
//! use quecpy_time::Time;
//! use std::sync::{Arc, Mutex};
//! use std::time::Duration;
//!
//! let time = Time::real();
//! let fired = Arc::new(Mutex::new(None));
//! let (clock, seen) = (time.clone(), fired.clone());
//! let hour = Duration::from_secs(3600);
//! let start = time.now();
//! let _plan = time.after(hour, move || *seen.lock().unwrap() = Some(clock.now()));
//! time.pass(2 * hour);
//! assert!(fired.lock().unwrap().unwrap() - start - hour < Duration::from_secs(1));
//! ```
#![expect(clippy::disallowed_methods, reason = "this crate is what all others ask instead of the host's clock")]

mod deadline;
mod jump;
mod keeper;
mod participant;
mod schedule;
mod state;
mod steering;

pub use deadline::Deadline;
pub use participant::{Busy, Participant, Seat, Sleeper};
pub use schedule::{Job, Plan};
pub use state::Traffic;
pub use steering::{FastForward, Servers};

use schedule::Entry;
use state::State;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What reading the clock costs in virtual time. A loop that reads it until a time has come ends, about as fast as
/// in real time.
const READING: Duration = Duration::from_micros(1);

/// One time; clones are the same.
#[derive(Clone)]
pub struct Time(Arc<Shared>);

struct Shared {
    /// The host's time that counts as zero.
    origin: Instant,
    /// Microseconds that real time is ahead of the host's: what was skipped.
    ahead: AtomicI64,
    is_virtual: AtomicBool,
    steered: AtomicBool,
    state: Mutex<State>,
    /// Wakes the thread that keeps the schedule.
    changed: Condvar,
}

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
        Self(Arc::new(Shared {
            origin: Instant::now(),
            ahead: AtomicI64::new(0),
            is_virtual: AtomicBool::new(false),
            steered: AtomicBool::new(steered),
            state: Mutex::new(State::new()),
            changed: Condvar::new(),
        }))
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

    /// Now, as a script reads it (see [`READING`]).
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

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_virtual(&self) -> bool {
        self.is_virtual.load(SeqCst)
    }

    fn real_now(&self) -> Duration {
        shifted(self.origin.elapsed(), self.ahead.load(SeqCst))
    }

    fn real_wall(&self) -> Duration {
        let host = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        shifted(host, self.ahead.load(SeqCst))
    }

    fn now(&self, state: &State) -> Duration {
        if self.is_virtual() { state.now() } else { self.real_now() }
    }
}

fn shifted(time: Duration, by: i64) -> Duration {
    let distance = Duration::from_micros(by.unsigned_abs());
    if by < 0 { time.saturating_sub(distance) } else { time.saturating_add(distance) }
}
