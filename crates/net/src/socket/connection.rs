//! Giving sockets addresses: bind, listen, accept, connect.

use super::address::{socket_address, unmapped, unspecified, unspecified_like};
use super::handle::{Handle, tell_kernel};
use super::kind::Kind;
use super::phase::{Listening, Phase};
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::nat::{Transport, loopback_like};
use crate::upstream::Route;
use crate::wait::Interest;
use crate::{errno, sys};
use socket2::SockAddr;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

impl Socket {
    /// Binds to `address` as the script names it; a virtual one is given a port of the host.
    ///
    /// # Errors
    /// EINVAL when bound already; EADDRINUSE, EACCES, EADDRNOTAVAIL from the host.
    pub fn bind(&self, address: SocketAddr) -> Result<()> {
        let handle = self.handle()?;
        let mut record = self.record.lock();
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
            self.expect_move();
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
        let mut record = self.record.lock();
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
            let deadline = self.deadline();
            self.stack.waiters.ready(&place, Interest::Read, deadline)?;
        }
        let (connection, peer) = self.stack.waiters.io(&place, Interest::Read, socket2::Socket::accept)?;
        if let Some(listening) = &mut self.record.lock().listening {
            listening.accepted = true;
        }
        let peer = self.stack.nat.outward(Transport::Tcp, unmapped(socket_address(&peer)?));
        let socket =
            Self::adopt(self.stack.clone(), connection, self.family, self.kind, self.protocol, Phase::Connected)?;
        socket.speaks_with(peer);
        if inherit_timeout {
            socket.set_timeout(place.timeout)?;
        } else if sys::WAITS_IN_KERNEL && place.timeout.is_some() {
            // Linux hands the listener's timeouts on.
            tell_kernel(&*socket.handle()?, None)?;
        }
        Ok((socket, peer))
    }

    /// Connects to `address` as the script names it. Datagram sockets remember it as the default peer.
    ///
    /// # Errors
    /// ECONNREFUSED, EISCONN, EINPROGRESS and EALREADY (non-blocking), ETIMEDOUT; as every wait.
    pub fn connect(&self, address: SocketAddr) -> Result<()> {
        let target = match self.stack.route(self.transport(), address) {
            Route::To(target) => target,
            Route::Refuse => return self.handle().and(Err(Error::Errno(errno::ECONNREFUSED))),
            Route::Offline => return self.handle().and(Err(Error::Errno(errno::EHOSTUNREACH))),
        };
        self.leave_loopback_for(target)?;
        let handle = self.handle()?;
        self.speaks_with(address);
        if target != address && self.kind != Kind::Stream {
            self.remember_alias(target, address);
        }
        let before = self.begin_connecting();
        let result = self.connect_within_timeout(&handle, target);
        let mut record = self.record.lock();
        record.phase = match result {
            Ok(()) if self.kind == Kind::Stream => Phase::Connected,
            Err(Error::Errno(errno::EINPROGRESS | errno::EALREADY | errno::ETIMEDOUT) | Error::Interrupted) => {
                Phase::Connecting
            }
            _ => before,
        };
        if result.is_ok() && record.lease.is_none() && self.stack.nat.is_own(address.ip()) {
            let port = bound_port(&handle)?;
            let shown = SocketAddr::new(address.ip(), port);
            record.lease = Some(self.stack.nat.lease(self.id, self.transport(), shown, port));
        }
        result
    }

    /// Says that the socket is being connected, for other threads; returns the phase before.
    fn begin_connecting(&self) -> Phase {
        let mut record = self.record.lock();
        let before = record.phase;
        if self.kind == Kind::Stream && matches!(before, Phase::Fresh | Phase::Bound) {
            record.phase = Phase::Connecting;
        }
        before
    }

    fn connect_within_timeout(&self, handle: &Handle, target: SocketAddr) -> Result<()> {
        let target: SockAddr = self.host_address(target).into();
        let place = self.place(handle);
        let deadline = self.deadline();
        match place.timeout {
            Some(Duration::ZERO) => return handle.connect(&target).map_err(connect_error),
            None if sys::WAITS_IN_KERNEL && !self.stack.time().is_virtual() => {
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
        self.stack.waiters.ready(&place, Interest::Write, deadline)?;
        match handle.take_error()? {
            None => Ok(()),
            Some(e) => Err(e.into()),
        }
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

fn bound_port(handle: &socket2::Socket) -> Result<u16> {
    Ok(socket_address(&handle.local_addr()?)?.port())
}
