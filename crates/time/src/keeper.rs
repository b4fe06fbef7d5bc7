//! The thread that keeps the schedule: in real time it does what is due; in virtual time it steps in where a thread runs
//! for so long that time goes on by itself. It begins with the first plan and ends a while after the last.

use crate::Shared;
use crate::schedule::Entry;
use crate::state::{GRACE, State};
use std::sync::{Arc, MutexGuard, PoisonError, Weak};
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
        let host = Instant::now();
        let left = self.left(&state, at, host);
        let until = host.checked_add(left.min(LONGEST));
        match state.keeper {
            // Also where the thread cannot be had: the next plan tries again.
            None => state.keeper = self.start_keeper().then_some(host),
            Some(awake) if until.is_some_and(|until| until < awake) => drop(self.changed.notify_one()),
            Some(_) => {}
        }
        self.have_it_driven(state);
    }

    fn start_keeper(self: &Arc<Self>) -> bool {
        let shared = Arc::downgrade(self);
        std::thread::Builder::new().name("schedule".into()).spawn(move || keep(&shared)).is_ok()
    }

    /// How long, in the host's time, until `at` has come without a jump.
    fn left(&self, state: &State, at: Duration, host: Instant) -> Duration {
        if self.is_virtual() { state.comes_by_itself_in(at, host) } else { at.saturating_sub(self.real_now()) }
    }

    /// `stuck`: for a while everybody has waited, and nobody let time jump.
    fn next(&self, state: &mut State, stuck: bool, lingered: bool) -> Next {
        let is_virtual = self.is_virtual();
        let Some(at) = state.schedule.first() else {
            return if lingered && !is_virtual { Next::End } else { Next::Wait(LINGER) };
        };
        let left = match (is_virtual, state.busy) {
            (true, 0) => GRACE,
            (true, _) => self.left(state, at, Instant::now()).min(GRACE),
            (false, _) => self.left(state, at, Instant::now()).min(LONGEST),
        };
        if !stuck && !left.is_zero() {
            return Next::Wait(left);
        }
        state.schedule.pop().map_or(Next::Wait(LINGER), |(at, entry)| Next::Do(at, entry))
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
    // Since when nothing has moved, though everybody waits; whether nothing was planned at the last look.
    let (mut still, mut lingered): (Option<(u64, Instant)>, bool) = (None, false);
    while let Some(shared) = shared.upgrade() {
        let mut state = shared.lock();
        let moves = state.moves;
        let all_wait = shared.is_virtual() && state.busy == 0 && !state.driving;
        still = all_wait.then(|| still.filter(|(then, _)| *then == moves).unwrap_or((moves, Instant::now())));
        let stuck = still.is_some_and(|(_, since)| since.elapsed() >= GRACE);
        match shared.next(&mut state, stuck, lingered) {
            Next::End => {
                state.keeper = None;
                return;
            }
            Next::Do(at, entry) => {
                if shared.is_virtual() {
                    state.jump(at);
                }
                shared.have_it_driven(shared.happen(state, entry));
                (still, lingered) = (None, false);
            }
            Next::Wait(left) => {
                lingered = state.schedule.first().is_none();
                state.keeper = Instant::now().checked_add(left);
                drop(shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner));
            }
        }
    }
}
