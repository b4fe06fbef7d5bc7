//! Threads that take part in a time: virtual time does not jump while one of them runs.

use crate::deadline::Deadline;
use crate::schedule::Entry;
use crate::shared::Shared;
use crate::sleeper::Sleeper;
use crate::state::SeatState;
use crate::time::Time;
use std::sync::{Arc, Weak};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// A thread's place in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat(u64);

/// A thread's part in a time, from its beginning to its end: dropped by itself.
#[derive(Debug)]
pub struct Participant {
    time: Time,
    seat: Seat,
}

impl Participant {
    /// Its place in the count of threads.
    #[must_use]
    pub fn seat(&self) -> Seat {
        self.seat
    }
}

impl Drop for Participant {
    fn drop(&mut self) {
        let mut state = self.time.0.lock();
        state.stand_up(self.seat.0);
        state.seats.remove(&self.seat.0);
        self.time.0.rest(state);
    }
}

/// Keeps virtual time from jumping: a thread that is about to start, a question that the host is to answer.
#[derive(Debug)]
pub struct Busy(Time);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.rest(self.0.0.lock());
    }
}

/// A thread that only sleeps.
struct Parked(Thread);

impl Sleeper for Parked {
    fn rouse(&self) {
        self.0.unpark();
    }
}

/// Blocks the calling thread until it is unparked, or for so long.
pub(crate) fn park(left: Option<Duration>) {
    match left {
        None => std::thread::park(),
        Some(Duration::ZERO) => {}
        Some(left) => std::thread::park_timeout(left),
    }
}

impl Time {
    /// The calling thread takes part from now on.
    #[must_use]
    pub fn participant(&self, sleeper: Weak<dyn Sleeper>) -> Participant {
        let mut state = self.0.lock();
        state.last_seat += 1;
        let number = state.last_seat;
        state.seats.insert(number, SeatState { sleeper, waits: false, woken: false, due: false, key: None });
        state.begin_to_run();
        drop(state);
        Participant { time: self.clone(), seat: Seat(number) }
    }

    /// Keeps virtual time from jumping until it is dropped.
    #[must_use]
    pub fn busy(&self) -> Busy {
        self.0.lock().begin_to_run();
        Busy(self.clone())
    }

    /// A participant that waits is to look again; one that does not, before it waits next. In real time as well: it may
    /// be virtual by then.
    pub fn wake(&self, seat: Seat) {
        if self.is_steered() {
            self.0.lock().wake(seat.0);
        }
    }

    /// Waits once: until `deadline`, or until something ends `block`, which gets what time of the host it may take
    /// (`None`: for ever). The caller looks at what it waits for, and waits again.
    pub fn wait(&self, seat: Seat, deadline: Deadline, block: &mut dyn FnMut(Option<Duration>)) {
        if self.is_virtual() {
            let passed = deadline.passed(self);
            self.0.wait_virtually(seat.0, deadline.0, Wait { passed, last: false, limit: None }, block);
        } else {
            block(deadline.left(self));
        }
    }

    /// [`Time::wait`] for a thread that blocks in [`std::thread::park`] only.
    pub fn park(&self, seat: Seat, deadline: Deadline) {
        self.wait(seat, deadline, &mut park);
    }

    /// As [`Time::park`], for so much of the host's time, whatever becomes of virtual time: for threads that wait for the world
    /// outside. Returns how much of it is left.
    #[must_use]
    pub fn park_really(&self, seat: Seat, limit: Duration) -> Duration {
        let begin = Instant::now();
        if self.is_virtual() {
            let wait = Wait { passed: false, last: false, limit: Some(limit) };
            self.0.wait_virtually(seat.0, None, wait, &mut park);
        } else {
            park(Some(limit));
        }
        limit.saturating_sub(begin.elapsed())
    }

    /// Waits once for the end of a [`FastForward`](crate::FastForward); whether it has come: all that was due has been done.
    pub fn park_last(&self, seat: Seat, end: Deadline) -> bool {
        self.0.wait_virtually(seat.0, end.0, Wait { passed: false, last: true, limit: None }, &mut park)
    }

    /// Lets time pass at once, on a thread that runs no scripts: all that is due meanwhile happens, each at its own
    /// time.
    pub fn pass(&self, by: Duration) {
        let sleeper: Arc<dyn Sleeper> = Arc::new(Parked(std::thread::current()));
        let participant = self.participant(Arc::downgrade(&sleeper));
        let forward = self.forward(by);
        while !self.park_last(participant.seat, forward.end()) {}
    }
}

/// How a thread waits.
struct Wait {
    /// Its time has come already.
    passed: bool,
    /// It comes behind all others of its time.
    last: bool,
    /// It blocks for so much of the host's time at most.
    limit: Option<Duration>,
}

impl Shared {
    /// Whether the wait's time has come.
    fn wait_virtually(
        &self,
        number: u64,
        until: Option<Duration>,
        wait: Wait,
        block: &mut dyn FnMut(Option<Duration>),
    ) -> bool {
        let mut state = self.lock();
        let woken = state.seats.get_mut(&number).is_none_or(|seat| std::mem::take(&mut seat.woken));
        if woken || wait.passed || !self.is_virtual() {
            drop(state);
            block(Some(Duration::ZERO));
            return wait.passed;
        }
        let key = until.map(|at| state.schedule.insert(at, wait.last, Entry::Wake(number)));
        if let Some(seat) = state.seats.get_mut(&number) {
            (seat.waits, seat.key) = (true, key);
        }
        state.moves += 1;
        state.end_to_run();
        let (mut state, goes_on) = self.drive(state, number);
        if state.seats.get(&number).is_some_and(|seat| seat.waits) && !goes_on {
            drop(state);
            block(wait.limit);
            state = self.lock();
        }
        state.stand_up(number);
        let seat = state.seats.get_mut(&number);
        seat.is_some_and(|seat| {
            seat.woken = false;
            std::mem::take(&mut seat.due)
        })
    }
}
