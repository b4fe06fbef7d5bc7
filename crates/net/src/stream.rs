//! Bytes of a stream: recv, read, readline, readinto, send, write.

use crate::error::{Error, Result};
use crate::lookahead::CHUNK;
use crate::socket::Socket;
use crate::sys::{self, append_received, as_uninit};
use crate::wait::{Deadline, Interest};
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Up to here received bytes go over the stack into a vector of their exact size.
const SMALL: usize = 4096;
/// The most that one receive asks for: a larger request gives what has come, as recv may.
const LARGEST: usize = 1 << 20;

/// How far a send came that could not wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    All,
    /// This many bytes; the kernel takes no more at once.
    Part(usize),
}

impl Socket {
    /// Up to `max` bytes; empty at the end of the stream, or when `max` is 0.
    ///
    /// # Errors
    /// ENOTCONN, ECONNRESET; as every wait.
    pub fn recv(&self, max: usize) -> Result<Vec<u8>> {
        if let Some(bytes) = self.ahead.take(max) {
            return Ok(bytes);
        }
        if max == 0 {
            self.handle()?;
            return Ok(Vec::new());
        }
        if max <= SMALL {
            let mut room = [MaybeUninit::<u8>::uninit(); SMALL];
            let n = self.io(Interest::Read, |s| self.receive(s, &mut room[..max], 0))?;
            let mut bytes = Vec::new();
            let exact = |to: &mut [MaybeUninit<u8>]| {
                to.copy_from_slice(&room[..n]);
                Ok(n)
            };
            append_received(&mut bytes, n, exact)?;
            return Ok(bytes);
        }
        let max = max.min(LARGEST);
        let mut bytes = Vec::with_capacity(max);
        let n = self.io(Interest::Read, |s| append_received(&mut bytes, max, |room| self.receive(s, room, 0)))?;
        // A message that fills little of its room is copied, lest it hold the rest for as long as it lives.
        Ok(if n < max / 2 { bytes[..n].to_vec() } else { bytes })
    }

    /// Exactly `wanted` bytes, fewer only at the end of the stream; `None` when non-blocking and nothing has come.
    /// What was read before a timeout stays readable.
    ///
    /// # Errors
    /// As [`Socket::recv`].
    pub fn read(&self, wanted: usize) -> Result<Option<Vec<u8>>> {
        let mut bytes = self.ahead.take(wanted).unwrap_or_default();
        let deadline = Deadline::after(self.timeout().filter(|t| !t.is_zero()));
        while bytes.len() < wanted {
            match self.receive_more(&mut bytes, wanted) {
                Ok(0) => break,
                Ok(_) if deadline.passed() && bytes.len() < wanted => {
                    self.unread(&bytes);
                    return Err(Error::TIMED_OUT);
                }
                Ok(_) => {}
                Err(Error::WOULD_BLOCK) if self.timeout() == Some(Duration::ZERO) => {
                    return Ok((!bytes.is_empty()).then_some(bytes));
                }
                Err(e) => {
                    self.unread(&bytes);
                    return Err(e);
                }
            }
        }
        self.handle()?;
        Ok(Some(bytes))
    }

    /// One receive behind what there is, of all that is missing if it fits.
    fn receive_more(&self, bytes: &mut Vec<u8>, wanted: usize) -> Result<usize> {
        // Room grows with what has come, so that read() of a short stream does not reserve a megabyte.
        let room = (wanted - bytes.len()).min(LARGEST);
        let room = if wanted == usize::MAX { room.min(bytes.len().max(CHUNK)) } else { room };
        let flags = if wanted == usize::MAX { 0 } else { sys::WAIT_ALL };
        self.io(Interest::Read, |s| append_received(bytes, room, |to| self.receive(s, to, flags)))
    }

    /// Puts bytes back in front of what will be read next.
    pub fn unread(&self, bytes: &[u8]) {
        self.ahead.put_back(bytes);
        self.watchers.bytes_ahead();
    }

    /// One line with its `\n`, or what there is at the end of the stream or after `max` bytes; `None` when
    /// non-blocking and nothing has come.
    ///
    /// # Errors
    /// As [`Socket::recv`]. A part that came before a timeout stays readable.
    pub fn readline(&self, max: usize) -> Result<Option<Vec<u8>>> {
        let line = self.next_line(max);
        if self.ahead.len() > 0 {
            self.watchers.bytes_ahead();
        }
        line
    }

    fn next_line(&self, max: usize) -> Result<Option<Vec<u8>>> {
        let mut handle = self.handle()?;
        let timeout = self.timeout();
        let mut deadline = None;
        loop {
            let mut ahead = self.ahead.access();
            if let Some(length) = ahead.line().or_else(|| (ahead.waiting().len() >= max).then_some(max)) {
                return Ok(Some(ahead.take(length.min(max))));
            }
            // Under the lock, but never waiting: bytes must enter the buffer in the order they came.
            match append_received(ahead.more(), CHUNK, |to| self.receive(&handle, to, sys::DONT_WAIT)) {
                Ok(0) => {
                    let rest = ahead.waiting().len();
                    return Ok(Some(ahead.take(rest)));
                }
                Ok(_) => continue,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                Err(e) => return Err(self.error_unless_closed(e)),
            }
            if timeout == Some(Duration::ZERO) {
                let rest = ahead.waiting().len();
                return Ok((rest > 0).then(|| ahead.take(rest)));
            }
            drop(ahead);
            let deadline = *deadline.get_or_insert_with(|| Deadline::after(timeout));
            self.wait(Interest::Read, deadline)?;
            handle = self.handle()?;
        }
    }

    /// Receives into `room` what is there now, without waiting: 0 at the end of the stream.
    ///
    /// # Errors
    /// `WOULD_BLOCK` when nothing is there: then [`Socket::wait`] and try again.
    pub fn recv_now(&self, room: &mut [u8]) -> Result<usize> {
        if self.ahead.len() > 0 {
            return Ok(self.ahead.access().take_into(room));
        }
        let handle = self.handle()?;
        loop {
            match self.receive(&handle, as_uninit(room), sys::DONT_WAIT) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => return result.map_err(|e| self.error_unless_closed(e)),
            }
        }
    }

    /// Sends what the kernel takes at once, without waiting.
    ///
    /// # Errors
    /// EPIPE, ENOTCONN, ECONNRESET, `CLOSED`.
    pub fn send_now(&self, bytes: &[u8]) -> Result<Sent> {
        let handle = self.handle()?;
        let mut n = 0;
        while n < bytes.len() {
            match handle.send_with_flags(&bytes[n..], sys::SEND_FLAGS | sys::DONT_WAIT) {
                Ok(more) => n += more,
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(self.error_unless_closed(e)),
            }
        }
        self.sent.fetch_add(n as u64, Relaxed);
        Ok(if n == bytes.len() { Sent::All } else { Sent::Part(n) })
    }

    /// Sends once and returns the count, waiting until the kernel takes something.
    ///
    /// # Errors
    /// As [`Socket::send_now`] and every wait.
    pub fn send_once(&self, bytes: &[u8]) -> Result<usize> {
        let n = self.io(Interest::Write, |s| s.send_with_flags(bytes, sys::SEND_FLAGS))?;
        self.sent.fetch_add(n as u64, Relaxed);
        Ok(n)
    }

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// As [`Socket::send_once`], with how many bytes went out before: at a timeout, or non-blocking.
    pub fn send_all(&self, bytes: &[u8]) -> std::result::Result<(), (usize, Error)> {
        let deadline = Deadline::after(self.timeout().filter(|t| !t.is_zero()));
        let mut n = 0;
        loop {
            match self.send_once(&bytes[n..]) {
                Ok(more) => n += more,
                Err(e) => return Err((n, e)),
            }
            if n >= bytes.len() {
                return Ok(());
            }
            if deadline.passed() {
                return Err((n, Error::TIMED_OUT));
            }
        }
    }
}

impl From<(usize, Error)> for Error {
    fn from((_, e): (usize, Error)) -> Self {
        e
    }
}
