//! Something that is to happen later, as its planner holds it.

use crate::schedule::Key;
use crate::shared::Shared;
use std::sync::Weak;
use std::time::Duration;

/// Something planned; dropping it takes it back.
pub struct Plan {
    shared: Weak<Shared>,
    key: Key,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("at", &self.key.at).finish_non_exhaustive()
    }
}

impl Plan {
    pub(crate) fn new(shared: Weak<Shared>, key: Key) -> Self {
        Self { shared, key }
    }

    /// When it is due, on the clock of [`Time::now`](crate::Time::now).
    #[must_use]
    pub fn at(&self) -> Duration {
        self.key.at
    }
}

impl Drop for Plan {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            let mut state = shared.lock();
            let job = state.schedule.remove(&self.key);
            if state.schedule.first().is_none() {
                shared.changed.notify_one();
            }
            drop(state);
            // Here, as it may own what itself plans or wakes.
            drop(job);
        }
    }
}
