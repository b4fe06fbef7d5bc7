//! What is to happen on the board at a later time: timers, alarms, the watchdog, registration.
//!
//! One thread keeps it, started with the first entry.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// What is done; on the agenda's thread, so it must not wait.
pub type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    /// By time, then by order of planning.
    entries: BTreeMap<(Instant, u64), Job>,
    last: u64,
    running: bool,
    /// Time that passed without being waited for.
    skipped: Duration,
}

impl State {
    fn now(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.skipped).unwrap_or(now)
    }
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A board's agenda. Entries go with it.
#[derive(Default)]
pub struct Agenda(Arc<Shared>);

impl std::fmt::Debug for Agenda {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agenda").field("entries", &self.0.lock().entries.len()).finish()
    }
}

/// Something planned; dropping it takes it off the agenda.
#[derive(Debug)]
pub struct Plan {
    shared: Weak<Shared>,
    key: (Instant, u64),
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Agenda")
    }
}

impl Drop for Plan {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.lock().entries.remove(&self.key);
        }
    }
}

impl Agenda {
    /// Plans `job` for `delay` from now; a time too far to be represented never comes.
    #[must_use = "a plan that is dropped is taken off the agenda"]
    pub fn after(&self, delay: Duration, job: Job) -> Plan {
        let far = Duration::from_secs(u64::from(u32::MAX));
        let mut state = self.0.lock();
        let at = state.now() + delay.min(far);
        state.last += 1;
        let key = (at, state.last);
        state.entries.insert(key, job);
        if !state.running {
            let shared = Arc::downgrade(&self.0);
            // If no thread can be had, the next plan tries again.
            state.running = std::thread::Builder::new().name("agenda".into()).spawn(move || keep(&shared)).is_ok();
        }
        drop(state);
        self.0.changed.notify_one();
        Plan { shared: Arc::downgrade(&self.0), key }
    }
}

impl Agenda {
    /// How long until the next job.
    #[must_use]
    pub fn next_in(&self) -> Option<Duration> {
        let state = self.0.lock();
        state.entries.first_key_value().map(|((at, _), _)| at.saturating_duration_since(state.now()))
    }

    /// Lets time pass at once; jobs that are due then run.
    pub(crate) fn skip(&self, time: Duration) {
        let mut state = self.0.lock();
        state.skipped = state.skipped.saturating_add(time);
        drop(state);
        self.0.changed.notify_one();
    }
}

impl Drop for Agenda {
    fn drop(&mut self) {
        self.0.lock().entries.clear();
        self.0.changed.notify_one();
    }
}

/// The thread: ends when nothing is planned any more.
fn keep(shared: &Weak<Shared>) {
    while let Some(shared) = shared.upgrade() {
        let mut state = shared.lock();
        let Some((&(at, _), _)) = state.entries.first_key_value() else {
            state.running = false;
            return;
        };
        let left = at.saturating_duration_since(state.now());
        if left.is_zero() {
            let job = state.entries.pop_first();
            drop(state);
            if let Some((_, job)) = job {
                job();
            }
        } else {
            drop(shared.changed.wait_timeout(state, left));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn jobs_run_in_the_order_of_their_times_and_a_dropped_plan_does_not() {
        let (sender, done) = channel();
        let agenda = Agenda::default();
        let plan = |ms: u64, text: &'static str| {
            let sender = sender.clone();
            agenda.after(Duration::from_millis(ms), Box::new(move || sender.send(text).unwrap()))
        };
        let _second = plan(2, "second");
        let _first = plan(1, "first");
        drop(plan(1, "never"));
        assert_eq!(done.recv(), Ok("first"));
        assert_eq!(done.recv(), Ok("second"));
        // Its thread may have ended by now.
        let _third = plan(0, "third");
        assert_eq!(done.recv(), Ok("third"));
    }
}
