//! What was done with a socket so far.

use std::net::SocketAddr;

/// What a script has done with a socket so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Made, nothing else. Goes to `Bound`, `Listening` (the kernel chooses a port) or `Connecting`.
    #[default]
    Fresh,
    /// Has a local address. Goes to `Listening` or `Connecting`; a datagram socket stays.
    Bound,
    /// Accepts. Stays until closed.
    Listening,
    /// A connect is under way (non-blocking, or it timed out). Goes to `Connected`, or back to `Fresh` on failure.
    Connecting,
    /// Has a peer. Stays until closed.
    Connected,
}

/// What it takes to listen again at the same place.
#[derive(Debug, Clone, Copy)]
pub struct Listening {
    /// The host's address that was listened at.
    pub at: SocketAddr,
    pub backlog: i32,
    /// Whether a connection was ever taken.
    pub accepted: bool,
}
