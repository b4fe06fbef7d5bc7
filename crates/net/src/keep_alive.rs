//! Counts what keeps a session alive after its script has ended: threads, and callbacks that may still come.

use crate::error::Result;
use crate::wait::{Waiter, Waiters};
use parking_lot::Mutex;
use quecpy_time::Deadline;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

/// Counts them, and tells when the last has gone.
#[derive(Debug, Default)]
pub struct KeepAlive {
    count: AtomicUsize,
    waiting: Mutex<Option<Arc<Waiter>>>,
}

/// One of them; gone when dropped.
#[derive(Debug)]
pub struct KeepAliveGuard(Arc<KeepAlive>);

impl KeepAlive {
    /// Keeps the session alive until the guard is dropped.
    #[must_use]
    pub fn begin(self: &Arc<Self>) -> KeepAliveGuard {
        self.count.fetch_add(1, SeqCst);
        KeepAliveGuard(self.clone())
    }

    /// Waits until none is left, for so much of the host's time at most, and whatever is asked of this thread meanwhile.
    #[expect(clippy::disallowed_methods, reason = "threads take the host's time to end")]
    pub fn wait_for(&self, limit: Duration, waiters: &Waiters) {
        *self.waiting.lock() = Some(waiters.this_thread());
        let begin = Instant::now();
        while self.count.load(SeqCst) > 0
            && let Some(left) = limit.checked_sub(begin.elapsed())
        {
            std::thread::park_timeout(left);
        }
    }

    /// Waits until none is left.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn wait(&self, waiters: &Waiters) -> Result<()> {
        *self.waiting.lock() = Some(waiters.this_thread());
        waiters.park(Deadline::NEVER, || self.count.load(SeqCst) == 0)
    }
}

impl Drop for KeepAliveGuard {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, SeqCst) == 1
            && let Some(waiting) = &*self.0.waiting.lock()
        {
            waiting.wake();
        }
    }
}
