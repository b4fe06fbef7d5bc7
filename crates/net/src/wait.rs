//! The one place where a script waits: for a socket, for time, for another thread.
//!
//! A wait ends when what was waited for happens, at its deadline, when the socket is closed by another thread, or
//! when the waiting thread is interrupted (Ctrl-C). The last two must never be missed, also when they come between
//! "look at the flags" and "enter the system call"; hence a waker repeats itself until the waiter has left.

use crate::error::{Error, Result};
use crate::sys;
use socket2::Socket;
use std::cell::RefCell;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// How long a wait goes on before flags are looked at, on hosts where a wait cannot be broken.
pub const SLICE: Duration = Duration::from_millis(20);

/// The end of a wait: an instant, or never.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    pub const NEVER: Self = Self(None);

    /// `timeout` from now; a time too far to be represented is never.
    #[must_use]
    pub fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|t| Instant::now().checked_add(t)))
    }

    /// Time left: `None` for ever, zero when it has passed.
    #[must_use]
    pub fn left(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// The earlier of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(a), Some(b)) => Self(Some(a.min(b))),
            (a, b) => Self(a.or(b)),
        }
    }

    #[must_use]
    pub fn passed(self) -> bool {
        self.left() == Some(Duration::ZERO)
    }
}

/// Where a thread waits, as seen by those who wake it.
mod place {
    pub const NOWHERE: u64 = 0;
    /// Parked (sleep, lock, queue): ended by unpark.
    pub const PARKED: u64 = 1;
    /// The first socket's number; sockets count upwards.
    pub const FIRST_SOCKET: u64 = 2;
    /// A call of the host that is no socket's: more than sockets count to.
    pub const HOST_CALL: u64 = (1 << 63) - 1;
    /// Set while a waker sends its signal, so that the thread cannot leave (and end) meanwhile.
    pub const BEING_WOKEN: u64 = 1 << 63;
}

/// One thread that runs a script, as far as waiting goes.
#[derive(Debug)]
pub struct Waiter {
    kernel_thread: sys::ThreadId,
    thread: Thread,
    place: AtomicU64,
    interrupted: AtomicBool,
    /// Set once and for all: every wait of this thread ends at once.
    stopped: AtomicBool,
    /// The poller this thread waits in, if it does.
    poller: Mutex<Option<Arc<polling::Poller>>>,
}

impl Waiter {
    fn of_this_thread() -> Arc<Self> {
        Arc::new(Self {
            kernel_thread: sys::this_thread(),
            thread: std::thread::current(),
            place: AtomicU64::new(place::NOWHERE),
            interrupted: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            poller: Mutex::default(),
        })
    }

    /// Takes the pending interrupt, if there is one.
    fn take_interrupt(&self) -> bool {
        self.is_stopped() || (self.interrupted.load(SeqCst) && self.interrupted.swap(false, SeqCst))
    }

    /// Breaks the wait this thread is in, and every later one.
    pub fn stop(&self) {
        self.stopped.store(true, SeqCst);
        self.interrupt();
    }

    /// Whether [`Waiter::stop`] was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(SeqCst)
    }

    /// Breaks the wait this thread is in now or enters next: that wait returns [`Error::Interrupted`].
    pub fn interrupt(&self) {
        self.interrupted.store(true, SeqCst);
        self.thread.unpark();
        if let Some(poller) = &*lock(&self.poller) {
            // Fails only where the poller is broken; then its wait fails as well.
            let _ = poller.notify();
        }
        self.rouse(|_| self.interrupted.load(SeqCst));
    }

    /// Forgets an interrupt that nobody waited for.
    pub fn clear_interrupt(&self) {
        self.interrupted.store(false, SeqCst);
    }

    /// Signals the thread until it has left the socket it waits at, or `still_wanted` says stop.
    fn rouse(&self, still_wanted: impl Fn(u64) -> bool) {
        let mut pause = Duration::from_micros(20);
        loop {
            let at = self.place.load(SeqCst) & !place::BEING_WOKEN;
            if at < place::FIRST_SOCKET || !still_wanted(at) {
                return;
            }
            if self.place.compare_exchange(at, at | place::BEING_WOKEN, SeqCst, SeqCst).is_ok() {
                sys::wake(self.kernel_thread);
                self.place.store(at, SeqCst);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(5));
        }
    }

    fn enter(&self, at: u64) {
        self.place.store(at, SeqCst);
    }

    fn leave(&self, at: u64) {
        while self.place.compare_exchange(at, place::NOWHERE, SeqCst, SeqCst).is_err() {
            std::hint::spin_loop();
        }
    }
}

/// The threads of one [`crate::Stack`] that have waited so far.
#[derive(Debug, Default)]
pub struct Waiters {
    /// Tells these waiters from any others; a weak copy keeps the address from being used again.
    identity: Arc<()>,
    threads: Mutex<Vec<Weak<Waiter>>>,
    next_socket: AtomicU64,
}

thread_local! {
    /// This thread's waiters, each with the waiters of the session it is enrolled with: one thread may have several
    /// sessions.
    static MINE: RefCell<Vec<(Weak<()>, Arc<Waiter>)>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Waiters {
    /// The waiter of the calling thread, enrolled on first use.
    pub fn this_thread(&self) -> Arc<Waiter> {
        self.with_mine(Arc::clone)
    }

    fn with_mine<R>(&self, f: impl FnOnce(&Arc<Waiter>) -> R) -> R {
        MINE.with(|mine| {
            let known = mine.borrow();
            if let Some((_, waiter)) = known.iter().find(|(owner, _)| owner.as_ptr() == Arc::as_ptr(&self.identity)) {
                return f(waiter);
            }
            drop(known);
            let mut mine = mine.borrow_mut();
            mine.retain(|(owner, _)| owner.strong_count() > 0);
            let waiter = self.enrol();
            mine.push((Arc::downgrade(&self.identity), waiter.clone()));
            drop(mine);
            f(&waiter)
        })
    }

    fn enrol(&self) -> Arc<Waiter> {
        let waiter = Waiter::of_this_thread();
        let mut threads = lock(&self.threads);
        threads.retain(|w| w.strong_count() > 0);
        threads.push(Arc::downgrade(&waiter));
        waiter
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
        let threads: Vec<_> = lock(&self.threads).iter().filter_map(Weak::upgrade).collect();
        for waiter in threads {
            waiter.rouse(|at| at == socket);
        }
    }

    /// Interrupts every thread of the stack.
    pub fn interrupt_all(&self) {
        let threads: Vec<_> = lock(&self.threads).iter().filter_map(Weak::upgrade).collect();
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
            match deadline.left() {
                None => std::thread::park(),
                Some(Duration::ZERO) => break Err(Error::TIMED_OUT),
                Some(left) => std::thread::park_timeout(left),
            }
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
}

/// A socket as far as waiting goes.
pub(crate) struct Place<'a> {
    pub id: u64,
    /// Set when the socket has let go of this descriptor: closed, or replaced by another.
    pub ended: &'a AtomicBool,
    pub socket: &'a Socket,
    /// `None`: for ever. Zero: do not wait. The kernel's own timeout is set to the same.
    pub timeout: Option<Duration>,
}

/// What a socket is to be ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    Read,
    Write,
}

impl Waiters {
    /// THE function that waits at a socket: runs `call` until it succeeds, fails for good, or the wait ends.
    ///
    /// # Errors
    /// `WOULD_BLOCK` (timeout zero), `TIMED_OUT`, `CLOSED`, `Interrupted`, or the call's own.
    pub(crate) fn io<R>(
        &self,
        place: &Place<'_>,
        interest: Interest,
        mut call: impl FnMut(&Socket) -> io::Result<R>,
    ) -> Result<R> {
        if sys::WAITS_IN_KERNEL {
            return self.io_in_kernel(place, call);
        }
        let deadline = Deadline::after(place.timeout);
        loop {
            match call(place.socket) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.ready(place, interest, deadline)?,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => return result.map_err(Error::from),
            }
        }
    }

    fn io_in_kernel<R>(&self, place: &Place<'_>, mut call: impl FnMut(&Socket) -> io::Result<R>) -> Result<R> {
        let nonblocking = place.timeout == Some(Duration::ZERO);
        // Also what does not wait: another thread may just be making the socket wait again.
        match self.one_call(place, || call(place.socket))? {
            Ok(r) => Ok(r),
            // Somebody's signal: the caller looks at what is pending and calls again.
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(Error::Interrupted),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock && !nonblocking => Err(Error::TIMED_OUT),
            Err(e) => Err(e.into()),
        }
    }

    /// One system call that may block and is no socket's.
    ///
    /// # Errors
    /// `Interrupted`; within, the call's own: EINTR when it was broken.
    #[cfg(not(windows))]
    pub(crate) fn host_call<R>(&self, call: impl FnOnce() -> io::Result<R>) -> Result<io::Result<R>> {
        self.with_mine(|waiter| {
            waiter.enter(place::HOST_CALL);
            let result = if waiter.take_interrupt() { Err(Error::Interrupted) } else { Ok(call()) };
            waiter.leave(place::HOST_CALL);
            result
        })
    }

    /// One system call that may block, between "I am here" and "I have left".
    ///
    /// # Errors
    /// `CLOSED`, `Interrupted`; within, the call's own.
    pub(crate) fn one_call<R>(&self, place: &Place<'_>, call: impl FnOnce() -> io::Result<R>) -> Result<io::Result<R>> {
        self.with_mine(|waiter| {
            waiter.enter(place.id);
            let result = if waiter.take_interrupt() {
                Err(Error::Interrupted)
            } else if place.ended.load(SeqCst) {
                Err(Error::CLOSED)
            } else {
                Ok(call())
            };
            waiter.leave(place.id);
            let failed = matches!(&result, Ok(Err(_)));
            if failed && place.ended.load(SeqCst) {
                return Err(Error::CLOSED);
            }
            result
        })
    }

    /// Waits until the socket is ready for `interest`.
    ///
    /// # Errors
    /// As [`Waiters::io`].
    pub(crate) fn ready(&self, place: &Place<'_>, interest: Interest, deadline: Deadline) -> Result<()> {
        if place.timeout == Some(Duration::ZERO) {
            return Err(Error::WOULD_BLOCK);
        }
        let write = interest == Interest::Write;
        loop {
            let left = deadline.left();
            let slice = if sys::WAITS_IN_KERNEL { left } else { Some(left.map_or(SLICE, |l| l.min(SLICE))) };
            match self.one_call(place, || sys::wait_ready(place.socket, write, slice))? {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => return Err(Error::Interrupted),
                Err(e) => return Err(e.into()),
            }
            if deadline.passed() {
                return Err(Error::TIMED_OUT);
            }
        }
    }

    /// A wait in a poller, ended by events, by its deadline or by an interrupt.
    ///
    /// # Errors
    /// `Interrupted`, or the poller's own.
    pub(crate) fn poll(
        &self,
        poller: &Arc<polling::Poller>,
        events: &mut polling::Events,
        deadline: Deadline,
    ) -> Result<()> {
        let waiter = self.this_thread();
        *lock(&waiter.poller) = Some(poller.clone());
        let result = if waiter.take_interrupt() {
            Err(Error::Interrupted)
        } else {
            poller.wait(events, deadline.left()).map_err(Error::from)
        };
        *lock(&waiter.poller) = None;
        if result.is_ok() && waiter.take_interrupt() {
            return Err(Error::Interrupted);
        }
        result.map(drop)
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
        let result = waiters.sleep_until(Deadline::after(Some(Duration::from_secs(60))));
        assert_eq!(result, Err(Error::Interrupted));
        interrupter.join().expect("the interrupter does not panic");
        assert_eq!(waiters.sleep_until(Deadline::after(Some(Duration::from_millis(1)))), Ok(()));
    }

    #[test]
    fn a_deadline_too_far_away_is_never() {
        assert_eq!(Deadline::after(Some(Duration::MAX)).left(), None);
    }
}
