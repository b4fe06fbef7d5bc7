//! Who talks to a session at its prompt: a person in a terminal, or whoever is at the main serial port.

use crate::interactive::Inbox;
use crate::{Console, Interrupter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whom Ctrl-C breaks: the current session.
#[derive(Clone, Default)]
pub struct Current(Arc<Mutex<Option<Interrupter>>>);

impl Current {
    fn session(&self) -> MutexGuard<'_, Option<Interrupter>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on it is this session.
    pub(crate) fn set(&self, interrupter: Interrupter) {
        *self.session() = Some(interrupter);
    }

    /// Breaks what the session does; returns whether there is one.
    pub fn interrupt(&self) -> bool {
        let session = self.session();
        if let Some(interrupter) = &*session {
            interrupter.interrupt();
        }
        session.is_some()
    }
}

/// A front end. It lasts longer than a session: a soft reset gives it another.
pub trait Front {
    fn console(&self) -> Console;

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

    /// Whether main.py runs again after a soft reset.
    fn runs_main(&self) -> bool;
}
