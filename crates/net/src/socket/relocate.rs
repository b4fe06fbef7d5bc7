//! A socket that moves off loopback: where a script sends to decides where it has to be.

use super::address::{socket_address, unmapped, unspecified};
use super::handle::Handle;
use super::kind::{Kind, domain, host_type};
use super::phase::Phase;
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::sys;
use socket2::SockAddr;
use std::io;
use std::mem::MaybeUninit;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering::SeqCst;

/// RFC 863; nobody answers from it.
const DISCARD_PORT: u16 = 9;

impl Socket {
    /// Says that a socket was bound to a virtual address, from where it may have to move.
    pub(crate) fn expect_move(&self) {
        let may_move = self.kind == Kind::Datagram && !self.stack.expose;
        self.relocation.ahead.store(may_move, SeqCst);
    }

    /// Moves, if `target` cannot be reached from where the socket is.
    pub(crate) fn leave_loopback_for(&self, target: SocketAddr) -> Result<()> {
        if target.ip().is_loopback() || target.ip().is_unspecified() || self.stack.expose {
            return Ok(());
        }
        self.leave_loopback_to(unspecified(self.family))
    }

    /// Moves to the address `ip` of the host, to the same port if it is free there.
    fn leave_loopback_to(&self, ip: IpAddr) -> Result<()> {
        let mut record = self.record.lock();
        // With a lease it is bound to a virtual address; once connected or listening it stays.
        if record.lease.is_none() || record.phase != Phase::Bound || self.relocation.is_outside() {
            return Ok(());
        }
        let Some((shown, port)) = record.bound else { return Ok(()) };
        let old = self.handle()?;
        let fresh = self.twin(&old, SocketAddr::new(ip, port))?;
        let now_at = socket_address(&fresh.local_addr()?)?.port();
        // From here on the old one takes nothing in, and what it has is kept.
        let _ = old.connect(&SocketAddr::from((Ipv4Addr::LOCALHOST, DISCARD_PORT)).into());
        self.keep_early(&old);
        self.relocation.outside.store(self.kind == Kind::Datagram, SeqCst);
        let Some(fresh) = self.install(Some(&old), fresh)? else { return Err(Error::CLOSED) };
        record.bound = Some((shown, now_at));
        record.lease = None;
        if self.kind == Kind::Datagram {
            // The module itself still reaches it by its own address.
            record.lease = Some(self.stack.nat.lease(self.id, self.transport(), shown, now_at));
        }
        drop(record);
        self.watchers.socket_moved(&fresh, self.relocation.has_early());
        old.replace();
        self.end_calls(&old);
        Ok(())
    }

    /// A new descriptor, bound to `at` or to another port there, with the options and the peer of `old`.
    fn twin(&self, old: &Handle, at: SocketAddr) -> Result<socket2::Socket> {
        let fresh = socket2::Socket::new(domain(self.family), host_type(self.kind), None)?;
        if self.kind == Kind::Datagram {
            fresh.set_broadcast(true)?;
        }
        self.bind_beside(&fresh, old, at).or_else(|_| fresh.bind(&SocketAddr::new(at.ip(), 0).into()))?;
        for setting in self.relocation.settings.lock().iter() {
            // It was taken once; an option that this descriptor does not take is no reason to stay.
            let _ = setting.apply(&fresh);
        }
        if let Ok(peer) = old.peer_addr() {
            fresh.connect(&peer)?;
        }
        Ok(fresh)
    }

    /// Binds to the port that `old` has at another address. Linux wants both to have SO_REUSEADDR for the moment.
    fn bind_beside(&self, fresh: &socket2::Socket, old: &Handle, at: SocketAddr) -> io::Result<()> {
        let before = old.reuse_address()?;
        old.set_reuse_address(true)?;
        fresh.set_reuse_address(true)?;
        let bound = fresh.bind(&at.into());
        let _ = old.set_reuse_address(before);
        fresh.set_reuse_address(before)?;
        bound
    }

    /// Keeps what waits in `old`.
    fn keep_early(&self, old: &Handle) {
        if self.kind != Kind::Datagram {
            return;
        }
        let mut early = self.relocation.early.lock();
        let mut room = vec![0; super::datagram::LARGEST];
        while let Ok((n, from)) = old.recv_from_with_flags(sys::as_uninit(&mut room), sys::DONT_WAIT) {
            let Ok(from) = socket_address(&from) else { continue };
            early.push_back((room[..n].to_vec(), unmapped(from)));
        }
        self.relocation.early_count.store(early.len(), SeqCst);
    }

    /// Receives into `room`; does not wait when the socket is outside, and then takes what it may hear only.
    pub(crate) fn receive(
        &self,
        socket: &socket2::Socket,
        room: &mut [MaybeUninit<u8>],
        flags: i32,
    ) -> io::Result<usize> {
        if self.relocation.is_outside() {
            return self.receive_outside(socket, room).map(|(n, _)| n);
        }
        socket.recv_with_flags(room, flags)
    }

    /// [`Socket::receive`] of a datagram, with its sender.
    pub(crate) fn receive_from(
        &self,
        socket: &socket2::Socket,
        room: &mut [MaybeUninit<u8>],
    ) -> io::Result<(usize, SockAddr)> {
        if self.relocation.is_outside() { self.receive_outside(socket, room) } else { socket.recv_from(room) }
    }

    /// The same without waiting; `peek`: it stays there.
    pub(crate) fn receive_from_flags(
        &self,
        socket: &socket2::Socket,
        room: &mut [MaybeUninit<u8>],
        peek: bool,
    ) -> io::Result<(usize, SockAddr)> {
        match (self.relocation.is_outside(), peek) {
            (false, false) => socket.recv_from_with_flags(room, sys::DONT_WAIT),
            (false, true) => socket.recv_from_with_flags(room, sys::PEEK),
            (true, false) => self.receive_outside(socket, room),
            (true, true) => self.peek_outside(socket, room),
        }
    }

    /// What may not be heard is taken out of the way.
    fn peek_outside(&self, socket: &socket2::Socket, room: &mut [MaybeUninit<u8>]) -> io::Result<(usize, SockAddr)> {
        if let Some((bytes, from)) = self.relocation.early.lock().front() {
            let n = bytes.len().min(room.len());
            room[..n].write_copy_of_slice(&bytes[..n]);
            return Ok((n, (*from).into()));
        }
        let (n, from) = socket.recv_from_with_flags(room, sys::PEEK)?;
        if from.as_socket().is_none_or(|from| self.relocation.may_hear(unmapped(from))) {
            return Ok((n, from));
        }
        let _ = socket.recv_from_with_flags(room, sys::DONT_WAIT);
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn receive_outside(&self, socket: &socket2::Socket, room: &mut [MaybeUninit<u8>]) -> io::Result<(usize, SockAddr)> {
        if let Some((bytes, from)) = self.relocation.take_early() {
            let n = bytes.len().min(room.len());
            room[..n].write_copy_of_slice(&bytes[..n]);
            return Ok((n, from.into()));
        }
        let (n, from) = socket.recv_from_with_flags(room, sys::DONT_WAIT)?;
        let may_hear = from.as_socket().is_none_or(|from| self.relocation.may_hear(unmapped(from)));
        if may_hear { Ok((n, from)) } else { Err(io::ErrorKind::WouldBlock.into()) }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]
mod tests {
    use super::*;
    use crate::errno;
    use crate::nat::DEFAULT_ADDRESS;
    use crate::poller::{Poller, READ};
    use crate::socket::kind::Family;
    use crate::socket::options::{Opt, number};
    use crate::stack::{Stack, StackOptions};
    use quecpy_time::Deadline;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    /// An address outside, to which nothing is sent (RFC 5737).
    const OUTSIDE: &str = "203.0.113.9:9";
    /// An address that no computer has as its own.
    const NOBODYS: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1));
    const LONG: Duration = Duration::from_secs(60);

    fn datagram(stack: &Arc<Stack>) -> Arc<Socket> {
        Arc::new(Socket::new(stack, Family::V4, Kind::Datagram, 0).expect("a socket"))
    }

    /// A datagram socket at the module's address, and the address of the host behind it.
    fn bound(stack: &Arc<Stack>) -> (Arc<Socket>, SocketAddr) {
        let socket = datagram(stack);
        socket.bind(SocketAddr::from((DEFAULT_ADDRESS, 0))).expect("bound");
        let at = socket.local_address().expect("open");
        (socket, at)
    }

    fn leave(socket: &Socket) {
        socket.destination(OUTSIDE.parse().expect("an address")).expect("it moves");
        assert!(socket.local_address().expect("open").ip().is_unspecified());
    }

    fn send(stack: &Arc<Stack>, bytes: &[u8], to: SocketAddr) {
        let sender = datagram(stack);
        let to = sender.destination(to).expect("open");
        assert_eq!(sender.send_to(bytes, &to), Ok(bytes.len()));
    }

    /// Runs `wait` in a thread while `act` runs.
    fn beside<R: Send>(wait: impl FnOnce() -> R + Send, act: impl FnOnce()) -> R {
        std::thread::scope(|scope| {
            let waiting = scope.spawn(wait);
            std::thread::sleep(Duration::from_millis(20));
            act();
            waiting.join().expect("it does not panic")
        })
    }

    #[test]
    fn another_threads_call_goes_on_with_the_new_descriptor() {
        for timeout in [None, Some(LONG)] {
            let stack = Stack::new(StackOptions::default());
            let (socket, at) = bound(&stack);
            socket.set_timeout(timeout).expect("open");
            let act = || {
                leave(&socket);
                assert_eq!(socket.local_address().expect("open").port(), at.port());
                send(&stack, b"after", at);
            };
            let heard = beside(|| socket.recv_from(10), act);
            assert_eq!(heard.expect("a datagram").0, b"after");
        }
    }

    #[test]
    fn every_kind_of_waiting_goes_on() {
        let stack = Stack::new(StackOptions::default());
        type Wait = fn(&Socket) -> Result<Vec<u8>>;
        let waits: [Wait; 4] = [
            |s| s.recv(10),
            |s| s.readline(10).map(Option::unwrap_or_default),
            |s| s.read(6).map(Option::unwrap_or_default),
            |s| s.wait(crate::wait::Interest::Read, Deadline::NEVER).map(|()| b"after\n".to_vec()),
        ];
        for wait in waits {
            let (socket, at) = bound(&stack);
            let act = || {
                leave(&socket);
                send(&stack, b"after\n", at);
            };
            assert_eq!(beside(|| wait(&socket), act), Ok(b"after\n".to_vec()));
        }
    }

    #[test]
    fn a_timeout_does_not_begin_anew() {
        let stack = Stack::new(StackOptions::default());
        let (socket, _) = bound(&stack);
        socket.set_timeout(Some(Duration::from_millis(300))).expect("open");
        let begin = Instant::now();
        let act = || {
            std::thread::sleep(Duration::from_millis(180));
            leave(&socket);
        };
        assert_eq!(beside(|| socket.recv_from(10), act), Err(Error::TIMED_OUT));
        assert!(begin.elapsed() < Duration::from_millis(450), "{:?}", begin.elapsed());
    }

    #[test]
    fn close_and_move_at_once_end_every_call() {
        for _ in 0..200 {
            let stack = Stack::new(StackOptions::default());
            let (socket, _) = bound(&stack);
            std::thread::scope(|scope| {
                let waiting = scope.spawn(|| socket.recv_from(10));
                scope.spawn(|| socket.destination(OUTSIDE.parse().expect("an address")).map(drop));
                scope.spawn(|| socket.close());
                assert_eq!(waiting.join().expect("it does not panic"), Err(Error::CLOSED));
            });
            assert_eq!(socket.fileno(), -1);
        }
    }

    #[test]
    fn no_call_of_another_thread_fails_in_between() {
        let stack = Stack::new(StackOptions::default());
        for _ in 0..100 {
            let (socket, at) = bound(&stack);
            socket.set_timeout(Some(LONG)).expect("open");
            std::thread::scope(|scope| {
                let reader = scope.spawn(|| {
                    for _ in 0..20 {
                        socket.recv_from(10).expect("a datagram");
                        socket.local_address().expect("open");
                        assert_eq!(socket.timeout(), Some(LONG));
                    }
                });
                for i in 0..20 {
                    send(&stack, b"x", at);
                    if i == 10 {
                        leave(&socket);
                    }
                }
                reader.join().expect("it does not panic");
            });
        }
    }

    #[test]
    fn what_had_come_before_is_read_after() {
        let stack = Stack::new(StackOptions::default());
        let (socket, at) = bound(&stack);
        let poller = Poller::new(&stack).expect("a poller");
        poller.register(7, &socket, READ).expect("open");
        for text in [b"one", b"two"] {
            send(&stack, text, at);
        }
        leave(&socket);
        send(&stack, b"six", at);
        for text in [b"one", b"two", b"six"] {
            assert_eq!(poller.wait(Deadline::after(Some(LONG), stack.time())), Ok(vec![(7, READ)]));
            let (bytes, from) = socket.recv_from(10).expect("a datagram");
            assert_eq!((bytes.as_slice(), from.ip().is_loopback()), (&text[..], true));
        }
        assert_eq!(poller.wait(Deadline::after(Some(Duration::ZERO), stack.time())), Ok(Vec::new()));
    }

    #[test]
    fn a_poller_that_waits_follows() {
        let stack = Stack::new(StackOptions::default());
        let (socket, at) = bound(&stack);
        let poller = Poller::new(&stack).expect("a poller");
        poller.register(7, &socket, READ).expect("open");
        let act = || {
            leave(&socket);
            send(&stack, b"after", at);
        };
        assert_eq!(beside(|| poller.wait(Deadline::after(Some(LONG), stack.time())), act), Ok(vec![(7, READ)]));
    }

    #[test]
    fn options_and_the_modules_own_address_stay() {
        let stack = Stack::new(StackOptions::default());
        let (socket, at) = bound(&stack);
        socket.set_option(number::SOL_SOCKET, number::SO_KEEPALIVE, Opt::Int(1)).expect("known");
        socket.set_timeout(Some(Duration::ZERO)).expect("open");
        leave(&socket);
        let handle = socket.handle().expect("open");
        assert!(handle.keepalive().expect("told"));
        assert!(!handle.reuse_address().expect("told"));
        assert_eq!(socket.recv(1), Err(Error::WOULD_BLOCK));
        send(&stack, b"mine", SocketAddr::from((DEFAULT_ADDRESS, at.port())));
        socket.set_timeout(None).expect("open");
        assert_eq!(socket.recv(10), Ok(b"mine".to_vec()));
    }

    #[test]
    fn a_socket_that_cannot_move_stays_what_it_was() {
        let stack = Stack::new(StackOptions::default());
        let (socket, at) = bound(&stack);
        let act = || {
            let refused = socket.leave_loopback_to(NOBODYS);
            assert_eq!(refused, Err(Error::Errno(errno::EADDRNOTAVAIL)));
            assert_eq!(socket.local_address(), Ok(at));
            send(&stack, b"still", at);
        };
        let heard = beside(|| socket.recv_from(10), act);
        assert_eq!(heard.expect("a datagram").0, b"still");
        assert!(!socket.relocation.is_outside());
        leave(&socket);
    }

    #[test]
    fn a_port_that_is_taken_outside_is_exchanged() {
        let stack = Stack::new(StackOptions::default());
        let (socket, at) = bound(&stack);
        let other = datagram(&stack);
        // Another address of the same port, which every interface would include.
        if other.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, 2), at.port()))).is_err() {
            return; // this host has one loopback address
        }
        leave(&socket);
        let now = socket.local_address().expect("open");
        assert_ne!(now.port(), at.port());
        send(&stack, b"mine", SocketAddr::from((DEFAULT_ADDRESS, at.port())));
        assert_eq!(socket.recv(10), Ok(b"mine".to_vec()));
    }
}
