//! Bytes of a stream: recv, read, readline, readinto, send, write.

use super::lookahead::{Buffer, CHUNK};
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::sys::{self, append_received, as_uninit};
use crate::wait::Interest;
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Up to here received bytes go over the stack into a vector of their exact size.
const SMALL: usize = 4096;
/// The most that one receive asks for, and that a call takes which does not wait: a larger request gives what has come.
const LARGEST: usize = 1 << 20;

/// How far a send came that could not wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// All of it.
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
        let waits = self.timeout() != Some(Duration::ZERO);
        let deadline = self.deadline_of_a_wait();
        // A peer that sends faster than this reads must not keep a call that does not wait.
        let enough = if waits { wanted } else { wanted.min(bytes.len().saturating_add(LARGEST)) };
        while bytes.len() < enough {
            match self.receive_more(&mut bytes, wanted) {
                Ok(0) => break,
                Ok(_) if deadline.passed(self.stack.time()) && bytes.len() < wanted => {
                    self.unread(bytes);
                    return Err(Error::TIMED_OUT);
                }
                Ok(_) => {}
                Err(Error::WOULD_BLOCK) if self.timeout() == Some(Duration::ZERO) => {
                    return Ok((!bytes.is_empty()).then_some(bytes));
                }
                Err(e) => {
                    self.unread(bytes);
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
    pub fn unread(&self, bytes: Vec<u8>) {
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
        self.handle()?;
        let timeout = self.timeout();
        let waits = timeout != Some(Duration::ZERO);
        let mut deadline = None;
        let mut taken = 0;
        loop {
            let mut ahead = self.ahead.access();
            if let Some(length) = ahead.line().or_else(|| (ahead.waiting().len() >= max).then_some(max)) {
                return Ok(Some(ahead.take(length.min(max))));
            }
            let rest = ahead.waiting().len();
            // From a peer that sends without end and without a line the time is up all the same.
            if taken >= LARGEST {
                if !waits {
                    return Ok(Some(ahead.take(rest)));
                }
                if deadline.get_or_insert_with(|| self.deadline()).passed(self.stack.time()) {
                    return Err(Error::TIMED_OUT);
                }
            }
            // Under the lock, but never waiting: bytes must enter the buffer in the order they came.
            match self.receive_ahead(&mut ahead)? {
                Some(0) => return Ok(Some(ahead.take(rest))),
                Some(n) => {
                    taken += n;
                    continue;
                }
                None if !waits => return Ok((rest > 0).then(|| ahead.take(rest))),
                None => {}
            }
            drop(ahead);
            self.wait(Interest::Read, *deadline.get_or_insert_with(|| self.deadline()))?;
        }
    }

    /// Receives what is there behind `ahead`, without waiting: 0 at the end of the stream, `None` when nothing is there.
    pub(crate) fn receive_ahead(&self, ahead: &mut Buffer) -> Result<Option<usize>> {
        loop {
            let handle = self.handle()?;
            let receive = || append_received(ahead.more(), CHUNK, |to| self.receive(&handle, to, sys::DONT_WAIT));
            match self.stack.waiters.one_call(&self.place(&handle), receive) {
                Ok(Ok(n)) => return Ok(Some(n)),
                Ok(Err(e)) if e.kind() == io::ErrorKind::Interrupted => {}
                Ok(Err(e)) if e.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Ok(Err(e)) => return Err(e.into()),
                Err(Error::CLOSED) if handle.is_replaced() => {}
                Err(e) => return Err(e),
            }
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
        self.has_sent();
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
        let deadline = self.deadline_of_a_wait();
        let mut n = 0;
        loop {
            match self.send_once(&bytes[n..]) {
                Ok(more) => n += more,
                Err(e) => return Err((n, e)),
            }
            if n >= bytes.len() {
                return Ok(());
            }
            if deadline.passed(self.stack.time()) {
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]
mod tests {
    use super::*;
    use crate::poller::{Poller, READ};
    use crate::socket::kind::{Family, Kind};
    use crate::stack::{Stack, StackOptions};
    use quecpy_time::Deadline;
    use std::io::Write;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::atomic::Ordering::SeqCst;

    /// A socket, and its peer as the host has it.
    fn pair(stack: &Arc<Stack>) -> (Arc<Socket>, std::net::TcpStream) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
        let socket = Socket::new(stack, Family::V4, Kind::Stream, 0).expect("a socket");
        socket.connect(listener.local_addr().expect("bound")).expect("connected");
        (Arc::new(socket), listener.accept().expect("a connection").0)
    }

    /// Runs `act` at a socket whose peer sends without end, and without a line.
    fn flooded<R>(act: impl FnOnce(&Arc<Stack>, &Arc<Socket>) -> R) -> R {
        let stack = Stack::new(StackOptions::default());
        let (socket, mut peer) = pair(&stack);
        std::thread::spawn(move || while peer.write_all(&[b'x'; 1 << 16]).is_ok() {});
        let result = act(&stack, &socket);
        socket.close();
        result
    }

    #[test]
    fn a_peer_that_sends_without_end_keeps_no_call_beyond_its_time() {
        for call in [|s: &Socket| s.readline(usize::MAX), |s: &Socket| s.read(usize::MAX)] {
            flooded(|_, socket| {
                socket.set_timeout(Some(Duration::from_millis(50))).expect("open");
                assert_eq!(call(socket), Err(Error::TIMED_OUT));
                socket.set_timeout(Some(Duration::ZERO)).expect("open");
                let now = call(socket).expect("open").map_or(0, |bytes| bytes.len());
                let later = call(socket).expect("open").map_or(0, |bytes| bytes.len());
                assert!(now > 0 && later <= 2 * LARGEST, "{now} {later}");
            });
        }
    }

    #[test]
    fn a_line_without_end_is_ended_by_close_and_by_an_interrupt() {
        flooded(|stack, socket| {
            std::thread::scope(|scope| {
                let reader = scope.spawn(|| socket.readline(usize::MAX));
                std::thread::sleep(Duration::from_millis(30));
                stack.waiters.interrupt_all();
                assert_eq!(reader.join().expect("it does not panic"), Err(Error::Interrupted));
                let reader = scope.spawn(|| socket.readline(usize::MAX));
                std::thread::sleep(Duration::from_millis(30));
                socket.close();
                assert_eq!(reader.join().expect("it does not panic"), Err(Error::CLOSED));
            });
        });
    }

    #[test]
    fn bytes_that_a_thread_puts_back_wake_a_poller() {
        let stack = Stack::new(StackOptions::default());
        let (socket, mut peer) = pair(&stack);
        socket.set_timeout(Some(Duration::from_millis(100))).expect("open");
        peer.write_all(b"part").expect("sent");
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| socket.read(10));
            std::thread::sleep(Duration::from_millis(40));
            let poller = Poller::new(&stack).expect("a poller");
            poller.register(1, &socket, READ).expect("open");
            assert_eq!(poller.wait(Deadline::after(Some(Duration::from_secs(20)), stack.time())), Ok(vec![(1, READ)]));
            assert_eq!(reader.join().expect("it does not panic"), Err(Error::TIMED_OUT));
        });
        assert_eq!(socket.recv(10), Ok(b"part".to_vec()));
    }

    #[test]
    fn threads_that_wait_at_one_poller_wait_side_by_side() {
        let stack = Stack::new(StackOptions::default());
        let (socket, mut peer) = pair(&stack);
        let poller = Poller::new(&stack).expect("a poller");
        poller.register(1, &socket, READ).expect("open");
        std::thread::scope(|scope| {
            let endless = [0; 2].map(|_| scope.spawn(|| poller.wait(Deadline::NEVER)));
            std::thread::sleep(Duration::from_millis(20));
            assert_eq!(poller.wait(Deadline::after(Some(Duration::from_millis(20)), stack.time())), Ok(Vec::new()));
            peer.write_all(b"x").expect("sent");
            for waiting in endless {
                assert_eq!(waiting.join().expect("it does not panic"), Ok(vec![(1, READ)]));
            }
        });
    }

    #[test]
    fn close_ends_a_call_whatever_another_thread_does_to_the_timeout() {
        for _ in 0..30 {
            let stack = Stack::new(StackOptions::default());
            let (socket, _peer) = pair(&stack);
            let over = AtomicBool::new(false);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    while !over.load(SeqCst) {
                        let _ = socket.set_timeout(Some(Duration::ZERO));
                        let _ = socket.set_timeout(None);
                    }
                });
                let reader = scope.spawn(|| {
                    loop {
                        match socket.recv(1) {
                            Err(Error::WOULD_BLOCK) => {}
                            other => return other,
                        }
                    }
                });
                std::thread::sleep(Duration::from_millis(5));
                socket.close();
                let ended = reader.join().expect("it does not panic");
                over.store(true, SeqCst);
                assert_eq!(ended, Err(Error::CLOSED));
            });
        }
    }
}
