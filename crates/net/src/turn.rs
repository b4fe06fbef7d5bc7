//! Whose turn it is to run Python.
//!
//! Scripts assume that one thread runs at a time, as under the module's global lock: `list.remove` is one step there.
//! This VM has no such lock, so the threads of a session take turns here. A turn is given up around every wait, and
//! when a thread has run for [`INTERVAL`] while another wants to. Nothing is counted or locked until a script starts
//! its first thread.

use crate::wait::lock;
use once_cell::sync::OnceCell;
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a thread that wants a turn waits before it asks for one (CPython's switch interval).
pub const INTERVAL: Duration = Duration::from_millis(5);

#[derive(Debug, Default)]
struct State {
    held: bool,
    /// Threads that want a turn.
    waiting: usize,
    /// Counts turns, so that who passes his on sees that another took it.
    turns: u64,
}

/// The turn of one session.
#[derive(Default)]
pub struct Turn {
    active: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
    ask: OnceCell<fn()>,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn").field("active", &self.active).field("state", &self.state).finish_non_exhaustive()
    }
}

thread_local! {
    /// Whether this thread has its session's turn.
    static MINE: Cell<bool> = const { Cell::new(false) };
}

impl Turn {
    /// Says how the running thread is asked to pass its turn on: it is to call [`Turn::pass_on`] soon.
    pub fn set_ask(&self, ask: fn()) {
        let _ = self.ask.set(ask);
    }

    /// Asks the running thread to pass its turn on.
    pub fn ask(&self) {
        if let Some(ask) = self.ask.get() {
            ask();
        }
    }

    /// From now on turns are taken. Called, detached from the VM, by the thread that is about to start a second one.
    pub fn begin(&self) {
        self.active.store(true, Relaxed);
        self.take();
    }

    /// Waits for a turn. The caller is detached from the VM.
    pub fn take(&self) {
        if !self.active.load(Relaxed) || MINE.get() {
            return;
        }
        let mut state = lock(&self.state);
        state.waiting += 1;
        while state.held {
            let before = state.turns;
            let (next, waited) = self.changed.wait_timeout(state, INTERVAL).unwrap_or_else(PoisonError::into_inner);
            state = next;
            if waited.timed_out() && state.held && state.turns == before {
                self.ask();
            }
        }
        state.waiting -= 1;
        state.held = true;
        state.turns += 1;
        MINE.set(true);
        if state.waiting > 0 {
            // For who passed his turn on and waits to see it taken.
            self.changed.notify_all();
        }
    }

    /// Gives the turn up; false if this thread did not have it.
    pub fn give(&self) -> bool {
        if !MINE.replace(false) {
            return false;
        }
        let mut state = lock(&self.state);
        state.held = false;
        if state.waiting > 0 {
            self.changed.notify_all();
        }
        true
    }

    /// Lets another thread run, if one wants to, then waits for the next turn. The caller is detached from the VM.
    pub fn pass_on(&self) {
        if !self.give() {
            return;
        }
        let mut state = lock(&self.state);
        let before = state.turns;
        while state.waiting > 0 && state.turns == before {
            let (next, waited) = self.changed.wait_timeout(state, INTERVAL).unwrap_or_else(PoisonError::into_inner);
            state = next;
            if waited.timed_out() {
                break;
            }
        }
        drop(state);
        self.take();
    }

    /// Runs `wait` without the turn. The caller is detached from the VM.
    pub fn without<R>(&self, wait: impl FnOnce() -> R) -> R {
        let had = self.give();
        let result = wait();
        if had {
            self.take();
        }
        result
    }
}

/// Waits for [`INTERVAL`], outside any script.
pub fn pause() {
    std::thread::sleep(INTERVAL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn one_at_a_time() {
        let turn = Arc::new(Turn::default());
        turn.begin();
        let count = Arc::new(Mutex::new(0));
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (turn, count) = (turn.clone(), count.clone());
                std::thread::spawn(move || {
                    turn.take();
                    for _ in 0..1000 {
                        let before = *lock(&count);
                        std::hint::black_box(before);
                        *lock(&count) = before + 1;
                        turn.pass_on();
                    }
                    turn.give();
                })
            })
            .collect();
        turn.without(|| workers.into_iter().for_each(|w| w.join().expect("no worker panics")));
        assert_eq!(*lock(&count), 4000);
    }
}
