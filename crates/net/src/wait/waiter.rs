//! One thread that runs a script, as far as waiting goes, and how others end its waits.

use crate::sys;
use parking_lot::Mutex;
use quecpy_time::{Participant, Seat, Sleeper, Time};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Weak};
use std::thread::Thread;
use std::time::Duration;

/// Where a thread waits, for the threads that wake it.
pub(super) mod place {
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
    pub(super) poller: Mutex<Option<Arc<polling::Poller>>>,
    /// In virtual time a wait at a socket is one in this poller, and this says at which socket.
    pub(super) own_poller: Mutex<Option<Arc<polling::Poller>>>,
    pub(super) socket: AtomicU64,
    time: Time,
    pub(super) seat: Seat,
}

impl Waiter {
    /// The calling thread's, which takes part in `time` as long as the second part lives.
    pub(super) fn of_this_thread(time: &Time) -> (Arc<Self>, Participant) {
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

    pub(super) fn runs(&self) -> bool {
        self.place.load(SeqCst) == place::NOWHERE && self.poller.lock().is_none()
    }

    /// Takes the pending interrupt, if there is one.
    pub(super) fn take_interrupt(&self) -> bool {
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

    /// Breaks the wait this thread is in now or enters next: that wait returns `Error::Interrupted`.
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
    pub(super) fn break_call(&self, still_wanted: impl Fn(u64) -> bool) {
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

    pub(super) fn enter(&self, at: u64) {
        self.place.store(at, SeqCst);
    }

    pub(super) fn leave(&self, at: u64) {
        while self.place.compare_exchange(at, place::NOWHERE, SeqCst, SeqCst).is_err() {
            std::hint::spin_loop();
        }
    }
}

impl Sleeper for Waiter {
    fn rouse(&self) {
        self.thread.unpark();
        if let Some(poller) = &*self.poller.lock() {
            // Fails only where the poller is broken; then its wait fails as well.
            let _ = poller.notify();
        }
    }

    fn has_come(&self) -> bool {
        self.poller.lock().as_ref().is_some_and(|poller| sys::has_events(poller))
    }

    fn look_again(&self) {
        self.rouse();
        self.break_call(|at| at != place::HOST_CALL);
    }
}
