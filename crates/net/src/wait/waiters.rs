//! The threads of a session as far as waiting goes.

use super::waiter::{Waiter, place};
use crate::error::{Error, Result};
use parking_lot::Mutex;
use quecpy_time::{Deadline, FastForward, Participant, Time};
use std::cell::RefCell;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How long a wait goes on before flags are looked at, on hosts where a wait cannot be broken.
pub const SLICE: Duration = Duration::from_millis(20);

/// The threads of one [`crate::Stack`] that have waited so far.
#[derive(Debug, Default)]
pub struct Waiters {
    pub(super) time: Time,
    /// Tells these waiters from any others; a weak copy keeps the address from being used again.
    identity: Arc<()>,
    threads: Mutex<Vec<Weak<Waiter>>>,
    next_socket: AtomicU64,
}

/// A thread's waiter, the waiters of the session that it is enrolled with, and its part in the time of that session.
struct Mine {
    owner: Weak<()>,
    waiter: Arc<Waiter>,
    _participant: Participant,
}

thread_local! {
    /// One thread may have several sessions.
    static MINE: RefCell<Vec<Mine>> = const { RefCell::new(Vec::new()) };
}

impl Waiters {
    pub(crate) fn new(time: Time) -> Self {
        Self { time, ..Self::default() }
    }

    /// What all waits go by.
    #[must_use]
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// The calling thread has no part in this session any more.
    pub fn forget_this_thread(&self) {
        let mine = MINE.with(|mine| {
            let mut mine = mine.borrow_mut();
            mine.extract_if(.., |mine| mine.owner.as_ptr() == Arc::as_ptr(&self.identity)).collect::<Vec<_>>()
        });
        drop(mine);
    }

    /// The waiter of the calling thread, enrolled on first use.
    pub fn this_thread(&self) -> Arc<Waiter> {
        self.with_mine(Arc::clone)
    }

    pub(super) fn with_mine<R>(&self, f: impl FnOnce(&Arc<Waiter>) -> R) -> R {
        MINE.with(|mine| {
            let known = mine.borrow();
            if let Some(mine) = known.iter().find(|mine| mine.owner.as_ptr() == Arc::as_ptr(&self.identity)) {
                return f(&mine.waiter);
            }
            drop(known);
            let mut mine = mine.borrow_mut();
            mine.retain(|mine| mine.owner.strong_count() > 0);
            let (waiter, participant) = self.enrol();
            let owner = Arc::downgrade(&self.identity);
            mine.push(Mine { owner, waiter: waiter.clone(), _participant: participant });
            drop(mine);
            f(&waiter)
        })
    }

    fn enrol(&self) -> (Arc<Waiter>, Participant) {
        let (waiter, participant) = Waiter::of_this_thread(&self.time);
        let mut threads = self.threads.lock();
        threads.retain(|w| w.strong_count() > 0);
        threads.push(Arc::downgrade(&waiter));
        drop(threads);
        (waiter, participant)
    }

    /// Takes an interrupt, between steps that do not wait.
    ///
    /// # Errors
    /// `Interrupted`.
    pub(crate) fn look_up(&self) -> Result<()> {
        if self.with_mine(|waiter| waiter.take_interrupt()) { Err(Error::Interrupted) } else { Ok(()) }
    }

    pub(crate) fn new_socket(&self) -> u64 {
        place::FIRST_SOCKET + self.next_socket.fetch_add(1, SeqCst)
    }

    /// Breaks every wait at this socket, which the caller has marked closed before.
    pub(crate) fn wake_all_at(&self, socket: u64) {
        let threads: Vec<_> = self.threads.lock().iter().filter_map(Weak::upgrade).collect();
        for waiter in threads {
            if waiter.socket.load(SeqCst) == socket {
                waiter.wake();
            }
            waiter.break_call(|at| at == socket);
        }
    }

    /// Whether a thread of the stack, other than the calling one, does anything but wait.
    #[must_use]
    pub fn others_run(&self) -> bool {
        let me = self.this_thread();
        let threads: Vec<_> = self.threads.lock().iter().filter_map(Weak::upgrade).collect();
        threads.iter().any(|waiter| !Arc::ptr_eq(waiter, &me) && waiter.runs())
    }

    /// Interrupts every thread of the stack.
    pub fn interrupt_all(&self) {
        let threads: Vec<_> = self.threads.lock().iter().filter_map(Weak::upgrade).collect();
        for waiter in threads {
            waiter.interrupt();
        }
    }

    /// Sleeps until `deadline`, or until `done` says so after an unpark.
    ///
    /// # Errors
    /// `Interrupted`; `TIMED_OUT` at the deadline if `done` never came true.
    pub fn park(&self, deadline: Deadline, mut done: impl FnMut() -> bool) -> Result<()> {
        let waiter = self.this_thread();
        waiter.enter(place::PARKED);
        let result = loop {
            if waiter.take_interrupt() {
                break Err(Error::Interrupted);
            }
            if done() {
                break Ok(());
            }
            if deadline.passed(&self.time) {
                break Err(Error::TIMED_OUT);
            }
            self.time.park(waiter.seat, deadline);
        };
        waiter.leave(place::PARKED);
        result
    }

    /// Sleeps until `deadline`.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn sleep_until(&self, deadline: Deadline) -> Result<()> {
        match self.park(deadline, || false) {
            Err(Error::TIMED_OUT) => Ok(()),
            other => other,
        }
    }

    /// Sleeps for `duration` of the host's time, whatever the stack's own does.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn sleep_really(&self, duration: Duration) -> Result<()> {
        match self.park_really(duration, || false) {
            Err(Error::TIMED_OUT) => Ok(()),
            other => other,
        }
    }

    /// As [`Waiters::park`], for so much of the host's time at most, whatever the stack's own does.
    ///
    /// # Errors
    /// `Interrupted`; `TIMED_OUT` if `done` never came true.
    pub fn park_really(&self, limit: Duration, mut done: impl FnMut() -> bool) -> Result<()> {
        let waiter = self.this_thread();
        let mut left = limit;
        while !done() {
            if left.is_zero() {
                return Err(Error::TIMED_OUT);
            }
            if waiter.take_interrupt() {
                return Err(Error::Interrupted);
            }
            left = self.time.park_really(waiter.seat, left);
        }
        Ok(())
    }

    /// Begins a fast-forward of the stack's time: wait for its end by [`Waiters::fast_forward`].
    #[must_use]
    pub fn forward(&self, by: Duration) -> FastForward {
        // Time must not jump before this thread waits.
        drop(self.this_thread());
        self.time.forward(by)
    }

    /// Waits until all has been done that is due within a fast-forward.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn fast_forward(&self, forward: &FastForward) -> Result<()> {
        let waiter = self.this_thread();
        loop {
            if waiter.take_interrupt() {
                return Err(Error::Interrupted);
            }
            if self.time.park_last(waiter.seat, forward.end()) {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupt_ends_a_sleep_and_is_then_gone() {
        let waiters = Arc::new(Waiters::default());
        let main = waiters.this_thread();
        let interrupter = std::thread::spawn(move || main.interrupt());
        let after = |ms| Deadline::after(Some(Duration::from_millis(ms)), waiters.time());
        assert_eq!(waiters.sleep_until(after(60_000)), Err(Error::Interrupted));
        interrupter.join().expect("the interrupter does not panic");
        assert_eq!(waiters.sleep_until(after(1)), Ok(()));
    }
}
