//! A socket: making, closing, and what is known of it.

use super::address::socket_address;
use super::handle::{FOR_EVER, Handle};
use super::kind::{Family, Kind, domain, host_type};
use super::lookahead::LookAhead;
use super::phase::{Listening, Phase};
use super::relocation::Relocation;
use super::watchers::Watchers;
use crate::error::{Error, Result};
use crate::nat::{Lease, Transport};
use crate::stack::Stack;
use crate::{errno, sys};
use parking_lot::Mutex;
use socket2::Protocol;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::thread::Thread;

/// One socket of a script. All methods may be called from several threads at once.
#[derive(Debug)]
pub struct Socket {
    pub(crate) stack: Arc<Stack>,
    pub(crate) id: u64,
    pub(crate) family: Family,
    pub(crate) kind: Kind,
    /// The protocol as the script asked for it; 7 and 8 are Quectel's own and mean TCP.
    pub(crate) protocol: i32,
    pub(crate) handle: Mutex<Option<Arc<Handle>>>,
    pub(crate) closed: AtomicBool,
    /// See `handle`.
    pub(crate) timeout: AtomicU64,
    pub(crate) ahead: LookAhead,
    /// Bytes that a layer above has taken and not yet given away.
    above: AtomicUsize,
    pub(crate) record: Mutex<Record>,
    pub(crate) sent: AtomicU64,
    pub(crate) watchers: Watchers,
    pub(crate) aliases: Mutex<Vec<(SocketAddr, SocketAddr)>>,
    pub(crate) end_reported: AtomicBool,
    pub(crate) relocation: Relocation,
    /// Threads that look up a name for it.
    pub(crate) asking: Mutex<Vec<Thread>>,
    /// Whether it speaks with somebody who may be outside of this process.
    pub(crate) foreign: AtomicBool,
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
        if kind == Kind::Stream && stack.time().is_steered() {
            // What was sent arrives at once, not when something else was acknowledged. Where that cannot be set it is late.
            let _ = handle.set_tcp_nodelay(true);
        }
        let id = stack.waiters.new_socket();
        Ok(Self {
            stack,
            id,
            family,
            kind,
            protocol,
            handle: Mutex::new(Some(Handle::new(handle, id))),
            closed: AtomicBool::new(false),
            timeout: AtomicU64::new(FOR_EVER),
            ahead: LookAhead::default(),
            above: AtomicUsize::new(0),
            record: Mutex::new(Record { phase, ..Record::default() }),
            sent: AtomicU64::new(0),
            watchers: Watchers::default(),
            aliases: Mutex::default(),
            end_reported: AtomicBool::new(false),
            relocation: Relocation::default(),
            asking: Mutex::default(),
            foreign: AtomicBool::new(false),
        })
    }

    /// The network that it lives in.
    #[must_use]
    pub fn stack(&self) -> &Arc<Stack> {
        &self.stack
    }
    /// Stream, datagram or raw.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// The family of its addresses.
    #[must_use]
    pub fn family(&self) -> Family {
        self.family
    }
    /// The protocol that it was made with.
    #[must_use]
    pub fn protocol(&self) -> i32 {
        self.protocol
    }
    /// Whether it was closed.
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
        self.ahead.len() + self.above.load(SeqCst) > 0 || self.relocation.has_early()
    }

    pub(crate) fn transport(&self) -> Transport {
        if self.kind == Kind::Stream { Transport::Tcp } else { Transport::Udp }
    }

    /// Remembers that `shown` is really reached at `real`, so that its answers carry the address the script knows.
    pub(crate) fn remember_alias(&self, real: SocketAddr, shown: SocketAddr) {
        let mut aliases = self.aliases.lock();
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
        let handle = {
            let mut slot = self.handle.lock();
            self.closed.store(true, SeqCst);
            let Some(handle) = slot.take() else { return };
            handle
        };
        self.watchers.socket_closed();
        self.has_sent();
        self.asking.lock().iter().for_each(Thread::unpark);
        self.shut(handle);
        self.ahead.clear();
        self.record.lock().lease = None;
    }

    /// Whether this socket was closed while it listened and had never taken a connection.
    #[must_use]
    pub fn closed_before_first_accept(&self) -> bool {
        self.is_closed() && self.record.lock().listening.is_some_and(|l| !l.accepted)
    }

    /// Listens again where it listened when it was closed; see [`Socket::closed_before_first_accept`].
    ///
    /// # Errors
    /// EADDRINUSE when somebody has taken the port meanwhile.
    pub fn listen_again(&self) -> Result<()> {
        let mut record = self.record.lock();
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
        self.install(None, fresh).map(drop)
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
        let record = self.record.lock();
        let port = record.bound.map(|(shown, _)| shown.port()).or(record.listening.map(|l| l.at.port()));
        Ok((record.phase == Phase::Listening, port.unwrap_or(0)))
    }

    /// Bytes that the peer has acknowledged so far.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn acknowledged(&self) -> Result<u64> {
        let handle = self.handle()?;
        let sent = self.sent.load(Relaxed);
        Ok(sent.saturating_sub(sys::unacknowledged(&**handle).unwrap_or(0)))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.close();
    }
}
