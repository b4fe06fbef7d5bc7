//! Whose turn it is to run Python.
//!
//! Scripts assume that one thread runs at a time, as under the module's global lock: `list.remove` is one step there.
//! This VM has no such lock, so the threads of a session take turns here. A turn is given up around every wait, and
//! when a thread has run for [`INTERVAL`] while another wants to. Nothing is counted or locked until a script starts
//! its first thread.

use once_cell::sync::OnceCell;
use parking_lot::{Condvar, Mutex};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::ThreadId;
use std::time::Duration;

/// How long a thread that wants a turn waits before it asks for one (CPython's switch interval).
pub const INTERVAL: Duration = Duration::from_millis(5);

#[derive(Debug, Default)]
struct State {
    holder: Option<ThreadId>,
    /// Threads that want a turn.
    waiting: usize,
    /// Whether one of them counts the time and asks.
    asking: bool,
    /// Threads that have passed their turn on and wait to see it taken.
    passing: usize,
    /// Counts turns, so that a thread that passes its turn on sees that another took it.
    turns: u64,
}

/// The turn of one session.
#[derive(Default)]
pub struct Turn {
    active: AtomicBool,
    state: Mutex<State>,
    /// Wakes threads that want a turn.
    free: Condvar,
    /// Wakes threads that have passed theirs on.
    taken: Condvar,
    ask: OnceCell<fn()>,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn").field("active", &self.active).field("state", &self.state).finish_non_exhaustive()
    }
}

/// The calling thread.
fn this_thread() -> ThreadId {
    thread_local! {
        static ME: ThreadId = std::thread::current().id();
    }
    ME.with(|me| *me)
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

    /// Whether the calling thread has the turn.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        self.active.load(Relaxed) && self.state.lock().holder == Some(this_thread())
    }

    /// From now on turns are taken. Called, detached from the VM, by the thread that is about to start a second one.
    pub fn begin(&self) {
        self.active.store(true, Relaxed);
        self.take();
    }

    /// Waits for a turn. The caller is detached from the VM.
    #[expect(clippy::disallowed_methods, reason = "threads take turns in the host's time")]
    pub fn take(&self) {
        if !self.active.load(Relaxed) {
            return;
        }
        let me = this_thread();
        let mut state = self.state.lock();
        if state.holder == Some(me) {
            return;
        }
        state.waiting += 1;
        while state.holder.is_some() {
            if state.asking {
                self.free.wait(&mut state);
                continue;
            }
            state.asking = true;
            let before = state.turns;
            let waited = self.free.wait_for(&mut state, INTERVAL);
            state.asking = false;
            if waited.timed_out() && state.holder.is_some() && state.turns == before {
                self.ask();
            }
        }
        state.waiting -= 1;
        state.holder = Some(me);
        state.turns += 1;
        if state.waiting > 0 && !state.asking {
            // One of them is to count the time from now on.
            self.free.notify_one();
        }
        if state.passing > 0 {
            self.taken.notify_all();
        }
    }

    /// Gives the turn up; false if this thread did not have it.
    pub fn give(&self) -> bool {
        if !self.active.load(Relaxed) {
            return false;
        }
        let mut state = self.state.lock();
        if state.holder != Some(this_thread()) {
            return false;
        }
        state.holder = None;
        if state.waiting > 0 {
            self.free.notify_one();
        }
        true
    }

    /// Lets another thread run, if one wants to, then waits for the next turn. The caller is detached from the VM.
    #[expect(clippy::disallowed_methods, reason = "threads take turns in the host's time")]
    pub fn pass_on(&self) {
        if !self.give() {
            return;
        }
        let mut state = self.state.lock();
        let before = state.turns;
        state.passing += 1;
        while state.waiting > 0 && state.turns == before {
            let waited = self.taken.wait_for(&mut state, INTERVAL);
            if waited.timed_out() {
                break;
            }
        }
        state.passing -= 1;
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
#[expect(clippy::disallowed_methods, reason = "threads take turns in the host's time")]
pub fn pause() {
    std::thread::sleep(INTERVAL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// Four threads of `turn` that count without any other lock, each `rounds` times; the caller takes part.
    fn count(turn: &Arc<Turn>, rounds: u32) {
        turn.begin();
        let count = Arc::new(Mutex::new(0));
        let work = move |turn: &Turn, count: &Mutex<u32>| {
            for _ in 0..rounds {
                let before = *count.lock();
                std::hint::black_box(before);
                *count.lock() = before + 1;
                turn.pass_on();
            }
        };
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (turn, count) = (turn.clone(), count.clone());
                std::thread::spawn(move || {
                    turn.take();
                    work(&turn, &count);
                    turn.give();
                })
            })
            .collect();
        work(turn, &count);
        turn.without(|| workers.into_iter().for_each(|w| w.join().expect("no worker panics")));
        assert_eq!(*count.lock(), 5 * rounds);
    }

    #[test]
    fn one_at_a_time() {
        count(&Arc::default(), 1000);
    }

    #[test]
    fn a_thread_has_the_turns_of_several_sessions_apart() {
        let (outer, inner) = (Arc::<Turn>::default(), Arc::<Turn>::default());
        outer.begin();
        count(&inner, 300);
        assert!(inner.give());
        assert!(!inner.give(), "it had no second one");
        count(&outer, 300);
        assert!(outer.give());
    }

    #[test]
    fn sessions_side_by_side() {
        let sessions: Vec<_> = (0..3).map(|_| std::thread::spawn(|| count(&Arc::default(), 300))).collect();
        sessions.into_iter().for_each(|s| s.join().expect("no session panics"));
    }
}
