//! What a thread waits for at a socket.

use quecpy_time::Traffic;
use socket2::Socket;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// A socket as far as waiting goes.
pub(crate) struct Place<'a> {
    pub id: u64,
    /// Set when the socket has let go of this descriptor: closed, or replaced by another.
    pub ended: &'a AtomicBool,
    pub socket: &'a Socket,
    /// `None`: for ever. Zero: do not wait. The kernel's own timeout is set to the same.
    pub timeout: Option<Duration>,
    /// The peer that it speaks with.
    pub traffic: Traffic,
}

/// What a socket is to be ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// To read.
    Read,
    /// To write.
    Write,
}
