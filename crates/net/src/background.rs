//! Work that cannot be broken, on a thread of its own, so that the wait for it can.

use crate::error::{Error, Result};
use crate::wait::Waiters;
use crate::{heap, sandbox};
use parking_lot::Mutex;
use quecpy_time::Deadline;
use std::io;
use std::sync::Arc;
use std::thread::{self, Builder};

/// Work that was begun. Whoever began it may wait for it, as often as the wait is broken, or go away.
#[derive(Debug)]
pub struct Background<T>(Arc<Mutex<Option<thread::Result<T>>>>);

impl<T: Send + 'static> Background<T> {
    /// Begins it. It wakes the calling thread when it is done.
    ///
    /// # Errors
    /// The host's, if it gives no more threads.
    pub fn begin(name: &str, work: impl FnOnce() -> T + Send + 'static) -> io::Result<Self> {
        let (begun, run) = Self::prepared(work);
        Builder::new().name(name.to_owned()).spawn(run)?;
        Ok(begun)
    }

    /// The same for what must reach more of the computer than scripts may: outside the sandbox.
    ///
    /// # Errors
    /// As [`Background::begin`].
    pub fn begin_outside(name: &str, work: impl FnOnce() -> T + Send + 'static) -> io::Result<Self> {
        let (begun, run) = Self::prepared(work);
        let thread = Builder::new().name(name.to_owned());
        sandbox::outside(move || thread.spawn(run))?;
        Ok(begun)
    }

    /// Work to be begun, and what a thread is to do for it.
    fn prepared(work: impl FnOnce() -> T + Send + 'static) -> (Self, impl FnOnce() + Send + 'static) {
        let done = Arc::<Mutex<_>>::default();
        let (theirs, waiting) = (Arc::clone(&done), thread::current());
        let run = move || {
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            *theirs.lock() = Some(result);
            waiting.unpark();
            heap::settle();
        };
        (Self(done), run)
    }

    /// Waits for what comes out, once.
    ///
    /// # Errors
    /// `Interrupted`.
    ///
    /// # Panics
    /// If the work did.
    pub fn wait(&self, waiters: &Waiters) -> Result<T> {
        self.wait_within(Patience::ENDLESS, waiters)
    }

    /// [`Background::wait`], with patience.
    ///
    /// # Errors
    /// `Interrupted`; `TIMED_OUT` and `CLOSED` when patience ends.
    ///
    /// # Panics
    /// If the work did.
    pub fn wait_within(&self, patience: Patience<'_>, waiters: &Waiters) -> Result<T> {
        // The host takes its own time.
        let _busy = waiters.time().busy();
        let mut result = None;
        waiters.park(patience.deadline, || {
            result = self.0.lock().take();
            result.is_some() || (patience.is_over)()
        })?;
        match result.ok_or(Error::CLOSED)? {
            Ok(result) => Ok(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// How long something is waited for.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    pub deadline: Deadline,
    /// Whether nobody wants it any more; asked whenever the thread is unparked.
    pub is_over: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
    /// Until it comes.
    pub const ENDLESS: Self = Self { deadline: Deadline::NEVER, is_over: &|| false };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_wait_can_be_taken_up_again() {
        let waiters = Waiters::default();
        let (go, gate) = std::sync::mpsc::channel::<()>();
        let work = Background::begin("work", move || gate.recv().is_err()).expect("a thread");
        waiters.this_thread().interrupt();
        assert_eq!(work.wait(&waiters), Err(Error::Interrupted));
        drop(go);
        assert_eq!(work.wait(&waiters), Ok(true));
    }

    #[test]
    fn a_panic_comes_to_who_waits() {
        let waiters = Waiters::default();
        let work =
            Background::<()>::begin("work", || std::panic::resume_unwind(Box::new("as it must"))).expect("a thread");
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work.wait(&waiters)));
        assert!(caught.is_err());
    }

    #[test]
    fn what_does_not_come_is_waited_for_with_patience() {
        use std::sync::atomic::AtomicBool;
        use std::sync::atomic::Ordering::SeqCst;
        let waiters = Waiters::default();
        let (_go, gate) = std::sync::mpsc::channel::<()>();
        let work = Background::begin("work", move || gate.recv().is_err()).expect("a thread");
        let soon = Deadline::after(Some(std::time::Duration::from_millis(20)), waiters.time());
        let patience = Patience { deadline: soon, ..Patience::ENDLESS };
        assert_eq!(work.wait_within(patience, &waiters), Err(Error::TIMED_OUT));
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let is_over = || over.load(SeqCst);
                work.wait_within(Patience { is_over: &is_over, ..Patience::ENDLESS }, &waiters)
            });
            over.store(true, SeqCst);
            waiting.thread().unpark();
            assert_eq!(waiting.join().expect("it does not panic"), Err(Error::CLOSED));
        });
    }
}
