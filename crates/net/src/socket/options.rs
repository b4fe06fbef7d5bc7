//! Socket options by lwIP's numbers, which a script uses on every host.

use crate::errno;
use crate::error::{Error, Result};
use socket2::TcpKeepalive;
use std::net::Ipv4Addr;
use std::time::Duration;

/// lwIP's numbers (`lwip/sockets.h`) and Quectel's own (the module contract, usocket, Constants).
pub mod number {
    /// The level of sockets.
    pub const SOL_SOCKET: i32 = 0xfff;
    /// The level of IP.
    pub const IPPROTO_IP: i32 = 0;
    /// The level of TCP.
    pub const IPPROTO_TCP: i32 = 6;
    /// Bind an address that is in use.
    pub const SO_REUSEADDR: i32 = 4;
    /// Probe an idle connection.
    pub const SO_KEEPALIVE: i32 = 8;
    /// Send to broadcast addresses.
    pub const SO_BROADCAST: i32 = 0x20;
    /// What `close` does with unsent data.
    pub const SO_LINGER: i32 = 0x80;
    /// Bytes of the buffer for sending.
    pub const SO_SNDBUF: i32 = 0x1001;
    /// Bytes of the buffer for receiving.
    pub const SO_RCVBUF: i32 = 0x1002;
    /// Milliseconds that sending may take.
    pub const SO_SNDTIMEO: i32 = 0x1005;
    /// Milliseconds that receiving may take.
    pub const SO_RCVTIMEO: i32 = 0x1006;
    /// Whether it listens; Quectel's firmware: on which port.
    pub const SO_ACCEPTCONN: i32 = 2;
    /// Send small segments at once.
    pub const TCP_NODELAY: i32 = 1;
    /// Milliseconds of idleness before a probe.
    pub const TCP_KEEPALIVE: i32 = 2;
    /// Join a multicast group.
    pub const IP_ADD_MEMBERSHIP: i32 = 0x400;
    /// Leave a multicast group.
    pub const IP_DROP_MEMBERSHIP: i32 = 0x401;
    /// A callable to call when the socket becomes readable.
    pub const SO_CALLBACK: i32 = 20;
}

/// Unit of TCP_KEEPALIVE's value, interval and count of the probes (the module contract, usocket, setsockopt).
const KEEPALIVE_UNIT: Duration = Duration::from_secs(60);
const KEEPALIVE_RANGE: std::ops::RangeInclusive<i64> = 1..=120;
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(25);
const KEEPALIVE_COUNT: u32 = 3;

/// An option's value as a script gives it.
#[derive(Debug, Clone, Copy)]
pub enum Opt<'a> {
    /// A number.
    Int(i64),
    /// A structure.
    Bytes(&'a [u8]),
}

impl Opt<'_> {
    fn int(self) -> Result<i64> {
        match self {
            Self::Int(value) => Ok(value),
            Self::Bytes(b) if b.len() == 4 => Ok(i64::from(i32::from_ne_bytes([b[0], b[1], b[2], b[3]]))),
            Self::Bytes(_) => Err(Error::INVALID),
        }
    }

    fn size(self) -> Result<usize> {
        usize::try_from(self.int()?).map_err(|_| Error::INVALID)
    }

    /// Milliseconds, as lwIP's integer form of SO_RCVTIMEO; 0 is no timeout.
    pub(super) fn timeout(self) -> Result<Option<Duration>> {
        let ms = u64::try_from(self.int()?).map_err(|_| Error::INVALID)?;
        Ok((ms > 0).then(|| Duration::from_millis(ms)))
    }

    /// Seconds: an int, or `struct linger`, which is off or on and has the seconds behind it, each four bytes.
    fn linger(self) -> Result<Option<i64>> {
        match self {
            Self::Bytes([a, b, c, d, rest @ ..]) if rest.len() == 4 => match i32::from_ne_bytes([*a, *b, *c, *d]) {
                0 => Ok(None),
                _ => Self::Bytes(rest).int().map(Some),
            },
            value => value.int().map(Some),
        }
    }

    /// `struct ip_mreq`: group, then interface, each four bytes.
    fn membership(self) -> Result<(Ipv4Addr, Ipv4Addr)> {
        match self {
            Self::Bytes(&[a, b, c, d, e, f, g, h]) => Ok((Ipv4Addr::new(a, b, c, d), Ipv4Addr::new(e, f, g, h))),
            _ => Err(Error::INVALID),
        }
    }
}

/// An option that was set.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    level: i32,
    option: i32,
    value: Value,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Int(i64),
    Bytes(Vec<u8>),
}

impl Setting {
    pub fn new(level: i32, option: i32, value: Opt<'_>) -> Self {
        let value = match value {
            Opt::Int(int) => Value::Int(int),
            Opt::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        };
        Self { level, option, value }
    }

    /// Whether setting `other` leaves nothing of this one.
    pub fn is_superseded_by(&self, other: &Self) -> bool {
        let same = (self.level, self.option) == (other.level, other.option);
        // A socket may be a member of several groups.
        same && (self.level != number::IPPROTO_IP || self.value == other.value)
    }

    /// Sets it on another descriptor.
    pub fn apply(&self, socket: &socket2::Socket) -> Result<bool> {
        let value = match &self.value {
            Value::Int(int) => Opt::Int(*int),
            Value::Bytes(bytes) => Opt::Bytes(bytes),
        };
        apply(socket, self.level, self.option, value)
    }
}

pub(super) fn apply(socket: &socket2::Socket, level: i32, option: i32, value: Opt<'_>) -> Result<bool> {
    use number as n;
    match (level, option) {
        // On Windows SO_REUSEADDR would let two sockets share a port; leaving it off there has Unix's effect.
        (n::SOL_SOCKET, n::SO_REUSEADDR) if cfg!(windows) => {}
        (n::SOL_SOCKET, n::SO_REUSEADDR) => socket.set_reuse_address(value.int()? != 0)?,
        (n::SOL_SOCKET, n::SO_KEEPALIVE) => socket.set_keepalive(value.int()? != 0)?,
        (n::SOL_SOCKET, n::SO_BROADCAST) => socket.set_broadcast(value.int()? != 0)?,
        (n::SOL_SOCKET, n::SO_LINGER) => {
            // Zero breaks the connection off at close. Any other time is spent in the background: a close that waits
            // in the kernel could not be ended.
            socket.set_linger((value.linger()? == Some(0)).then_some(Duration::ZERO))?;
        }
        (n::SOL_SOCKET, n::SO_SNDBUF) => socket.set_send_buffer_size(value.size()?)?,
        (n::SOL_SOCKET, n::SO_RCVBUF) => socket.set_recv_buffer_size(value.size()?)?,
        // Quectel's example sets it at SOL_SOCKET, others at the protocol's level: the firmware takes both.
        (n::SOL_SOCKET | n::IPPROTO_TCP, n::TCP_KEEPALIVE) => keep_alive(socket, value.int()?)?,
        (n::IPPROTO_TCP, n::TCP_NODELAY) => socket.set_tcp_nodelay(value.int()? != 0)?,
        (n::IPPROTO_IP, n::IP_ADD_MEMBERSHIP) => {
            let (group, interface) = value.membership()?;
            socket.join_multicast_v4(&group, &interface)?;
        }
        (n::IPPROTO_IP, n::IP_DROP_MEMBERSHIP) => {
            let (group, interface) = value.membership()?;
            socket.leave_multicast_v4(&group, &interface)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn keep_alive(socket: &socket2::Socket, minutes: i64) -> Result<()> {
    // Datagrams have nothing to keep alive: the firmware does not even look at the value.
    if socket.r#type()? != socket2::Type::STREAM {
        return Ok(());
    }
    if !KEEPALIVE_RANGE.contains(&minutes) {
        return Err(Error::Errno(errno::EINVAL));
    }
    let idle = KEEPALIVE_UNIT * u32::try_from(minutes).map_err(|_| Error::INVALID)?;
    let probes = TcpKeepalive::new().with_time(idle).with_interval(KEEPALIVE_INTERVAL).with_retries(KEEPALIVE_COUNT);
    socket.set_tcp_keepalive(&probes)?;
    Ok(())
}
