//! Address families and kinds of sockets, by lwIP's numbers.

use socket2::{Domain, Type};

/// Address families, by lwIP's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// IPv4, `AF_INET`.
    V4 = 2,
    /// IPv6, `AF_INET6`.
    V6 = 10,
}

/// Socket types, by lwIP's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// TCP, `SOCK_STREAM`.
    Stream = 1,
    /// UDP, `SOCK_DGRAM`.
    Datagram = 2,
    /// `SOCK_RAW`.
    Raw = 3,
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
