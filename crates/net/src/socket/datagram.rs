//! Datagrams: sendto and recvfrom, with the addresses a script knows.

use super::address::{socket_address, unmapped};
use super::kind::Kind;
use super::socket::Socket;
use crate::error::{Error, Result};
use crate::upstream::Route;
use crate::wait::Interest;
use crate::{errno, sys};
use std::mem::MaybeUninit;
use std::net::SocketAddr;

/// The largest datagram that IPv4 carries.
pub(crate) const LARGEST: usize = 65_535;
/// Up to here a datagram goes over the stack into a vector of its exact size.
const SMALL: usize = 4096;

/// Where a datagram for some address really goes; worth keeping while `Destination::current`.
#[derive(Debug, Clone)]
pub struct Destination {
    target: Option<socket2::SockAddr>,
    generation: u64,
}

impl Socket {
    /// Prepares sending to `address` as the script names it.
    ///
    /// # Errors
    /// `CLOSED`; those of moving a socket off loopback.
    pub fn destination(&self, address: SocketAddr) -> Result<Destination> {
        let generation = self.stack.nat.generation();
        let target = match self.stack.route(self.transport(), address) {
            // Nobody is there: a datagram is lost, as in any network.
            Route::Refuse => None,
            Route::Offline => return Err(Error::Errno(errno::EHOSTUNREACH)),
            Route::To(real) => {
                self.leave_loopback_for(real)?;
                self.relocation.speaks_to(real);
                self.speaks_with(address);
                if real != address {
                    self.remember_alias(real, address);
                }
                Some(self.host_address(real).into())
            }
        };
        Ok(Destination { target, generation })
    }

    /// Whether a prepared destination still holds.
    #[must_use]
    pub fn is_current(&self, destination: &Destination) -> bool {
        destination.generation == self.stack.nat.generation()
    }

    /// Sends one datagram.
    ///
    /// # Errors
    /// EMSGSIZE; as every wait.
    pub fn send_to(&self, bytes: &[u8], to: &Destination) -> Result<usize> {
        match &to.target {
            None => self.handle().map(|_| bytes.len()),
            Some(target) => self.io(Interest::Write, |s| s.send_to_with_flags(bytes, target, sys::SEND_FLAGS)),
        }
    }

    /// Receives one datagram (or, of a stream, what recv gives) and its sender as the script knows it.
    ///
    /// # Errors
    /// As every wait.
    pub fn recv_from(&self, max: usize) -> Result<(Vec<u8>, SocketAddr)> {
        if self.kind() == Kind::Stream {
            let bytes = self.recv(max)?;
            return Ok((bytes, self.shown_peer()?));
        }
        let (bytes, from) = self.recv_datagram(max)?;
        Ok((bytes, self.shown(from)))
    }

    fn recv_datagram(&self, max: usize) -> Result<(Vec<u8>, SocketAddr)> {
        if max <= SMALL {
            let mut room = [MaybeUninit::<u8>::uninit(); SMALL];
            let (n, from) = self.io(Interest::Read, |s| self.receive_from(s, &mut room[..max]))?;
            let mut bytes = Vec::new();
            let exact = |to: &mut [MaybeUninit<u8>]| {
                to.copy_from_slice(&room[..n]);
                Ok(n)
            };
            sys::append_received(&mut bytes, n, exact)?;
            return Ok((bytes, unmapped(socket_address(&from)?)));
        }
        let max = max.min(LARGEST);
        let mut bytes = Vec::new();
        let from = self.io(Interest::Read, |s| {
            let mut from = None;
            sys::append_received(&mut bytes, max, |room| {
                let (n, sender) = self.receive_from(s, room)?;
                from = Some(sender);
                Ok(n)
            })?;
            Ok(from)
        })?;
        let from = from.ok_or(Error::Errno(errno::EIO))?;
        bytes.shrink_to(bytes.len().max(SMALL));
        Ok((bytes, unmapped(socket_address(&from)?)))
    }

    /// A peer's address as the script knows it.
    pub(crate) fn shown(&self, real: SocketAddr) -> SocketAddr {
        let alias = self.aliases.lock().iter().find(|(r, _)| *r == real).map(|(_, shown)| *shown);
        alias.unwrap_or_else(|| self.stack.nat.outward(self.transport(), real))
    }
}
