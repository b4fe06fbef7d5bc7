//! Receiving with flags: without taking what has come (MSG_PEEK), without waiting (MSG_DONTWAIT).

use super::address::{socket_address, unmapped};
use super::datagram;
use super::kind::Kind;
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::wait::Interest;
use crate::{errno, sys};
use quecpy_time::Deadline;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// What a receive is asked for beside its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// What is received stays there for the next receive.
    pub peek: bool,
    /// `MSG_DONTWAIT`.
    pub dont_wait: bool,
}

/// The most that one receive with flags gives.
const LARGEST: usize = 1 << 20;

impl Socket {
    /// [`Socket::recv`] with flags.
    ///
    /// # Errors
    /// As [`Socket::recv`]; `WOULD_BLOCK` when it is not to wait.
    pub fn recv_flags(&self, max: usize, flags: Flags) -> Result<Vec<u8>> {
        if flags == Flags::default() {
            return self.recv(max);
        }
        if self.kind() != Kind::Stream {
            return self.datagram(max, flags).map(|(bytes, _)| bytes);
        }
        let max = max.min(LARGEST);
        if flags.peek {
            return self.peek_stream(max, flags.dont_wait);
        }
        let mut room = vec![0; max];
        let n = self.recv_now(&mut room)?;
        room.truncate(n);
        Ok(room)
    }

    /// [`Socket::recv_from`] with flags.
    ///
    /// # Errors
    /// As [`Socket::recv_flags`].
    pub fn recv_from_flags(&self, max: usize, flags: Flags) -> Result<(Vec<u8>, SocketAddr)> {
        if flags == Flags::default() {
            return self.recv_from(max);
        }
        if self.kind() == Kind::Stream {
            let bytes = self.recv_flags(max, flags)?;
            return Ok((bytes, self.shown_peer()?));
        }
        let (bytes, from) = self.datagram(max, flags)?;
        Ok((bytes, self.shown(from)))
    }

    /// What has come is kept in the look-ahead, from which all others read.
    fn peek_stream(&self, max: usize, dont_wait: bool) -> Result<Vec<u8>> {
        let deadline = self.deadline();
        loop {
            let mut ahead = self.ahead.access();
            let mut ended = false;
            while !ended && ahead.waiting().len() < max {
                match self.receive_ahead(&mut ahead)? {
                    Some(0) => ended = true,
                    Some(_) => {}
                    None => break,
                }
            }
            let bytes = ahead.waiting()[..ahead.waiting().len().min(max)].to_vec();
            drop(ahead);
            if !bytes.is_empty() {
                self.watchers.bytes_ahead();
            }
            if ended || max == 0 || !bytes.is_empty() {
                return Ok(bytes);
            }
            self.wait_for_more(dont_wait, deadline)?;
        }
    }

    fn wait_for_more(&self, dont_wait: bool, deadline: Deadline) -> Result<()> {
        if dont_wait || self.timeout() == Some(Duration::ZERO) {
            return Err(Error::WOULD_BLOCK);
        }
        self.wait(Interest::Read, deadline)
    }

    fn datagram(&self, max: usize, flags: Flags) -> Result<(Vec<u8>, SocketAddr)> {
        let mut room = vec![0; max.min(datagram::LARGEST)];
        let deadline = self.deadline();
        loop {
            let handle = self.handle()?;
            match self.receive_from_flags(&handle, sys::as_uninit(&mut room), flags.peek) {
                Ok((n, from)) => {
                    room.truncate(n);
                    return Ok((room, unmapped(socket_address(&from)?)));
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.wait_for_more(flags.dont_wait, deadline)?,
                Err(e) => return Err(self.error_unless_closed(e)),
            }
        }
    }

    /// A connected peer as the script knows it.
    pub(crate) fn shown_peer(&self) -> Result<SocketAddr> {
        let peer = self.handle()?.peer_addr().map_err(|_| Error::Errno(errno::ENOTCONN))?;
        Ok(self.shown(unmapped(socket_address(&peer)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socket::kind::Family;
    use crate::stack::{Stack, StackOptions};
    use std::io::Write;

    const PEEK: Flags = Flags { peek: true, dont_wait: false };
    const NOW: Flags = Flags { peek: false, dont_wait: true };

    #[test]
    fn what_a_stream_showed_is_received_later() {
        let stack = Stack::new(StackOptions::default());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
        let socket = Socket::new(&stack, Family::V4, Kind::Stream, 0).expect("a socket");
        socket.connect(listener.local_addr().expect("bound")).expect("connected");
        let mut peer = listener.accept().expect("a connection").0;
        assert_eq!(socket.recv_flags(4, NOW), Err(Error::WOULD_BLOCK));
        peer.write_all(b"line\nrest").expect("sent");
        assert_eq!(socket.recv_flags(4, PEEK), Ok(b"line".to_vec()));
        assert_eq!(socket.recv_flags(2, PEEK), Ok(b"li".to_vec()));
        assert_eq!(socket.readline(usize::MAX), Ok(Some(b"line\n".to_vec())));
        assert_eq!(socket.recv_flags(4, NOW), Ok(b"rest".to_vec()));
        drop(peer);
        assert_eq!(socket.recv_flags(4, PEEK), Ok(Vec::new()));
        assert_eq!(socket.recv(4), Ok(Vec::new()));
    }

    #[test]
    fn what_a_datagram_socket_showed_is_received_later() {
        let stack = Stack::new(StackOptions::default());
        let socket = Socket::new(&stack, Family::V4, Kind::Datagram, 0).expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("bound");
        assert_eq!(socket.recv_flags(4, Flags { peek: true, dont_wait: true }), Err(Error::WOULD_BLOCK));
        let peer = std::net::UdpSocket::bind("127.0.0.1:0").expect("bound");
        peer.send_to(b"datagram", socket.local_address().expect("bound")).expect("sent");
        let from = peer.local_addr().expect("bound");
        assert_eq!(socket.recv_from_flags(4, PEEK), Ok((b"data".to_vec(), from)));
        assert_eq!(socket.recv_from_flags(64, NOW), Ok((b"datagram".to_vec(), from)));
        assert_eq!(socket.recv_flags(64, NOW), Err(Error::WOULD_BLOCK));
    }
}
