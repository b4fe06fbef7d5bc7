//! The time a test may take, and what happens when it has passed: first its main thread is interrupted; if that does
//! not help, the worker says so and ends.

use crate::events::{Channel, Event};
use parking_lot::{Condvar, Mutex, MutexGuard};
use quecpy_runtime::Interrupter;
use rustpython_vm::{PyResult, VirtualMachine};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a test that is interrupted may take to end.
const GRACE: Duration = Duration::from_secs(3);
/// The status of a worker whose test would not end.
pub const HUNG: i32 = 70;

#[derive(Debug, Default)]
pub(super) struct State {
    id: String,
    ends: Option<Instant>,
    /// Counts tests, so that one that has ended is not mistaken for the next.
    turn: u64,
    pub stacks: Option<String>,
}

/// Watches one worker.
#[derive(Debug, Clone, Default)]
pub struct Watchdog {
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Watchdog {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.0.lock()
    }

    /// Starts the thread that watches. `time_is_up` runs in the main thread of a test that takes too long.
    pub fn start(&self, interrupter: Interrupter, channel: Channel, time_is_up: fn(&VirtualMachine) -> PyResult<()>) {
        let own = self.clone();
        let watch = move || own.watch(&interrupter, &channel, time_is_up);
        // Without a thread there is no timeout; the parent has one of its own.
        let _ = std::thread::Builder::new().name("watchdog".into()).spawn(watch);
    }

    /// A test begins, or ends (`None`).
    #[expect(clippy::disallowed_methods, reason = "a test that hangs may have stopped virtual time")]
    pub fn set(&self, seconds: Option<f64>, id: &str) {
        let mut state = self.state();
        state.turn += 1;
        id.clone_into(&mut state.id);
        let limit = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok());
        state.ends = limit.and_then(|limit| Instant::now().checked_add(limit));
        self.state.1.notify_all();
    }

    pub fn take_stacks(&self) -> Option<String> {
        self.state().stacks.take()
    }

    #[expect(clippy::disallowed_methods, reason = "a test that hangs may have stopped virtual time")]
    fn watch(&self, interrupter: &Interrupter, channel: &Channel, time_is_up: fn(&VirtualMachine) -> PyResult<()>) {
        let mut interrupted = None;
        let mut state = self.state();
        loop {
            let now = Instant::now();
            let wait = match (state.ends, interrupted) {
                (Some(ends), _) if ends > now => Some(ends - now),
                (Some(_), _) => {
                    state.ends = None;
                    interrupted = Some((state.turn, now + GRACE));
                    interrupter.in_main_thread(time_is_up);
                    continue;
                }
                (None, Some((turn, end))) if turn == state.turn => {
                    if now >= end {
                        let text = state.stacks.take().unwrap_or_default();
                        channel.send(&Event::Hung { id: state.id.clone(), text });
                        std::process::exit(HUNG);
                    }
                    Some(end - now)
                }
                _ => None,
            };
            match wait {
                Some(wait) => drop(self.state.1.wait_for(&mut state, wait)),
                None => self.state.1.wait(&mut state),
            }
        }
    }
}
