//! The calls that use a socket's descriptor, their timeouts, and what becomes of them when it is closed or replaced.

use super::handle::{FOR_EVER, Handle, tell_kernel};
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::sys;
use crate::wait::{Interest, Place};
use quecpy_time::{Deadline, Traffic};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::time::Duration;

/// How often a close looks whether other threads have let go of the descriptor, and the pause between.
const LOOKS: usize = 400;
const PAUSE: Duration = Duration::from_micros(50);

impl Socket {
    /// The descriptor, kept open for as long as the caller holds it.
    pub(crate) fn handle(&self) -> Result<Arc<Handle>> {
        self.handle.lock().clone().ok_or(Error::CLOSED)
    }

    pub(crate) fn place<'a>(&'a self, handle: &'a Handle) -> Place<'a> {
        Place {
            id: handle.place,
            ended: &handle.ended,
            socket: handle,
            timeout: self.timeout(),
            traffic: self.traffic(),
        }
    }

    fn traffic(&self) -> Traffic {
        if sys::SEES_ARRIVALS && !self.foreign.load(Relaxed) { Traffic::Served } else { Traffic::Foreign }
    }

    /// Something was sent, which may be answered.
    pub(crate) fn has_sent(&self) {
        self.stack.time().traffic(self.traffic());
    }

    /// From now on it speaks with `peer`, as the script names it.
    pub(crate) fn speaks_with(&self, peer: SocketAddr) {
        if self.stack.time().is_steered() && !self.stack.is_served(self.transport(), peer) {
            self.foreign.store(true, Relaxed);
        }
        self.has_sent();
    }

    /// The end of a wait that begins now.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline::after(self.timeout(), self.stack.time())
    }

    /// The same, for what a socket that does not wait does nevertheless, without an end.
    pub(crate) fn deadline_of_a_wait(&self) -> Deadline {
        Deadline::after(self.timeout().filter(|t| !t.is_zero()), self.stack.time())
    }

    /// Runs one receiving or sending call under the waiting rules.
    pub(crate) fn io<R>(
        &self,
        interest: Interest,
        mut call: impl FnMut(&socket2::Socket) -> io::Result<R>,
    ) -> Result<R> {
        if self.relocation.is_outside() {
            return self.io_outside(interest, self.deadline(), call);
        }
        let handle = self.handle()?;
        // The kernel counts the timeout, unless the socket may move while it does.
        let deadline = self.relocation.is_ahead().then(|| self.deadline());
        let result = self.stack.waiters.io(&self.place(&handle), interest, &mut call);
        match (result, deadline) {
            (Err(Error::CLOSED | Error::TIMED_OUT), Some(deadline)) if self.relocation.is_outside() => {
                self.io_outside(interest, deadline, call)
            }
            // Another thread has just made the socket non-blocking, perhaps for a moment.
            (Err(Error::TIMED_OUT), _) if self.timeout().is_none_or(|t| t.is_zero()) => Err(Error::WOULD_BLOCK),
            (result, _) => result,
        }
    }

    /// [`Socket::io`] of a datagram socket that has moved: what it may not hear must not begin its timeout anew. `call`
    /// does not wait to receive.
    fn io_outside<R>(
        &self,
        interest: Interest,
        deadline: Deadline,
        mut call: impl FnMut(&socket2::Socket) -> io::Result<R>,
    ) -> Result<R> {
        if interest == Interest::Write {
            let handle = self.handle()?;
            return self.stack.waiters.io(&self.place(&handle), interest, call);
        }
        loop {
            let handle = self.handle()?;
            match call(&handle) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock && self.timeout() != Some(Duration::ZERO) => {
                    self.wait(interest, deadline)?;
                    if deadline.passed(self.stack.time()) {
                        return Err(Error::TIMED_OUT);
                    }
                }
                result => return result.map_err(|e| self.error_unless_closed(e)),
            }
        }
    }

    pub(crate) fn error_unless_closed(&self, e: io::Error) -> Error {
        if self.is_closed() { Error::CLOSED } else { e.into() }
    }

    /// Waits until readable or writable, within the socket's timeout.
    ///
    /// # Errors
    /// As every wait.
    pub fn wait(&self, interest: Interest, deadline: Deadline) -> Result<()> {
        loop {
            let handle = self.handle()?;
            if interest == Interest::Read && self.relocation.has_early() {
                return Ok(());
            }
            match self.stack.waiters.ready(&self.place(&handle), interest, deadline) {
                Err(Error::CLOSED) if handle.is_replaced() => {}
                result => return result,
            }
        }
    }

    /// `None` waits for ever, zero does not wait.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        match self.timeout.load(Relaxed) {
            FOR_EVER => None,
            ns => Some(Duration::from_nanos(ns)),
        }
    }

    /// Sets the timeout of every later call.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn set_timeout(&self, timeout: Option<Duration>) -> Result<()> {
        // Under the lock: one thread at a time, and none on a descriptor that is just being replaced.
        let slot = self.handle.lock();
        let handle = slot.as_ref().ok_or(Error::CLOSED)?;
        let ns = timeout.map_or(FOR_EVER, |t| u64::try_from(t.as_nanos()).unwrap_or(FOR_EVER - 1));
        let before = self.timeout.swap(ns, SeqCst);
        if sys::WAITS_IN_KERNEL && before != ns {
            if (before == 0) != (ns == 0) {
                handle.set_nonblocking(ns == 0)?;
            }
            if ns != 0 {
                tell_kernel(handle, timeout)?;
            }
        }
        Ok(())
    }

    /// Makes `socket` the descriptor in the place of `old`, with the timeout as it is; `None` is that of a closed socket.
    /// False when the socket has another by now.
    pub(crate) fn install(&self, old: Option<&Arc<Handle>>, socket: socket2::Socket) -> Result<Option<Arc<Handle>>> {
        let mut slot = self.handle.lock();
        if slot.as_ref().map(Arc::as_ptr) != old.map(Arc::as_ptr) {
            return Ok(None);
        }
        let timeout = self.timeout();
        let nonblocking = timeout == Some(Duration::ZERO);
        if nonblocking || !sys::WAITS_IN_KERNEL {
            socket.set_nonblocking(true)?;
        } else if timeout.is_some() {
            tell_kernel(&socket, timeout)?;
        }
        let handle = Handle::new(socket, self.stack.waiters.new_socket());
        *slot = Some(handle.clone());
        self.closed.store(false, SeqCst);
        Ok(Some(handle))
    }

    /// Ends the calls that wait at `handle`, which the socket has let go of.
    pub(crate) fn end_calls(&self, handle: &Arc<Handle>) {
        handle.ended.store(true, SeqCst);
        if Arc::strong_count(handle) > 1 {
            self.stack.waiters.wake_all_at(handle.place);
        }
    }

    /// Ends the calls and closes the descriptor: its port is free then.
    #[expect(clippy::disallowed_methods, reason = "waits for another thread to leave a call of the host")]
    pub(crate) fn shut(&self, handle: Arc<Handle>) {
        self.end_calls(&handle);
        // Threads that have left their call let go of it in their next step.
        for _ in 0..LOOKS {
            if Arc::strong_count(&handle) == 1 {
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }
}
