//! Work that cannot be broken, on a thread of its own, so that the wait for it can.

use crate::error::{Error, Result};
use crate::wait::{Deadline, Waiters, lock};
use std::io;
use std::sync::{Arc, Mutex};
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
        let done = Arc::default();
        let (theirs, waiting) = (Arc::clone(&done), thread::current());
        Builder::new().name(name.to_owned()).spawn(move || {
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            *lock(&theirs) = Some(result);
            waiting.unpark();
        })?;
        Ok(Self(done))
    }

    /// Waits for what comes out, once.
    ///
    /// # Errors
    /// `Interrupted`.
    ///
    /// # Panics
    /// If the work did.
    pub fn wait(&self, waiters: &Waiters) -> Result<T> {
        let mut result = None;
        waiters.park(Deadline::NEVER, || {
            result = lock(&self.0).take();
            result.is_some()
        })?;
        match result.ok_or(Error::Interrupted)? {
            Ok(result) => Ok(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
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
}
