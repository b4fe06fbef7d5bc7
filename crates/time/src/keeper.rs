//! The thread that keeps the schedule: in real time it does what is due; in virtual time it steps in where a thread runs
//! for so long that time goes on by itself. It begins with the first plan and ends a while after the last.

use crate::schedule::Entry;
use crate::shared::Shared;
use crate::state::{GRACE, NAP, State};
use parking_lot::MutexGuard;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How long the thread waits for a next plan before it ends.
const LINGER: Duration = Duration::from_secs(1);
/// The longest wait: the host's limits are far beyond.
const LONGEST: Duration = Duration::from_secs(1 << 32);

/// What the thread does next.
enum Next {
    Do(Duration, Entry),
    Wait(Duration),
    End,
}

impl Shared {
    /// Something was planned for `at`.
    pub(crate) fn planned(self: &Arc<Self>, mut state: MutexGuard<'_, State>, at: Duration) {
        if state.keeper.is_none() {
            // Also where the thread cannot be had: the next plan tries again.
            state.keeper = self.start_keeper().then(Instant::now);
        } else if !self.is_virtual() {
            let left = at.saturating_sub(self.real_now()).min(LONGEST);
            let until = Instant::now().checked_add(left);
            if until < state.keeper {
                self.changed.notify_one();
            }
        }
        self.have_it_driven(state);
    }

    fn start_keeper(self: &Arc<Self>) -> bool {
        let shared = Arc::downgrade(self);
        std::thread::Builder::new().name("schedule".into()).spawn(move || keep(&shared)).is_ok()
    }

    /// In virtual time, `stuck`: for a while everybody has waited, and nobody let time jump.
    fn next(&self, state: &mut State, stuck: bool, lingered: bool) -> Next {
        let is_virtual = self.is_virtual();
        let left = match state.schedule.first() {
            Some(at) if !is_virtual => at.saturating_sub(self.real_now()).min(LONGEST),
            Some(at) if stuck || (state.goes_on.is_some() && at <= state.now()) => Duration::ZERO,
            _ if is_virtual => NAP,
            _ if lingered => return Next::End,
            _ => LINGER,
        };
        let due = if left.is_zero() { state.schedule.pop() } else { None };
        due.map_or(Next::Wait(left), |(at, entry)| Next::Do(at, entry))
    }

    /// Looks at the schedule of virtual time also while nothing is planned.
    pub(crate) fn keep_virtual_time(self: &Arc<Self>, state: &mut State) {
        if state.keeper.is_none() {
            state.keeper = self.start_keeper().then(Instant::now);
        }
        self.changed.notify_one();
    }
}

/// The thread.
fn keep(shared: &Weak<Shared>) {
    // For how many naps nothing has moved, though everybody waits.
    let (mut moves, mut still) = (0, 0);
    // Nothing was planned at the last look.
    let mut lingered = false;
    while let Some(shared) = shared.upgrade() {
        let mut state = shared.lock();
        let all_wait = shared.is_virtual() && state.busy == 0 && !state.driving && !state.something_has_come();
        if !all_wait || state.moves != moves {
            (moves, still) = (state.moves, 0);
        }
        match shared.next(&mut state, still > GRACE, lingered) {
            Next::End => {
                state.keeper = None;
                return;
            }
            Next::Do(at, entry) => {
                if shared.is_virtual() {
                    state.jump(at);
                }
                // Time may become virtual meanwhile, and must not jump then.
                state.begin_to_run();
                let state = shared.happen(state, entry);
                shared.rest(state);
                (still, lingered) = (0, false);
            }
            Next::Wait(left) => {
                lingered = state.schedule.first().is_none();
                state.keeper = Instant::now().checked_add(left);
                let waited = shared.changed.wait_for(&mut state, left);
                if waited.timed_out() && shared.is_virtual() {
                    state.nap();
                    still += 1;
                }
            }
        }
    }
}
