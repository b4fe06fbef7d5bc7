//! What is to happen later, in the order of its times and, at one time, of its planning.

use std::collections::BTreeMap;
use std::time::Duration;

/// What is done. It must not wait.
pub type Job = Box<dyn FnOnce() + Send>;

/// Where an entry stands. One that is `last` comes behind all others of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub at: Duration,
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
