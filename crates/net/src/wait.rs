//! The one place where a script waits: for a socket, for time, for another thread.
//!
//! Times are those of [`quecpy_time`]: the host's, or a board's, which may be virtual. A wait ends when what was waited
//! for happens, at its deadline, when the socket is closed by another thread, or when the waiting thread is interrupted
//! (Ctrl-C). The last two must never be missed, also when they come between "look at the flags" and "enter the system
//! call"; hence a waker repeats itself until the waiter has left.

use crate::error::{Error, Result};
use crate::sys;
use polling::Events;
use quecpy_time::{Deadline, FastForward, Participant, Seat, Sleeper, Time, Traffic};
use socket2::Socket;
use std::cell::RefCell;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::Thread;
use std::time::Duration;

/// How long a wait goes on before flags are looked at, on hosts where a wait cannot be broken.
pub const SLICE: Duration = Duration::from_millis(20);

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
    /// In virtual time a wait at a socket is one in this poller, and this says at which socket.
    own_poller: Mutex<Option<Arc<polling::Poller>>>,
    socket: AtomicU64,
    time: Time,
    seat: Seat,
}

impl Waiter {
    /// The calling thread's, which takes part in `time` as long as the second part lives.
    fn of_this_thread(time: &Time) -> (Arc<Self>, Participant) {
        let mut participant = None;
        let waiter = Arc::new_cyclic(|own: &Weak<Self>| Self {
            kernel_thread: sys::this_thread(),
            thread: std::thread::current(),
            place: AtomicU64::new(place::NOWHERE),
            interrupted: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            poller: Mutex::default(),
            own_poller: Mutex::default(),
            socket: AtomicU64::new(place::NOWHERE),
            time: time.clone(),
            seat: participant.insert(time.participant(own.clone())).seat(),
        });
        (waiter, participant.expect("it was made with the waiter"))
    }

    /// Has this thread look again at what it waits for.
    pub fn wake(&self) {
        self.thread.unpark();
        self.time.wake(self.seat);
    }

    fn runs(&self) -> bool {
        self.place.load(SeqCst) == place::NOWHERE && lock(&self.poller).is_none()
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
        self.rouse();
        self.time.wake(self.seat);
        self.break_call(|_| self.interrupted.load(SeqCst));
    }

    /// Forgets an interrupt that nobody waited for.
    pub fn clear_interrupt(&self) {
        self.interrupted.store(false, SeqCst);
    }

    /// Signals the thread until it has left the socket it waits at, or `still_wanted` says stop.
    #[expect(clippy::disallowed_methods, reason = "waits for another thread to leave a call of the host")]
    fn break_call(&self, still_wanted: impl Fn(u64) -> bool) {
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

impl Sleeper for Waiter {
    fn rouse(&self) {
        self.thread.unpark();
        if let Some(poller) = &*lock(&self.poller) {
            // Fails only where the poller is broken; then its wait fails as well.
            let _ = poller.notify();
        }
    }

    fn has_come(&self) -> bool {
        lock(&self.poller).as_ref().is_some_and(|poller| sys::has_events(poller))
    }

    fn look_again(&self) {
        self.rouse();
        self.break_call(|at| at != place::HOST_CALL);
    }
}

/// The threads of one [`crate::Stack`] that have waited so far.
#[derive(Debug, Default)]
pub struct Waiters {
    time: Time,
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

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn with_mine<R>(&self, f: impl FnOnce(&Arc<Waiter>) -> R) -> R {
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
        let mut threads = lock(&self.threads);
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
        let threads: Vec<_> = lock(&self.threads).iter().filter_map(Weak::upgrade).collect();
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
        let threads: Vec<_> = lock(&self.threads).iter().filter_map(Weak::upgrade).collect();
        threads.iter().any(|waiter| !Arc::ptr_eq(waiter, &me) && waiter.runs())
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
        let waiter = self.this_thread();
        let mut left = duration;
        while !left.is_zero() {
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

/// A socket as far as waiting goes.
pub(crate) struct Place<'a> {
    pub id: u64,
    /// Set when the socket has let go of this descriptor: closed, or replaced by another.
    pub ended: &'a AtomicBool,
    pub socket: &'a Socket,
    /// `None`: for ever. Zero: do not wait. The kernel's own timeout is set to the same.
    pub timeout: Option<Duration>,
    /// With whom it speaks.
    pub traffic: Traffic,
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
        let mut deadline = None;
        if sys::WAITS_IN_KERNEL {
            deadline = self.time.is_steered().then(|| Deadline::after(place.timeout, &self.time));
            if let Some(result) = self.io_in_kernel(place, deadline, &mut call)? {
                return Ok(result);
            }
            place.socket.set_nonblocking(true)?;
        }
        let deadline = deadline.unwrap_or_else(|| Deadline::after(place.timeout, &self.time));
        loop {
            match call(place.socket) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.ready(place, interest, deadline)?,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => {
                    self.time.traffic(place.traffic);
                    return result.map_err(Error::from);
                }
            }
        }
    }

    /// One call, under the kernel's own timeout. `None`: time is virtual, or was while this socket waited before, so
    /// that it does not wait in the kernel any more.
    fn io_in_kernel<R>(
        &self,
        place: &Place<'_>,
        deadline: Option<Deadline>,
        mut call: impl FnMut(&Socket) -> io::Result<R>,
    ) -> Result<Option<R>> {
        let nonblocking = place.timeout == Some(Duration::ZERO);
        // Also what does not wait: another thread may just be making the socket wait again.
        match self.blocking_call(place, || call(place.socket))? {
            None => Ok(None),
            Some(Ok(r)) => Ok(Some(r)),
            Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted && self.time.is_virtual() => Ok(None),
            // Somebody's signal: the caller looks at what is pending and calls again.
            Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted => Err(Error::Interrupted),
            Some(Err(e)) if e.kind() == io::ErrorKind::WouldBlock && !nonblocking => match deadline {
                Some(deadline) if !deadline.passed(&self.time) => Ok(None),
                _ => Err(Error::TIMED_OUT),
            },
            Some(Err(e)) => Err(e.into()),
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

    /// One system call, between "I am here" and "I have left".
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

    /// [`Waiters::one_call`] that may block; `None` in virtual time, in which no call may.
    fn blocking_call<R>(
        &self,
        place: &Place<'_>,
        call: impl FnOnce() -> io::Result<R>,
    ) -> Result<Option<io::Result<R>>> {
        let mut made = true;
        // Looked at where time that becomes virtual would break the call.
        let result = self.one_call(place, || {
            made = !self.time.is_virtual();
            if made { call() } else { Err(io::ErrorKind::Interrupted.into()) }
        })?;
        Ok(made.then_some(result))
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
            let left = deadline.left(&self.time);
            let slice = if sys::WAITS_IN_KERNEL { left } else { Some(left.map_or(SLICE, |l| l.min(SLICE))) };
            match self.blocking_call(place, || sys::wait_ready(place.socket, write, slice))? {
                None if self.ready_in_virtual_time(place, write, deadline)? => return Ok(()),
                Some(Ok(true)) => return Ok(()),
                None | Some(Ok(false)) => {}
                Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted && self.time.is_virtual() => {}
                Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted => return Err(Error::Interrupted),
                Some(Err(e)) => return Err(e.into()),
            }
            if deadline.passed(&self.time) {
                return Err(Error::TIMED_OUT);
            }
        }
    }

    /// Waits once, in a poller, so that the thread that lets time jump can see what has come, and end the wait.
    fn ready_in_virtual_time(&self, place: &Place<'_>, write: bool, deadline: Deadline) -> Result<bool> {
        let waiter = self.this_thread();
        let known = lock(&waiter.own_poller).clone();
        let poller = match known {
            Some(poller) => poller,
            None => lock(&waiter.own_poller).insert(Arc::new(polling::Poller::new()?)).clone(),
        };
        let event = if write { polling::Event::writable(0) } else { polling::Event::readable(0) };
        sys::watch(&poller, place.socket, event, polling::PollMode::Level)?;
        waiter.socket.store(place.id, SeqCst);
        let mut events = Events::new();
        let ended = || place.ended.load(SeqCst);
        let waited = if ended() { Ok(()) } else { self.poll(&poller, &mut events, deadline) };
        waiter.socket.store(place::NOWHERE, SeqCst);
        poller.delete(place.socket)?;
        if ended() {
            return Err(Error::CLOSED);
        }
        waited.map(|()| !events.is_empty())
    }

    /// A wait in a poller, ended by events, by its deadline or by an interrupt.
    ///
    /// # Errors
    /// `Interrupted`, or the poller's own.
    pub(crate) fn poll(&self, poller: &Arc<polling::Poller>, events: &mut Events, deadline: Deadline) -> Result<()> {
        let waiter = self.this_thread();
        *lock(&waiter.poller) = Some(poller.clone());
        let mut result = Ok(0);
        if waiter.take_interrupt() {
            result = Err(Error::Interrupted);
        } else {
            self.time.wait(waiter.seat, deadline, &mut |left| {
                result = poller.wait(events, left).map_err(Error::from);
            });
        }
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
        let after = |ms| Deadline::after(Some(Duration::from_millis(ms)), waiters.time());
        assert_eq!(waiters.sleep_until(after(60_000)), Err(Error::Interrupted));
        interrupter.join().expect("the interrupter does not panic");
        assert_eq!(waiters.sleep_until(after(1)), Ok(()));
    }
}
