//! A socket: making, naming, connecting, accepting, closing. Bytes move in `stream` and `datagram`.

use crate::error::{Error, Result, errno};
use crate::lookahead::LookAhead;
use crate::nat::{Lease, Transport};
use crate::poller::Watchers;
use crate::stack::Stack;
use crate::state::{Listening, Phase, TcpState};
use crate::sys;
use crate::wait::{Deadline, Interest, Place, lock};
use socket2::{Domain, Protocol, SockAddr, Type};
use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Address families, by lwIP's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    V4 = 2,
    V6 = 10,
}

/// Socket types, by lwIP's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Stream = 1,
    Datagram = 2,
    Raw = 3,
}

/// A timeout as one word: nanoseconds, or this for none.
const FOR_EVER: u64 = u64::MAX;

/// One socket of a script. All methods may be called from several threads at once.
#[derive(Debug)]
pub struct Socket {
    pub(crate) stack: Arc<Stack>,
    pub(crate) id: u64,
    pub(crate) family: Family,
    pub(crate) kind: Kind,
    /// The protocol as the script asked for it; 7 and 8 are Quectel's own and mean TCP.
    pub(crate) protocol: i32,
    pub(crate) handle: Mutex<Option<Arc<socket2::Socket>>>,
    pub(crate) closed: AtomicBool,
    pub(crate) timeout: AtomicU64,
    pub(crate) ahead: LookAhead,
    /// Bytes that a layer above has taken and not yet given away.
    above: AtomicUsize,
    pub(crate) record: Mutex<Record>,
    pub(crate) sent: AtomicU64,
    pub(crate) watchers: Watchers,
    pub(crate) aliases: Mutex<Vec<(SocketAddr, SocketAddr)>>,
    pub(crate) end_reported: AtomicBool,
    /// Whether a bound datagram socket has left loopback, and whom it has spoken to since.
    pub(crate) outside: AtomicBool,
    pub(crate) spoken_to: Mutex<HashSet<SocketAddr>>,
}

/// What was done with the socket so far.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub phase: Phase,
    /// As the script named it, and the host's port.
    pub bound: Option<(SocketAddr, u16)>,
    pub listening: Option<Listening>,
    pub lease: Option<Lease>,
}

impl Socket {
    /// A new socket: blocking, without timeout. `protocol` is lwIP's number, or Quectel's 7 (TCP server) and 8 (TCP
    /// client with an address of its own).
    ///
    /// # Errors
    /// EPROTONOSUPPORT (93) for a protocol that does not fit the kind; EPERM (1) for a raw socket without the right.
    pub fn new(stack: &Arc<Stack>, family: Family, kind: Kind, protocol: i32) -> Result<Self> {
        let protocol_asked = match (kind, protocol) {
            (Kind::Stream, 0 | 6 | 7 | 8) => Some(Protocol::TCP),
            (Kind::Datagram, 0 | 17) => Some(Protocol::UDP),
            // A raw socket without a protocol: Quectel's firmware takes ICMP, the one that ping scripts want.
            (Kind::Raw, 0) => Some(Protocol::ICMPV4),
            (Kind::Raw, p @ 1..=255) => Some(Protocol::from(p)),
            _ => return Err(Error::Errno(errno::EPROTONOSUPPORT)),
        };
        let handle =
            socket2::Socket::new(domain(family), host_type(kind), protocol_asked).map_err(|e| match e.kind() {
                io::ErrorKind::PermissionDenied => Error::Errno(errno::EPERM),
                _ => Error::from(e),
            })?;
        if kind == Kind::Datagram {
            // MicroPython's lwIP sends broadcasts without asking.
            let _ = handle.set_broadcast(true);
        }
        Self::adopt(stack.clone(), handle, family, kind, protocol, Phase::Fresh)
    }

    pub(crate) fn adopt(
        stack: Arc<Stack>,
        handle: socket2::Socket,
        family: Family,
        kind: Kind,
        protocol: i32,
        phase: Phase,
    ) -> Result<Self> {
        if !sys::WAITS_IN_KERNEL {
            handle.set_nonblocking(true)?;
        }
        let id = stack.waiters.new_socket();
        Ok(Self {
            stack,
            id,
            family,
            kind,
            protocol,
            handle: Mutex::new(Some(Arc::new(handle))),
            closed: AtomicBool::new(false),
            timeout: AtomicU64::new(FOR_EVER),
            ahead: LookAhead::default(),
            above: AtomicUsize::new(0),
            record: Mutex::new(Record { phase, ..Record::default() }),
            sent: AtomicU64::new(0),
            watchers: Watchers::default(),
            aliases: Mutex::default(),
            end_reported: AtomicBool::new(false),
            outside: AtomicBool::new(false),
            spoken_to: Mutex::default(),
        })
    }

    /// The descriptor, kept open for as long as the caller holds it.
    pub(crate) fn handle(&self) -> Result<Arc<socket2::Socket>> {
        lock(&self.handle).clone().ok_or(Error::CLOSED)
    }

    pub(crate) fn place<'a>(&'a self, socket: &'a socket2::Socket) -> Place<'a> {
        Place { id: self.id, closed: &self.closed, socket, timeout: self.timeout() }
    }

    /// Runs one receiving or sending call under the waiting rules.
    pub(crate) fn io<R>(&self, interest: Interest, call: impl FnMut(&socket2::Socket) -> io::Result<R>) -> Result<R> {
        let handle = self.handle()?;
        self.stack.waiters.io(&self.place(&handle), interest, call)
    }

    /// Waits until readable or writable, within the socket's timeout.
    ///
    /// # Errors
    /// As every wait.
    pub fn wait(&self, interest: Interest, deadline: Deadline) -> Result<()> {
        let handle = self.handle()?;
        self.stack.waiters.ready(&self.place(&handle), interest, deadline)
    }

    #[must_use]
    pub fn stack(&self) -> &Arc<Stack> {
        &self.stack
    }
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }
    #[must_use]
    pub fn family(&self) -> Family {
        self.family
    }
    #[must_use]
    pub fn protocol(&self) -> i32 {
        self.protocol
    }
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(SeqCst)
    }

    /// Marks that the end of the stream has been told; true if it had been already.
    pub fn report_end(&self) -> bool {
        self.end_reported.swap(true, SeqCst)
    }

    /// Tells pollers that a layer above holds so many bytes, which make the socket readable.
    pub(crate) fn held_above(&self, bytes: usize) {
        self.above.store(bytes, SeqCst);
        if bytes > 0 {
            self.watchers.bytes_ahead();
        }
    }

    /// Whether there are bytes to read of which the kernel does not know.
    pub(crate) fn has_bytes_ahead(&self) -> bool {
        self.ahead.len() + self.above.load(SeqCst) > 0
    }

    pub(crate) fn transport(&self) -> Transport {
        if self.kind == Kind::Stream { Transport::Tcp } else { Transport::Udp }
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
        let handle = self.handle()?;
        let ns = timeout.map_or(FOR_EVER, |t| u64::try_from(t.as_nanos()).unwrap_or(FOR_EVER - 1));
        let before = self.timeout.swap(ns, SeqCst);
        if sys::WAITS_IN_KERNEL && before != ns {
            if (before == 0) != (ns == 0) {
                handle.set_nonblocking(ns == 0)?;
            }
            if ns != 0 {
                self.tell_kernel(timeout)?;
            }
        }
        Ok(())
    }

    /// Sets the timeout again, on a descriptor that has taken the place of another.
    pub(crate) fn repeat_timeout(&self) -> Result<()> {
        let timeout = self.timeout();
        self.timeout.store(FOR_EVER, SeqCst);
        self.set_timeout(timeout)
    }

    /// Sets the kernel's own timeouts.
    pub(crate) fn tell_kernel(&self, timeout: Option<Duration>) -> Result<()> {
        let handle = self.handle()?;
        // The kernel reads zero as "none" and counts microseconds.
        let timeout = timeout.map(|t| t.max(Duration::from_micros(1)));
        handle.set_read_timeout(timeout)?;
        handle.set_write_timeout(timeout)?;
        Ok(())
    }

    /// Remembers that `shown` is really reached at `real`, so that its answers carry the address the script knows.
    pub(crate) fn remember_alias(&self, real: SocketAddr, shown: SocketAddr) {
        let mut aliases = lock(&self.aliases);
        aliases.retain(|(r, _)| *r != real);
        aliases.push((real, shown));
    }

    /// The address in the form this socket's family needs.
    pub(crate) fn host_address(&self, address: SocketAddr) -> SocketAddr {
        match (self.family, address.ip()) {
            (Family::V6, IpAddr::V4(ip)) => SocketAddr::new(IpAddr::V6(ip.to_ipv6_mapped()), address.port()),
            _ => address,
        }
    }

    /// Closes: the port is free at once, and every thread that waits here wakes with EBADF. Twice is fine.
    pub fn close(&self) {
        if self.closed.swap(true, SeqCst) {
            return;
        }
        self.watchers.socket_closed();
        let handle = lock(&self.handle).take();
        if handle.as_ref().is_some_and(|h| Arc::strong_count(h) > 1) {
            self.stack.waiters.wake_all_at(self.id);
        }
        drop(handle);
        self.ahead.clear();
        lock(&self.record).lease = None;
    }

    /// Whether this socket was closed while it listened and had never taken a connection.
    #[must_use]
    pub fn closed_before_first_accept(&self) -> bool {
        self.is_closed() && lock(&self.record).listening.is_some_and(|l| !l.accepted)
    }

    /// Listens again where it listened when it was closed; see [`Socket::closed_before_first_accept`].
    ///
    /// # Errors
    /// EADDRINUSE when somebody has taken the port meanwhile.
    pub fn listen_again(&self) -> Result<()> {
        let mut record = lock(&self.record);
        if !self.is_closed() {
            return Ok(()); // another thread has done it
        }
        let Some(Listening { at, backlog, .. }) = record.listening else { return Err(Error::CLOSED) };
        let fresh = socket2::Socket::new(domain(self.family), host_type(self.kind), Some(Protocol::TCP))?;
        fresh.set_reuse_address(true)?;
        fresh.bind(&at.into())?;
        fresh.listen(backlog)?;
        if let Some((shown, port)) = record.bound
            && self.stack.nat.is_virtual(shown.ip())
        {
            record.lease = Some(self.stack.nat.lease(self.id, Transport::Tcp, shown, port));
        }
        if !sys::WAITS_IN_KERNEL {
            fresh.set_nonblocking(true)?;
        }
        *lock(&self.handle) = Some(Arc::new(fresh));
        self.closed.store(false, SeqCst);
        drop(record);
        self.repeat_timeout()
    }

    /// The descriptor's number, −1 after close.
    #[must_use]
    pub fn fileno(&self) -> i64 {
        self.handle().map_or(-1, |h| sys::fileno(&h))
    }

    /// The host's address of this socket.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn local_address(&self) -> Result<SocketAddr> {
        socket_address(&self.handle()?.local_addr()?)
    }

    /// Whether it listens, and at which port of the module.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn listening(&self) -> Result<(bool, u16)> {
        self.handle()?;
        let record = lock(&self.record);
        let port = record.bound.map(|(shown, _)| shown.port()).or(record.listening.map(|l| l.at.port()));
        Ok((record.phase == Phase::Listening, port.unwrap_or(0)))
    }

    /// lwIP's TCP state; `None` after close. Where the kernel cannot be asked: from what was done with the socket.
    #[must_use]
    pub fn tcp_state(&self) -> Option<TcpState> {
        let handle = self.handle().ok()?;
        if self.kind != Kind::Stream {
            return Some(TcpState::Closed);
        }
        Some(sys::tcp_state(&*handle).unwrap_or_else(|| match lock(&self.record).phase {
            Phase::Fresh | Phase::Bound => TcpState::Closed,
            Phase::Listening => TcpState::Listen,
            Phase::Connecting => TcpState::SynSent,
            Phase::Connected if self.at_end(&handle) => TcpState::CloseWait,
            Phase::Connected => TcpState::Established,
        }))
    }

    /// Bytes that the peer has acknowledged so far.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn acknowledged(&self) -> Result<u64> {
        let handle = self.handle()?;
        let sent = self.sent.load(Relaxed);
        Ok(sent.saturating_sub(sys::unacknowledged(&*handle).unwrap_or(0)))
    }

    fn at_end(&self, handle: &socket2::Socket) -> bool {
        let mut byte = [std::mem::MaybeUninit::uninit(); 1];
        self.timeout() == Some(Duration::ZERO) && matches!(handle.peek(&mut byte), Ok(0))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.close();
    }
}

pub(crate) fn domain(family: Family) -> Domain {
    match family {
        Family::V4 => Domain::IPV4,
        Family::V6 => Domain::IPV6,
    }
}

pub(crate) fn host_type(kind: Kind) -> Type {
    match kind {
        Kind::Stream => Type::STREAM,
        Kind::Datagram => Type::DGRAM,
        Kind::Raw => Type::RAW,
    }
}

pub(crate) fn socket_address(address: &SockAddr) -> Result<SocketAddr> {
    address.as_socket().ok_or(Error::Errno(errno::EAFNOSUPPORT))
}

/// An IPv4 peer of an IPv6 socket, shown as IPv4.
pub(crate) fn unmapped(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}
