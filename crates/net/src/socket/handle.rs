//! A socket's descriptor: its timeouts, the calls that use it, and what becomes of them when it is closed or replaced.

use crate::error::Result;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

/// A timeout as one word: nanoseconds, or this for none.
pub(crate) const FOR_EVER: u64 = u64::MAX;

/// One descriptor of a socket. A move off loopback puts another in its place.
#[derive(Debug)]
pub(crate) struct Handle {
    socket: socket2::Socket,
    /// The number of the place where threads wait that use it.
    pub(super) place: u64,
    /// Set before those threads are woken: the socket was closed, or has another descriptor now.
    pub(super) ended: AtomicBool,
    replaced: AtomicBool,
}

impl Handle {
    pub fn new(socket: socket2::Socket, place: u64) -> Arc<Self> {
        Arc::new(Self { socket, place, ended: AtomicBool::new(false), replaced: AtomicBool::new(false) })
    }

    /// Says that the socket has another descriptor now.
    pub fn replace(&self) {
        self.replaced.store(true, SeqCst);
    }

    /// Whether calls that ended here go on with another descriptor of the same socket.
    pub fn is_replaced(&self) -> bool {
        self.replaced.load(SeqCst)
    }
}

impl Deref for Handle {
    type Target = socket2::Socket;
    fn deref(&self) -> &socket2::Socket {
        &self.socket
    }
}

/// Sets the kernel's own timeouts.
pub(crate) fn tell_kernel(socket: &socket2::Socket, timeout: Option<Duration>) -> Result<()> {
    // The kernel reads zero as "none" and counts microseconds.
    let timeout = timeout.map(|t| t.max(Duration::from_micros(1)));
    socket.set_read_timeout(timeout)?;
    socket.set_write_timeout(timeout)?;
    Ok(())
}
