//! TLS 1.2 and 1.3 over a socket: the engine of `ussl`, on `rustls`.
//!
//! The socket keeps its timeout and its waiting rules, and closing it wakes the threads that wait here. Under the lock nothing ever
//! waits: bytes are taken from and given to the kernel as far as that goes at once, then the lock is let go and the
//! socket waited for. Keys and certificates are in `identity`, error numbers in `number`.

mod identity;
mod number;

pub use identity::{Options, Refused};
pub use number::name as error_name;

use crate::error::{Error, Result};
use crate::socket::{Buffer, Sent, Socket};
use crate::wait::{Interest, Place};
use parking_lot::Mutex;
use quecpy_time::Deadline;
use rustls::Connection;
use rustls::pki_types::CertificateDer;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

/// Received at once: the largest record (RFC 8446 5.2) and then some.
const CHUNK: usize = 32 * 1024;
/// How much a call takes that does not wait.
const ENOUGH: usize = 1 << 20;
/// How much of what the peer still sends is taken away before closing.
const LEFTOVERS: usize = 64;

/// A TLS connection. All methods may be called from several threads at once.
#[derive(Debug)]
pub struct Tls {
    socket: Arc<Socket>,
    session: Mutex<Session>,
}

#[derive(Debug)]
struct Session {
    connection: Connection,
    /// Deciphered and not yet read.
    plain: Buffer,
    /// Whether the peer said goodbye, or its stream just ended.
    ended: bool,
}

impl Tls {
    /// Nothing is sent yet; see [`Tls::handshake`].
    ///
    /// # Errors
    /// Which of the three texts cannot be used.
    pub fn new(socket: Arc<Socket>, options: Options<'_>) -> std::result::Result<Self, Refused> {
        let connection = identity::connection(options)?;
        Ok(Self { socket, session: Mutex::new(Session { connection, plain: Buffer::default(), ended: false }) })
    }

    /// Agrees on keys with the peer, whether or not the socket waits otherwise. Twice is fine.
    ///
    /// # Errors
    /// Numbers of `number`; as every wait.
    pub fn handshake(&self) -> Result<()> {
        let timeout = self.socket.timeout().filter(|t| !t.is_zero());
        self.agree(timeout, Deadline::after(timeout, self.socket.stack.time()))
    }

    /// The handshake, if it was put off, under the socket's own timeout.
    fn agree_first(&self, deadline: Deadline) -> Result<()> {
        if !self.session.lock().connection.is_handshaking() {
            return Ok(());
        }
        if !self.session.lock().connection.is_handshaking() {
            return Ok(());
        }
        self.agree(self.socket.timeout(), deadline)
    }

    fn agree(&self, timeout: Option<Duration>, deadline: Deadline) -> Result<()> {
        loop {
            self.socket.stack.waiters.look_up()?;
            let interest = {
                let mut session = self.session.lock();
                if !session.connection.is_handshaking() && !session.connection.wants_write() {
                    return Ok(());
                }
                match session.flush(&self.socket) {
                    Ok(true) if !session.connection.is_handshaking() => return Ok(()),
                    Ok(true) => match session.receive(&self.socket) {
                        Ok(()) if session.ended && session.connection.is_handshaking() => {
                            return Err(Error::Tls(number::CONN_EOF));
                        }
                        Ok(()) => continue,
                        Err(Error::WOULD_BLOCK) => Interest::Read,
                        Err(e) => return Err(e),
                    },
                    Ok(false) => Interest::Write,
                    // The peer may have said why before it hung up.
                    Err(e) => {
                        let told = session.receive(&self.socket).err();
                        return Err(told.filter(|e| matches!(e, Error::Tls(_))).unwrap_or(e));
                    }
                }
            };
            let handle = self.socket.handle()?;
            let place = Place { timeout, ..self.socket.place(&handle) };
            self.socket.stack.waiters.ready(&place, interest, deadline)?;
        }
    }

    fn deadline(&self) -> Deadline {
        Deadline::after(self.socket.timeout().filter(|t| !t.is_zero()), self.socket.stack.time())
    }

    /// Exactly `wanted` bytes, fewer only at the end of the stream; `None` when non-blocking and nothing has come.
    /// What came before a timeout stays readable.
    ///
    /// # Errors
    /// Numbers of `number`; as every wait.
    pub fn read(&self, wanted: usize) -> Result<Option<Vec<u8>>> {
        self.take_when(|session| {
            let have = session.plain.waiting().len();
            (have >= wanted || session.ended).then_some(have.min(wanted))
        })
    }

    /// One line with its `\n`, or what there is at the end of the stream or after `max` bytes; `None` when
    /// non-blocking and nothing has come.
    ///
    /// # Errors
    /// As [`Tls::read`].
    pub fn readline(&self, max: usize) -> Result<Option<Vec<u8>>> {
        self.take_when(|session| {
            let have = session.plain.waiting().len();
            let line = session.plain.line().filter(|length| *length <= max);
            line.or_else(|| (have >= max).then_some(max)).or(session.ended.then_some(have))
        })
    }

    /// Takes as many bytes as `enough` says once it says so.
    fn take_when(&self, mut enough: impl FnMut(&mut Session) -> Option<usize>) -> Result<Option<Vec<u8>>> {
        let deadline = self.deadline();
        let nonblocking = self.socket.timeout() == Some(Duration::ZERO);
        let taken = loop {
            // A peer that sends without end must not keep this thread from anything else.
            self.socket.stack.waiters.look_up()?;
            match self.agree_first(deadline) {
                Err(Error::WOULD_BLOCK) if nonblocking => return Ok(None),
                result => result?,
            }
            let mut session = self.session.lock();
            if let Some(n) = enough(&mut session) {
                break self.take(&mut session, n);
            }
            let rest = session.plain.waiting().len();
            match session.receive(&self.socket) {
                Ok(()) if nonblocking && rest >= ENOUGH => return Ok(Some(self.take(&mut session, rest))),
                Ok(()) if deadline.passed(self.socket.stack.time()) => return Err(Error::TIMED_OUT),
                Ok(()) => continue,
                Err(Error::WOULD_BLOCK) if nonblocking => {
                    return Ok((rest > 0).then(|| self.take(&mut session, rest)));
                }
                Err(Error::WOULD_BLOCK) => {}
                Err(e) => return Err(e),
            }
            drop(session);
            self.socket.wait(Interest::Read, deadline)?;
        };
        self.socket.handle()?;
        Ok(Some(taken))
    }

    fn take(&self, session: &mut Session, n: usize) -> Vec<u8> {
        let taken = session.plain.take(n);
        // For pollers, which see the kernel's bytes only.
        self.socket.held_above(session.plain.waiting().len() + usize::from(session.ended));
        taken
    }

    /// Sends all of `bytes`, or as much as a non-blocking socket takes.
    ///
    /// # Errors
    /// As [`Tls::read`], with how many bytes are on their way.
    pub fn write(&self, bytes: &[u8]) -> std::result::Result<(), (usize, Error)> {
        let deadline = self.deadline();
        self.agree_first(deadline).map_err(|e| (0, e))?;
        let mut done = 0;
        loop {
            self.socket.stack.waiters.look_up().map_err(|e| (done, e))?;
            let mut session = self.session.lock();
            if session.flush(&self.socket).map_err(|e| (done, e))? {
                if done == bytes.len() {
                    return Ok(());
                }
                done += session.connection.writer().write(&bytes[done..]).map_err(|e| (done, e.into()))?;
                continue;
            }
            drop(session);
            self.socket.wait(Interest::Write, deadline).map_err(|e| (done, e))?;
        }
    }

    /// Says goodbye as far as that goes at once, and closes the socket below.
    pub fn close(&self) {
        if !self.socket.is_closed() {
            let mut session = self.session.lock();
            session.connection.send_close_notify();
            let _ = session.flush(&self.socket);
            // Unread bytes, such as a server's session tickets, would make the kernel break the connection off.
            let mut waste = [0; CHUNK];
            let _ = (0..LEFTOVERS).all(|_| matches!(self.socket.recv_now(&mut waste), Ok(1..)));
        }
        self.socket.close();
    }

    /// The certificate of the peer, in DER; `None` before the handshake, and of a client that showed none.
    #[must_use]
    pub fn peer_certificate(&self) -> Option<Vec<u8>> {
        self.session.lock().connection.peer_certificates()?.first().map(|der: &CertificateDer<'_>| der.to_vec())
    }

    /// The socket below.
    #[must_use]
    pub fn socket(&self) -> &Arc<Socket> {
        &self.socket
    }
}

impl Session {
    /// Takes and deciphers what the kernel has; `Err(WOULD_BLOCK)` when that is nothing.
    fn receive(&mut self, socket: &Socket) -> Result<()> {
        let mut room = [0; CHUNK];
        let n = socket.recv_now(&mut room)?;
        self.ended |= n == 0;
        let mut rest = &room[..n];
        while !rest.is_empty() {
            if self.connection.read_tls(&mut rest)? == 0 {
                break; // behind the peer's goodbye
            }
            self.decipher(socket)?;
        }
        self.flush(socket).map(drop)
    }

    fn decipher(&mut self, socket: &Socket) -> Result<()> {
        let state = match self.connection.process_new_packets() {
            Ok(state) => state,
            Err(e) => {
                // The peer is told what is wrong, if it still listens.
                let _ = self.flush(socket);
                return Err(Error::Tls(number::of(&e)));
            }
        };
        self.ended |= state.peer_has_closed();
        let fresh = state.plaintext_bytes_to_read();
        let plain = self.plain.more();
        let start = plain.len();
        plain.resize(start + fresh, 0);
        self.connection.reader().read_exact(&mut plain[start..])?;
        Ok(())
    }

    /// Sends what the kernel takes at once; whether that was all.
    fn flush(&mut self, socket: &Socket) -> Result<bool> {
        let mut now = Now { socket, failed: None };
        while self.connection.wants_write() {
            match self.connection.write_tls(&mut now) {
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(e) => return Err(now.failed.unwrap_or_else(|| e.into())),
            }
        }
        Ok(true)
    }
}

/// A socket to which is written without waiting.
struct Now<'a> {
    socket: &'a Socket,
    failed: Option<Error>,
}

impl Write for Now<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.socket.send_now(bytes) {
            Ok(Sent::All) => Ok(bytes.len()),
            Ok(Sent::Part(0)) => Err(io::ErrorKind::WouldBlock.into()),
            Ok(Sent::Part(n)) => Ok(n),
            Err(e) => {
                self.failed = Some(e);
                Err(io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
