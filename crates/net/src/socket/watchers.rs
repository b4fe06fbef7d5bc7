//! The pollers that a socket is registered with.

use super::handle::Handle;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};

/// A poller, as a socket knows it. `key` is that of the socket's registration.
pub(crate) trait Watch: Send + Sync {
    /// Bytes were left in the look-ahead.
    fn bytes_ahead(&self, key: usize);
    /// The socket is being closed: its descriptor leaves the poller at once, and its waits end.
    fn socket_closed(&self, key: usize);
    /// The socket has another descriptor, which is watched from now on.
    fn socket_moved(&self, key: usize, fresh: &Arc<Handle>);
}

/// The pollers that a socket is registered with.
#[derive(Default)]
pub(crate) struct Watchers(Mutex<Vec<(Weak<dyn Watch>, usize)>>);

impl std::fmt::Debug for Watchers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Watchers").field(&self.0.lock().len()).finish()
    }
}

impl Watchers {
    /// Registers the socket with one more.
    pub fn add(&self, poller: Weak<dyn Watch>, key: usize) {
        self.0.lock().push((poller, key));
    }

    /// Takes back what [`Watchers::add`] did.
    pub fn remove(&self, poller: &Weak<dyn Watch>, key: usize) {
        self.0.lock().retain(|(known, k)| !known.ptr_eq(poller) || *k != key);
    }

    fn each(&self, tell: impl Fn(&dyn Watch, usize)) {
        self.0.lock().retain(|(poller, key)| match poller.upgrade() {
            Some(poller) => {
                tell(&*poller, *key);
                true
            }
            None => false,
        });
    }

    /// Bytes were left in the look-ahead.
    pub fn bytes_ahead(&self) {
        self.each(|poller, key| poller.bytes_ahead(key));
    }

    /// The socket is being closed: its descriptor leaves every poller at once, and their waits end.
    pub fn socket_closed(&self) {
        self.each(|poller, key| poller.socket_closed(key));
        self.0.lock().clear();
    }

    /// The socket has another descriptor, which pollers watch from now on. `ahead`: bytes are left of the old one.
    pub fn socket_moved(&self, fresh: &Arc<Handle>, ahead: bool) {
        self.each(|poller, key| poller.socket_moved(key, fresh));
        if ahead {
            self.bytes_ahead();
        }
    }
}
