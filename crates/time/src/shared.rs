//! What the clones of a time share: where it stands.

use crate::state::State;
use parking_lot::{Condvar, Mutex, MutexGuard};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(crate) struct Shared {
    /// The host's time that counts as zero.
    pub origin: Instant,
    /// Microseconds that real time is ahead of the host's: what was skipped.
    pub ahead: AtomicI64,
    pub is_virtual: AtomicBool,
    pub steered: AtomicBool,
    pub state: Mutex<State>,
    /// Wakes the thread that keeps the schedule.
    pub changed: Condvar,
}

impl Shared {
    pub fn new(steered: bool) -> Self {
        Self {
            origin: Instant::now(),
            ahead: AtomicI64::new(0),
            is_virtual: AtomicBool::new(false),
            steered: AtomicBool::new(steered),
            state: Mutex::new(State::new()),
            changed: Condvar::new(),
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    pub fn is_virtual(&self) -> bool {
        self.is_virtual.load(SeqCst)
    }

    pub fn real_now(&self) -> Duration {
        shifted(self.origin.elapsed(), self.ahead.load(SeqCst))
    }

    pub fn real_wall(&self) -> Duration {
        let host = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        shifted(host, self.ahead.load(SeqCst))
    }

    pub fn now(&self, state: &State) -> Duration {
        if self.is_virtual() { state.now() } else { self.real_now() }
    }
}

fn shifted(time: Duration, by: i64) -> Duration {
    let distance = Duration::from_micros(by.unsigned_abs());
    if by < 0 { time.saturating_sub(distance) } else { time.saturating_add(distance) }
}
