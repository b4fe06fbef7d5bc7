//! How virtual time passes: the thread that is the last to wait lets it jump from one thing that is due to the next,
//! until another thread runs again.

use crate::schedule::Entry;
use crate::shared::Shared;
use crate::state::{State, Traffic};
use crate::time::Time;
use parking_lot::MutexGuard;
use std::time::Duration;

/// How long answers may take, in [`SLICE`]s: what keeps this process from running keeps the count as well. Servers of
/// this process have answered by then, but the host may take a moment to pass on what they said.
const SERVED_SLICES: u32 = 2;
/// The same for anybody outside of this process.
const FOREIGN_SLICES: u32 = 20;
const SLICE: Duration = Duration::from_millis(1);
/// How many things that wake nobody may happen before the thread that lets time jump looks at its own affairs.
const AT_ONCE: usize = 10_000;

impl Shared {
    /// Lets time jump while all wait. Also returns whether there may be more to do, without anybody to do it but the
    /// caller.
    pub(crate) fn drive<'a>(&'a self, mut state: MutexGuard<'a, State>, me: u64) -> (MutexGuard<'a, State>, bool) {
        if state.driving || !self.may_jump(&state) {
            return (state, false);
        }
        state.driving = true;
        let mut left = AT_ONCE;
        while left > 0 && self.may_jump(&state) && !state.seats.get(&me).is_some_and(|seat| seat.woken) {
            if state.something_has_come() {
                break;
            }
            if state.traffic != Traffic::None {
                state = self.let_answers_come(state);
                continue;
            }
            let Some((at, entry)) = state.schedule.pop() else { break };
            state.jump(at);
            state = self.happen(state, entry);
            left -= 1;
        }
        state.driving = false;
        (state, left == 0)
    }

    fn may_jump(&self, state: &State) -> bool {
        state.busy == 0 && self.is_virtual()
    }

    /// Does what has become due.
    pub(crate) fn happen<'a>(&'a self, mut state: MutexGuard<'a, State>, entry: Entry) -> MutexGuard<'a, State> {
        match entry {
            Entry::Job(job) => {
                drop(state);
                job();
                self.lock()
            }
            Entry::Wake(number) => {
                if let Some(seat) = state.seats.get_mut(&number) {
                    (seat.due, seat.key) = (true, None);
                }
                state.wake(number);
                state
            }
        }
    }

    /// Waits until what is on its way from outside has come, as far as that can be known.
    fn let_answers_come<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let (moves, traffic) = (state.moves, std::mem::replace(&mut state.traffic, Traffic::None));
        let servers: Vec<_> = state.servers.iter().filter_map(std::sync::Weak::upgrade).collect();
        drop(state);
        let settle = || servers.iter().filter(|servers| !servers.settle()).count() == 0;
        let is_served = settle() && traffic == Traffic::Served;
        state = self.lock();
        for _ in 0..if is_served { SERVED_SLICES } else { FOREIGN_SLICES } {
            if state.moves != moves || state.something_has_come() {
                // Others may still be on their way.
                state.traffic = state.traffic.max(traffic);
                return state;
            }
            drop(state);
            std::thread::sleep(SLICE);
            state = self.lock();
        }
        drop(state);
        settle();
        self.lock()
    }

    /// Somebody runs no more, and waits for nothing: another lets time jump.
    pub(crate) fn rest(&self, mut state: MutexGuard<'_, State>) {
        state.end_to_run();
        self.have_it_driven(state);
    }

    /// Has a thread that waits let time jump, if all do and none does it.
    pub(crate) fn have_it_driven(&self, mut state: MutexGuard<'_, State>) {
        if self.may_jump(&state)
            && !state.driving
            && let Some(number) = state.one_that_waits()
        {
            state.wake(number);
        }
    }
}

impl Time {
    /// Whether all participants wait, so that virtual time would jump.
    #[must_use]
    pub fn all_wait(&self) -> bool {
        self.0.lock().busy == 0
    }
}
