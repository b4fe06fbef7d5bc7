//! Waits for the host: for a socket, for a system call.

use super::interest::{Interest, Place};
use super::waiter::place;
use super::waiters::{SLICE, Waiters};
use crate::error::{Error, Result};
use crate::sys;
use polling::Events;
use quecpy_time::Deadline;
use socket2::Socket;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

impl Waiters {
    /// THE function that waits at a socket: runs `call` until it succeeds, fails for good, or the wait ends.
    ///
    /// # Errors
    /// `WOULD_BLOCK` (timeout zero), `TIMED_OUT`, `CLOSED`, `Interrupted`, or the call's own.
    pub(crate) fn io<R>(
        &self,
        place: &Place<'_>,
        interest: Interest,
        mut call: impl FnMut(&Socket) -> io::Result<R>,
    ) -> Result<R> {
        let mut deadline = None;
        if sys::WAITS_IN_KERNEL {
            deadline = self.time.is_steered().then(|| Deadline::after(place.timeout, &self.time));
            if let Some(result) = self.io_in_kernel(place, deadline, &mut call)? {
                return Ok(result);
            }
            place.socket.set_nonblocking(true)?;
        }
        let deadline = deadline.unwrap_or_else(|| Deadline::after(place.timeout, &self.time));
        loop {
            match call(place.socket) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.ready(place, interest, deadline)?,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => {
                    self.time.traffic(place.traffic);
                    return result.map_err(Error::from);
                }
            }
        }
    }

    /// One call, under the kernel's own timeout. `None`: time is virtual, or was while this socket waited before, so
    /// that it does not wait in the kernel any more.
    fn io_in_kernel<R>(
        &self,
        place: &Place<'_>,
        deadline: Option<Deadline>,
        mut call: impl FnMut(&Socket) -> io::Result<R>,
    ) -> Result<Option<R>> {
        let nonblocking = place.timeout == Some(Duration::ZERO);
        // Also what does not wait: another thread may just be making the socket wait again.
        match self.blocking_call(place, || call(place.socket))? {
            None => Ok(None),
            Some(Ok(r)) => Ok(Some(r)),
            Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted && self.time.is_virtual() => Ok(None),
            // Somebody's signal: the caller looks at what is pending and calls again.
            Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted => Err(Error::Interrupted),
            Some(Err(e)) if e.kind() == io::ErrorKind::WouldBlock && !nonblocking => match deadline {
                Some(deadline) if !deadline.passed(&self.time) => Ok(None),
                _ => Err(Error::TIMED_OUT),
            },
            Some(Err(e)) => Err(e.into()),
        }
    }

    /// One system call that may block and is no socket's.
    ///
    /// # Errors
    /// `Interrupted`; within, the call's own: EINTR when it was broken.
    #[cfg(not(windows))]
    pub(crate) fn host_call<R>(&self, call: impl FnOnce() -> io::Result<R>) -> Result<io::Result<R>> {
        self.with_mine(|waiter| {
            waiter.enter(place::HOST_CALL);
            let result = if waiter.take_interrupt() { Err(Error::Interrupted) } else { Ok(call()) };
            waiter.leave(place::HOST_CALL);
            result
        })
    }

    /// One system call, between "I am here" and "I have left".
    ///
    /// # Errors
    /// `CLOSED`, `Interrupted`; within, the call's own.
    pub(crate) fn one_call<R>(&self, place: &Place<'_>, call: impl FnOnce() -> io::Result<R>) -> Result<io::Result<R>> {
        self.with_mine(|waiter| {
            waiter.enter(place.id);
            let result = if waiter.take_interrupt() {
                Err(Error::Interrupted)
            } else if place.ended.load(SeqCst) {
                Err(Error::CLOSED)
            } else {
                Ok(call())
            };
            waiter.leave(place.id);
            let failed = matches!(&result, Ok(Err(_)));
            if failed && place.ended.load(SeqCst) {
                return Err(Error::CLOSED);
            }
            result
        })
    }

    /// [`Waiters::one_call`] that may block; `None` in virtual time, in which no call may.
    fn blocking_call<R>(
        &self,
        place: &Place<'_>,
        call: impl FnOnce() -> io::Result<R>,
    ) -> Result<Option<io::Result<R>>> {
        let mut made = true;
        // Looked at where time that becomes virtual would break the call.
        let result = self.one_call(place, || {
            made = !self.time.is_virtual();
            if made { call() } else { Err(io::ErrorKind::Interrupted.into()) }
        })?;
        Ok(made.then_some(result))
    }

    /// Waits until the socket is ready for `interest`.
    ///
    /// # Errors
    /// As [`Waiters::io`].
    pub(crate) fn ready(&self, place: &Place<'_>, interest: Interest, deadline: Deadline) -> Result<()> {
        if place.timeout == Some(Duration::ZERO) {
            return Err(Error::WOULD_BLOCK);
        }
        let write = interest == Interest::Write;
        loop {
            let left = deadline.left(&self.time);
            let slice = if sys::WAITS_IN_KERNEL { left } else { Some(left.map_or(SLICE, |l| l.min(SLICE))) };
            match self.blocking_call(place, || sys::wait_ready(place.socket, write, slice))? {
                None if self.ready_in_virtual_time(place, write, deadline)? => return Ok(()),
                Some(Ok(true)) => return Ok(()),
                None | Some(Ok(false)) => {}
                Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted && self.time.is_virtual() => {}
                Some(Err(e)) if e.kind() == io::ErrorKind::Interrupted => return Err(Error::Interrupted),
                Some(Err(e)) => return Err(e.into()),
            }
            if deadline.passed(&self.time) {
                return Err(Error::TIMED_OUT);
            }
        }
    }

    /// Waits once, in a poller, so that the thread that lets time jump can see what has come, and end the wait.
    fn ready_in_virtual_time(&self, place: &Place<'_>, write: bool, deadline: Deadline) -> Result<bool> {
        let waiter = self.this_thread();
        let known = waiter.own_poller.lock().clone();
        let poller = match known {
            Some(poller) => poller,
            None => waiter.own_poller.lock().insert(Arc::new(polling::Poller::new()?)).clone(),
        };
        let event = if write { polling::Event::writable(0) } else { polling::Event::readable(0) };
        sys::watch(&poller, place.socket, event, polling::PollMode::Level)?;
        waiter.socket.store(place.id, SeqCst);
        let mut events = Events::new();
        let ended = || place.ended.load(SeqCst);
        let waited = if ended() { Ok(()) } else { self.poll(&poller, &mut events, deadline) };
        waiter.socket.store(place::NOWHERE, SeqCst);
        poller.delete(place.socket)?;
        if ended() {
            return Err(Error::CLOSED);
        }
        waited.map(|()| !events.is_empty())
    }

    /// A wait in a poller, ended by events, by its deadline or by an interrupt.
    ///
    /// # Errors
    /// `Interrupted`, or the poller's own.
    pub(crate) fn poll(&self, poller: &Arc<polling::Poller>, events: &mut Events, deadline: Deadline) -> Result<()> {
        let waiter = self.this_thread();
        *waiter.poller.lock() = Some(poller.clone());
        let mut result = Ok(0);
        if waiter.take_interrupt() {
            result = Err(Error::Interrupted);
        } else {
            self.time.wait(waiter.seat, deadline, &mut |left| {
                result = poller.wait(events, left).map_err(Error::from);
            });
        }
        *waiter.poller.lock() = None;
        if result.is_ok() && waiter.take_interrupt() {
            return Err(Error::Interrupted);
        }
        result.map(drop)
    }
}
