//! The move of a bound socket off loopback.
//!
//! A socket that was bound to a virtual address sits on loopback, from where the world cannot be reached. Before it
//! talks to somebody outside it moves, with its port, to every interface: it gets another descriptor. Nothing else of
//! it changes: its options and timeout are set again, pollers watch the new descriptor, calls of other threads that
//! wait go on with it, and what had come before the move is still read. When the new descriptor cannot be had, the
//! socket stays where it is. A stream then is a client, not a listener; a datagram socket hears only those it has
//! spoken to.

use super::options::Setting;
use parking_lot::Mutex;
use std::collections::{HashSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

/// What a socket needs for its move, and what is kept of it after.
#[derive(Debug, Default)]
pub(crate) struct Relocation {
    /// Of a datagram socket: whether it may still move, and whether it has.
    pub(super) ahead: AtomicBool,
    pub(super) outside: AtomicBool,
    /// Addresses that were sent to from outside.
    spoken_to: Mutex<HashSet<SocketAddr>>,
    /// Datagrams that had come before the move, with their senders, and how many.
    pub(super) early: Mutex<VecDeque<(Vec<u8>, SocketAddr)>>,
    pub(super) early_count: AtomicUsize,
    /// Options that were set so far.
    pub settings: Mutex<Vec<Setting>>,
}

impl Relocation {
    /// Whether the socket may move while a call waits.
    pub fn is_ahead(&self) -> bool {
        self.ahead.load(Relaxed)
    }

    pub fn is_outside(&self) -> bool {
        self.outside.load(Relaxed)
    }

    pub fn has_early(&self) -> bool {
        self.early_count.load(Relaxed) > 0
    }

    pub(super) fn take_early(&self) -> Option<(Vec<u8>, SocketAddr)> {
        if !self.has_early() {
            return None;
        }
        let mut early = self.early.lock();
        let first = early.pop_front();
        self.early_count.store(early.len(), Relaxed);
        first
    }

    /// A datagram goes to `to`, whose answers will be heard.
    pub fn speaks_to(&self, to: SocketAddr) {
        if self.is_outside() {
            self.spoken_to.lock().insert(to);
        }
    }

    /// Nothing listens beyond loopback unasked: a socket outside hears those it has spoken to, as behind a carrier's
    /// address translation. A datagram to a group may be answered by any host.
    pub fn may_hear(&self, from: SocketAddr) -> bool {
        if !self.is_outside() || from.ip().is_loopback() {
            return true;
        }
        let spoken_to = self.spoken_to.lock();
        let group = |ip: IpAddr| ip.is_multicast() || matches!(ip, IpAddr::V4(v4) if v4.is_broadcast());
        spoken_to.contains(&from) || spoken_to.iter().any(|a| group(a.ip()))
    }
}
