//! A socket: making, naming, connecting, accepting, closing. Bytes move in `stream` and `datagram`.

use crate::error::{Error, Result, errno};
use crate::lookahead::LookAhead;
use crate::nat::{Lease, Transport, loopback_like};
use crate::poller::Watchers;
use crate::stack::{Route, Stack};
use crate::state::{Listening, Phase, TcpState};
use crate::sys;
use crate::wait::{Deadline, Interest, Place, lock};
use socket2::{Domain, Protocol, SockAddr, Type};
use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed, Ordering::SeqCst};
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
    family: Family,
    kind: Kind,
    /// The protocol as the script asked for it; 7 and 8 are Quectel's own and mean TCP.
    protocol: i32,
    handle: Mutex<Option<Arc<socket2::Socket>>>,
    closed: AtomicBool,
    timeout: AtomicU64,
    pub(crate) ahead: LookAhead,
    record: Mutex<Record>,
    pub(crate) sent: AtomicU64,
    pub(crate) watchers: Watchers,
    pub(crate) aliases: Mutex<Vec<(SocketAddr, SocketAddr)>>,
    end_reported: AtomicBool,
    /// Whether a bound datagram socket has left loopback, and whom it has spoken to since.
    pub(crate) outside: AtomicBool,
    pub(crate) spoken_to: Mutex<HashSet<SocketAddr>>,
}

/// What was done with the socket so far.
#[derive(Debug, Default)]
struct Record {
    phase: Phase,
    /// As the script named it, and the host's port.
    bound: Option<(SocketAddr, u16)>,
    listening: Option<Listening>,
    lease: Option<Lease>,
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

    fn adopt(
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

    /// Sets the kernel's own timeouts.
    fn tell_kernel(&self, timeout: Option<Duration>) -> Result<()> {
        let handle = self.handle()?;
        // The kernel reads zero as "none" and counts microseconds.
        let timeout = timeout.map(|t| t.max(Duration::from_micros(1)));
        handle.set_read_timeout(timeout)?;
        handle.set_write_timeout(timeout)?;
        Ok(())
    }

    /// Binds to `address` as the script names it; a virtual one is given a port of the host.
    ///
    /// # Errors
    /// EINVAL when bound already; EADDRINUSE, EACCES, EADDRNOTAVAIL from the host.
    pub fn bind(&self, address: SocketAddr) -> Result<()> {
        let handle = self.handle()?;
        let mut record = lock(&self.record);
        if record.bound.is_some() || record.phase != Phase::Fresh {
            return Err(Error::INVALID);
        }
        let nat = &self.stack.nat;
        if self.kind == Kind::Raw || !nat.is_virtual(address.ip()) {
            handle.bind(&self.host_address(address).into())?;
            let port =
                if address.port() == 0 && self.kind != Kind::Raw { bound_port(&handle)? } else { address.port() };
            record.bound = Some((SocketAddr::new(address.ip(), port), port));
        } else {
            let real_port = self.bind_virtual(&handle, address)?;
            let shown = SocketAddr::new(address.ip(), if address.port() == 0 { real_port } else { address.port() });
            record.lease = Some(nat.lease(self.id, self.transport(), shown, real_port));
            record.bound = Some((shown, real_port));
        }
        record.phase = Phase::Bound;
        Ok(())
    }

    /// Finds a port of the host for a port of the module: the forwarded one, the same one, any one.
    fn bind_virtual(&self, handle: &socket2::Socket, address: SocketAddr) -> Result<u16> {
        let ip = if self.stack.expose { unspecified_like(address.ip()) } else { loopback_like(address.ip()) };
        let at = |port| SockAddr::from(self.host_address(SocketAddr::new(ip, port)));
        let wanted = address.port();
        if wanted != 0 && self.stack.nat.is_taken(self.transport(), address) {
            return Err(Error::Errno(errno::EADDRINUSE));
        }
        if let Some(fixed) = self.stack.nat.forwarded(wanted).filter(|_| wanted != 0) {
            handle.bind(&at(fixed))?;
            return Ok(fixed);
        }
        match handle.bind(&at(wanted)) {
            Ok(()) if wanted != 0 => return Ok(wanted),
            Ok(()) => {}
            Err(e) if may_go_elsewhere(&e) => {
                handle.bind(&at(0))?;
                let port = bound_port(handle)?;
                self.stack.notice(&format!(
                    "the module's port {wanted} is port {port} of {ip} here ({}; --forward HOSTPORT:{wanted} chooses one)",
                    if e.kind() == io::ErrorKind::AddrInUse { "the same number is in use" } else { "the same number needs more rights" },
                ));
                return Ok(port);
            }
            Err(e) => return Err(e.into()),
        }
        bound_port(handle)
    }

    /// # Errors
    /// EOPNOTSUPP unless a stream.
    pub fn listen(&self, backlog: i32) -> Result<()> {
        let handle = self.handle()?;
        if self.kind != Kind::Stream {
            return Err(Error::Errno(errno::EOPNOTSUPP));
        }
        let mut record = lock(&self.record);
        if record.bound.is_none() && !self.stack.expose {
            // Never beyond loopback: a listen without bind would take every interface.
            handle.bind(&SocketAddr::new(loopback_like(unspecified(self.family)), 0).into())?;
        }
        handle.listen(backlog)?;
        let at = socket_address(&handle.local_addr()?)?;
        record.listening = Some(Listening { at, backlog, accepted: false });
        record.phase = Phase::Listening;
        Ok(())
    }

    /// Takes a connection: the new socket and the peer's address as the script sees it.
    ///
    /// # Errors
    /// EINVAL unless listening; as every wait.
    pub fn accept(&self, inherit_timeout: bool) -> Result<(Self, SocketAddr)> {
        let handle = self.handle()?;
        let place = self.place(&handle);
        if !sys::ACCEPT_HONOURS_TIMEOUT && place.timeout.is_some_and(|t| !t.is_zero()) {
            self.stack.waiters.ready(&place, Interest::Read, Deadline::after(place.timeout))?;
        }
        let (connection, peer) = self.stack.waiters.io(&place, Interest::Read, socket2::Socket::accept)?;
        if let Some(listening) = &mut lock(&self.record).listening {
            listening.accepted = true;
        }
        let peer = self.stack.nat.outward(Transport::Tcp, unmapped(socket_address(&peer)?));
        let socket =
            Self::adopt(self.stack.clone(), connection, self.family, self.kind, self.protocol, Phase::Connected)?;
        if inherit_timeout {
            socket.set_timeout(place.timeout)?;
        } else if sys::WAITS_IN_KERNEL && place.timeout.is_some() {
            // Linux hands the listener's timeouts on.
            socket.tell_kernel(None)?;
        }
        Ok((socket, peer))
    }

    /// Connects to `address` as the script names it. Datagram sockets remember it as the default peer.
    ///
    /// # Errors
    /// ECONNREFUSED, EISCONN, EINPROGRESS and EALREADY (non-blocking), ETIMEDOUT; as every wait.
    pub fn connect(&self, address: SocketAddr) -> Result<()> {
        let Route::To(target) = self.stack.route(self.transport(), address) else {
            self.handle()?;
            return Err(Error::Errno(errno::ECONNREFUSED));
        };
        self.leave_loopback_for(target)?;
        let handle = self.handle()?;
        if target != address && self.kind != Kind::Stream {
            self.remember_alias(target, address);
        }
        let result = self.connect_within_timeout(&handle, target);
        let mut record = lock(&self.record);
        record.phase = match result {
            Ok(()) if self.kind == Kind::Stream => Phase::Connected,
            Err(Error::Errno(errno::EINPROGRESS | errno::EALREADY | errno::ETIMEDOUT) | Error::Interrupted) => {
                Phase::Connecting
            }
            _ => record.phase,
        };
        if result.is_ok() && record.lease.is_none() && self.stack.nat.is_own(address.ip()) {
            let port = bound_port(&handle)?;
            let shown = SocketAddr::new(address.ip(), port);
            record.lease = Some(self.stack.nat.lease(self.id, self.transport(), shown, port));
        }
        result
    }

    fn connect_within_timeout(&self, handle: &socket2::Socket, target: SocketAddr) -> Result<()> {
        let target: SockAddr = self.host_address(target).into();
        let place = self.place(handle);
        match place.timeout {
            Some(Duration::ZERO) => return handle.connect(&target).map_err(connect_error),
            None if sys::WAITS_IN_KERNEL => {
                match self.stack.waiters.io(&place, Interest::Write, |s| one_connect(s, &target))? {
                    Connect::Done => return Ok(()),
                    Connect::Broken => {}
                }
            }
            _ => {
                handle.set_nonblocking(true)?;
                let started = handle.connect(&target);
                handle.set_nonblocking(!sys::WAITS_IN_KERNEL)?;
                match started.map_err(connect_error) {
                    Err(Error::Errno(errno::EINPROGRESS | errno::EALREADY)) => {}
                    other => return other,
                }
            }
        }
        self.stack.waiters.ready(&place, Interest::Write, Deadline::after(place.timeout))?;
        match handle.take_error()? {
            None => Ok(()),
            Some(e) => Err(e.into()),
        }
    }

    /// A socket that was bound to a virtual address sits on loopback, from where the world cannot be reached. Before
    /// it talks to somebody outside it moves, with its port, to every interface. A stream then is a client, not a
    /// listener; a datagram socket hears only those it has spoken to (see `datagram`).
    pub(crate) fn leave_loopback_for(&self, target: SocketAddr) -> Result<()> {
        if target.ip().is_loopback() || target.ip().is_unspecified() || self.stack.expose {
            return Ok(());
        }
        let mut record = lock(&self.record);
        let Some((shown, port)) = record.bound.filter(|_| record.lease.is_some()) else { return Ok(()) };
        let fresh = socket2::Socket::new(domain(self.family), host_type(self.kind), None)?;
        if self.kind == Kind::Datagram {
            fresh.set_broadcast(true)?;
        }
        fresh.set_reuse_address(true)?;
        let old = lock(&self.handle).take().ok_or(Error::CLOSED)?;
        drop(old);
        let everywhere = SocketAddr::new(unspecified(self.family), port);
        let bound = fresh.bind(&everywhere.into()).or_else(|_| {
            let any = SocketAddr::new(unspecified(self.family), 0);
            fresh.bind(&any.into())
        });
        *lock(&self.handle) = Some(Arc::new(fresh));
        bound?;
        self.outside.store(true, SeqCst);
        record.lease = None;
        record.bound = Some((shown, port));
        drop(record);
        let timeout = self.timeout();
        self.timeout.store(FOR_EVER, SeqCst);
        self.set_timeout(timeout)
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
        let timeout = self.timeout();
        self.timeout.store(FOR_EVER, SeqCst);
        self.set_timeout(timeout)
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

/// How one blocking connect ended.
enum Connect {
    Done,
    /// A signal came; the kernel goes on connecting.
    Broken,
}

fn one_connect(socket: &socket2::Socket, target: &SockAddr) -> io::Result<Connect> {
    match socket.connect(target) {
        Ok(()) => Ok(Connect::Done),
        Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(Connect::Broken),
        // Begun by an earlier call that was interrupted, or non-blocking: wait for its end.
        Err(e) if sys::linux_errno(&e) == errno::EALREADY => Ok(Connect::Broken),
        Err(e) => Err(e),
    }
}

/// Windows says "would block" where Unix says "in progress".
fn connect_error(e: io::Error) -> Error {
    match e.kind() {
        io::ErrorKind::WouldBlock => Error::Errno(errno::EINPROGRESS),
        _ => e.into(),
    }
}

/// Errors of bind after which another port of the host will do.
fn may_go_elsewhere(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied)
}

fn domain(family: Family) -> Domain {
    match family {
        Family::V4 => Domain::IPV4,
        Family::V6 => Domain::IPV6,
    }
}

fn host_type(kind: Kind) -> Type {
    match kind {
        Kind::Stream => Type::STREAM,
        Kind::Datagram => Type::DGRAM,
        Kind::Raw => Type::RAW,
    }
}

fn unspecified(family: Family) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

fn unspecified_like(ip: IpAddr) -> IpAddr {
    unspecified(if ip.is_ipv4() { Family::V4 } else { Family::V6 })
}

pub(crate) fn socket_address(address: &SockAddr) -> Result<SocketAddr> {
    address.as_socket().ok_or(Error::Errno(errno::EAFNOSUPPORT))
}

/// An IPv4 peer of an IPv6 socket, shown as IPv4.
pub(crate) fn unmapped(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn bound_port(handle: &socket2::Socket) -> Result<u16> {
    Ok(socket_address(&handle.local_addr()?)?.port())
}
