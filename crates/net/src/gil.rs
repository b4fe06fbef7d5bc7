//! The session's global interpreter lock (GIL).
//!
//! Scripts assume that one thread runs at a time, as under the module's GIL: `list.remove` is one step there. This VM
//! has no such lock, so the threads of a session share this one. It is released around every wait, and when a thread
//! has run for [`INTERVAL`] while another waits for it. Nothing is counted or locked until a script starts its first
//! thread.

use once_cell::sync::OnceCell;
use parking_lot::{Condvar, Mutex};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::ThreadId;
use std::time::Duration;

/// How long a thread waits for the lock before it asks the holder to yield (CPython's switch interval).
pub const INTERVAL: Duration = Duration::from_millis(5);

#[derive(Debug, Default)]
struct State {
    holder: Option<ThreadId>,
    /// Threads that wait for the lock.
    waiting: usize,
    /// Whether one of them counts the time and asks.
    asking: bool,
    /// Threads that have yielded and wait until another has the lock.
    passing: usize,
    /// Number of acquisitions; lets a yielding thread tell that another one ran.
    acquisitions: u64,
}

/// The lock of one session.
#[derive(Default)]
pub struct Gil {
    active: AtomicBool,
    state: Mutex<State>,
    /// Wakes threads that wait for the lock.
    free: Condvar,
    /// Wakes threads that have yielded.
    taken: Condvar,
    ask: OnceCell<fn()>,
}

impl std::fmt::Debug for Gil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gil").field("active", &self.active).field("state", &self.state).finish_non_exhaustive()
    }
}

/// The calling thread.
fn this_thread() -> ThreadId {
    thread_local! {
        static ME: ThreadId = std::thread::current().id();
    }
    ME.with(|me| *me)
}

impl Gil {
    /// Sets how the running thread is asked to yield: it is to call [`Gil::yield_now`] soon.
    pub fn set_ask(&self, ask: fn()) {
        let _ = self.ask.set(ask);
    }

    /// Asks the running thread to yield.
    pub fn ask(&self) {
        if let Some(ask) = self.ask.get() {
            ask();
        }
    }

    /// Whether the calling thread holds the lock.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.active.load(Relaxed) && self.state.lock().holder == Some(this_thread())
    }

    /// From now on the lock is used. Called, detached from the VM, by the thread that is about to start a second one.
    pub fn begin(&self) {
        self.active.store(true, Relaxed);
        self.acquire();
    }

    /// Waits for a gil. The caller is detached from the VM.
    #[expect(clippy::disallowed_methods, reason = "the lock goes by the host's time")]
    pub fn acquire(&self) {
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
            let before = state.acquisitions;
            let waited = self.free.wait_for(&mut state, INTERVAL);
            state.asking = false;
            if waited.timed_out() && state.holder.is_some() && state.acquisitions == before {
                self.ask();
            }
        }
        state.waiting -= 1;
        state.holder = Some(me);
        state.acquisitions += 1;
        if state.waiting > 0 && !state.asking {
            // One of them is to count the time from now on.
            self.free.notify_one();
        }
        if state.passing > 0 {
            self.taken.notify_all();
        }
    }

    /// Releases the lock; false if this thread did not hold it.
    pub fn release(&self) -> bool {
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

    /// Lets another thread run, if one wants to, then waits for the next gil. The caller is detached from the VM.
    #[expect(clippy::disallowed_methods, reason = "the lock goes by the host's time")]
    pub fn yield_now(&self) {
        if !self.release() {
            return;
        }
        let mut state = self.state.lock();
        let before = state.acquisitions;
        state.passing += 1;
        while state.waiting > 0 && state.acquisitions == before {
            let waited = self.taken.wait_for(&mut state, INTERVAL);
            if waited.timed_out() {
                break;
            }
        }
        state.passing -= 1;
        drop(state);
        self.acquire();
    }

    /// Runs `wait` with the lock released. The caller is detached from the VM.
    pub fn released<R>(&self, wait: impl FnOnce() -> R) -> R {
        let had = self.release();
        let result = wait();
        if had {
            self.acquire();
        }
        result
    }
}

/// Waits for `INTERVAL`, outside any script.
#[expect(clippy::disallowed_methods, reason = "the lock goes by the host's time")]
pub fn pause() {
    std::thread::sleep(INTERVAL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// Four threads that share `gil` and count without any other lock, each `rounds` times; the caller takes part.
    fn count(gil: &Arc<Gil>, rounds: u32) {
        gil.begin();
        let count = Arc::new(Mutex::new(0));
        let work = move |gil: &Gil, count: &Mutex<u32>| {
            for _ in 0..rounds {
                let before = *count.lock();
                std::hint::black_box(before);
                *count.lock() = before + 1;
                gil.yield_now();
            }
        };
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (gil, count) = (gil.clone(), count.clone());
                std::thread::spawn(move || {
                    gil.acquire();
                    work(&gil, &count);
                    gil.release();
                })
            })
            .collect();
        work(gil, &count);
        gil.released(|| workers.into_iter().for_each(|w| w.join().expect("no worker panics")));
        assert_eq!(*count.lock(), 5 * rounds);
    }

    #[test]
    fn one_at_a_time() {
        count(&Arc::default(), 1000);
    }

    #[test]
    fn a_thread_holds_the_locks_of_several_sessions_apart() {
        let (outer, inner) = (Arc::<Gil>::default(), Arc::<Gil>::default());
        outer.begin();
        count(&inner, 300);
        assert!(inner.release());
        assert!(!inner.release(), "it had no second one");
        count(&outer, 300);
        assert!(outer.release());
    }

    #[test]
    fn sessions_side_by_side() {
        let sessions: Vec<_> = (0..3).map(|_| std::thread::spawn(|| count(&Arc::default(), 300))).collect();
        sessions.into_iter().for_each(|s| s.join().expect("no session panics"));
    }
}
