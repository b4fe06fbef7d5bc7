//! The state of virtual time: where it stands, its participants, and what it waits for.

use crate::schedule::{Key, Schedule};
use crate::servers::Servers;
use crate::sleeper::Sleeper;
use std::collections::BTreeMap;
use std::sync::Weak;
use std::time::{Duration, Instant};

/// How long threads may run at a stretch before virtual time goes on as real time does: a script that waits in a loop,
/// without a call that waits, then sees time pass. Shorter stretches take no time, so that runs are alike. It is counted
/// in naps of the thread that keeps the schedule, not read from a clock: on a host that is busy with something else that
/// thread is late as well.
pub(crate) const NAP: Duration = Duration::from_millis(2);
pub(crate) const GRACE: u32 = 250;

/// What was exchanged with the world outside of the scripts since time last jumped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Traffic {
    /// Nothing.
    None,
    /// With servers of this process, which can tell when they have answered ([`Servers::settle`]).
    Served,
    /// With anybody else: answers are given a moment.
    Foreign,
}

/// A thread that takes part.
pub(crate) struct SeatState {
    pub sleeper: Weak<dyn Sleeper>,
    /// It waits; else it counts as busy.
    pub waits: bool,
    /// It was woken, and has not looked yet.
    pub woken: bool,
    /// The end of its wait has come.
    pub due: bool,
    pub key: Option<Key>,
}

pub(crate) struct State {
    pub schedule: Schedule,
    pub seats: BTreeMap<u64, SeatState>,
    pub last_seat: u64,
    /// Threads that run, and whatever else keeps time from jumping.
    pub busy: usize,
    pub fast: bool,
    /// Fast-forwards that go on.
    pub forwards: usize,
    /// Virtual time, but for what has passed by itself.
    pub base: Duration,
    /// Since when virtual time goes on by itself: threads have run for longer than [`GRACE`].
    pub goes_on: Option<Instant>,
    /// Naps since threads began to run.
    pub naps: u32,
    /// What a clock on the wall is ahead of virtual time.
    pub epoch: Duration,
    /// A thread lets time jump.
    pub driving: bool,
    /// Number of waits that began or ended.
    pub moves: u64,
    pub traffic: Traffic,
    pub servers: Vec<Weak<dyn Servers>>,
    /// Until when the thread that keeps the schedule waits, if there is one.
    pub keeper: Option<Instant>,
}

impl State {
    pub fn new() -> Self {
        Self {
            schedule: Schedule::default(),
            seats: BTreeMap::new(),
            last_seat: 0,
            busy: 0,
            fast: false,
            forwards: 0,
            base: Duration::ZERO,
            goes_on: None,
            naps: 0,
            epoch: Duration::ZERO,
            driving: false,
            moves: 0,
            traffic: Traffic::None,
            servers: Vec::new(),
            keeper: None,
        }
    }

    /// Virtual time.
    pub fn now(&self) -> Duration {
        self.base.saturating_add(self.goes_on.map_or(Duration::ZERO, |since| since.elapsed()))
    }

    /// Time is `at` now, if it was not later already.
    pub fn jump(&mut self, at: Duration) {
        self.base = self.now().max(at);
        self.goes_on = self.goes_on.map(|_| Instant::now());
    }

    /// The thread that keeps the schedule has had a nap.
    pub fn nap(&mut self) {
        if self.busy == 0 {
            return;
        }
        self.naps = self.naps.saturating_add(1);
        if self.naps > GRACE && self.goes_on.is_none() {
            self.goes_on = Some(Instant::now());
        }
    }

    pub fn begin_to_run(&mut self) {
        self.busy += 1;
    }

    pub fn end_to_run(&mut self) {
        if self.busy == 1 {
            self.base = self.now();
            (self.goes_on, self.naps) = (None, 0);
        }
        self.busy = self.busy.saturating_sub(1);
    }

    /// A thread is to look again at what it waits for.
    pub fn wake(&mut self, number: u64) {
        let Some(seat) = self.seats.get_mut(&number) else { return };
        seat.woken = true;
        if seat.waits {
            let sleeper = seat.sleeper.upgrade();
            self.stand_up(number);
            if let Some(sleeper) = sleeper {
                sleeper.rouse();
            }
        }
    }

    /// A thread's wait is over.
    pub fn stand_up(&mut self, number: u64) {
        let Some(seat) = self.seats.get_mut(&number).filter(|seat| seat.waits) else { return };
        seat.waits = false;
        if let Some(key) = seat.key.take() {
            self.schedule.remove(&key);
        }
        self.moves += 1;
        self.begin_to_run();
    }

    /// Whether a thread that waits is about to find that what it waits for has come from outside.
    pub fn something_has_come(&self) -> bool {
        let has_come = |seat: &SeatState| seat.waits && seat.sleeper.upgrade().is_some_and(|s| s.has_come());
        self.seats.values().any(has_come)
    }

    /// The first that waits.
    pub fn one_that_waits(&self) -> Option<u64> {
        self.seats.iter().find(|(_, seat)| seat.waits).map(|(number, _)| *number)
    }
}
