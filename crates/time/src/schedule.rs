//! What is to happen later, in the order of its times and, at one time, of its planning.

use crate::Shared;
use std::collections::BTreeMap;
use std::sync::Weak;
use std::time::Duration;

/// What is done. It must not wait.
pub type Job = Box<dyn FnOnce() + Send>;

/// Where an entry stands. One that is `last` comes behind all others of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    at: Duration,
    last: bool,
    number: u64,
}

pub(crate) enum Entry {
    Job(Job),
    /// A thread's wait ends.
    Wake(u64),
}

#[derive(Default)]
pub(crate) struct Schedule {
    entries: BTreeMap<Key, Entry>,
    planned: u64,
}

impl Schedule {
    pub fn insert(&mut self, at: Duration, last: bool, entry: Entry) -> Key {
        self.planned += 1;
        let key = Key { at, last, number: self.planned };
        self.entries.insert(key, entry);
        key
    }

    pub fn remove(&mut self, key: &Key) -> Option<Entry> {
        self.entries.remove(key)
    }

    /// When the next is due.
    pub fn first(&self) -> Option<Duration> {
        self.entries.first_key_value().map(|(key, _)| key.at)
    }

    pub fn pop(&mut self) -> Option<(Duration, Entry)> {
        self.entries.pop_first().map(|(key, entry)| (key.at, entry))
    }
}

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
