//! Addresses as a socket has them.

use super::kind::Family;
use crate::errno;
use crate::error::{Error, Result};
use socket2::SockAddr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

pub(crate) fn socket_address(address: &SockAddr) -> Result<SocketAddr> {
    address.as_socket().ok_or(Error::Errno(errno::EAFNOSUPPORT))
}

/// An IPv4 peer of an IPv6 socket, shown as IPv4.
pub(crate) fn unmapped(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

pub(crate) fn unspecified(family: Family) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

pub(crate) fn unspecified_like(ip: IpAddr) -> IpAddr {
    unspecified(if ip.is_ipv4() { Family::V4 } else { Family::V6 })
}
