//! Front ends: what talks to a session at its prompt, a terminal or the main serial port.

use crate::interactive::Inbox;
use crate::{Console, Interrupter};
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// What became of an interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupted {
    /// There is no session yet.
    Nobody,
    /// The first session of a front end.
    ForTheFirstTime,
    /// The one before has not been taken notice of.
    Again,
}

#[derive(Default)]
struct State {
    session: Option<Interrupter>,
    /// Set until the last interrupt has been taken notice of.
    pending: Option<Arc<AtomicBool>>,
}

/// The session that Ctrl-C interrupts: the current one.
#[derive(Clone, Default)]
pub struct Current {
    state: Arc<Mutex<State>>,
    /// Counts what is run.
    job: Arc<AtomicU64>,
}

impl Current {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// From now on it is this session.
    pub(crate) fn set(&self, interrupter: Interrupter) {
        *self.state() = State { session: Some(interrupter), pending: None };
    }

    /// Breaks what the session does.
    pub fn interrupt(&self) -> Interrupted {
        let mut state = self.state();
        let again = state.pending.as_ref().is_some_and(|pending| pending.load(SeqCst));
        let Some(session) = &state.session else { return Interrupted::Nobody };
        state.pending = Some(session.interrupt());
        if again { Interrupted::Again } else { Interrupted::ForTheFirstTime }
    }

    /// Number of what is being run: two interrupts of one job are more urgent than those of two.
    #[must_use]
    pub fn job(&self) -> u64 {
        self.job.load(SeqCst)
    }

    /// What was being run is done.
    pub fn next_job(&self) {
        self.job.fetch_add(1, SeqCst);
    }
}

/// A front end. It lasts longer than a session: a soft reset gives it another.
pub trait Front {
    /// Where the session prints.
    fn console(&self) -> Console;

    /// Where the front end posts its jobs.
    fn inbox(&self) -> Inbox;

    /// A session is there; what runs at its start has not run yet.
    ///
    /// # Errors
    /// One line that says why nobody can talk to it.
    fn starting(&mut self, banner: &str) -> Result<(), String>;

    /// The session takes jobs now.
    ///
    /// # Errors
    /// One line that says why there can be no prompt.
    fn ready(&mut self, banner: &str) -> Result<(), String>;

    /// The session ends for another; what is said then.
    fn soft_reset(&self);

    /// The module restarts; another session is to come, and what was entered for the one before is forgotten.
    fn restarting(&mut self);

    /// Whether main.py runs again after a soft reset.
    fn runs_main(&self) -> bool;
}
