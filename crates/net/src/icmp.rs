//! Echo requests (ping). The module's own addresses answer at once; in the lab the UDP echo service at the same address
//! answers instead, so that what is measured is a real round trip; others are asked by ICMP, where the host lets us.

use crate::errno;
use crate::error::{Error, Result};
use crate::socket::{Family, Kind, Phase, Socket};
use crate::stack::Stack;
use socket2::{Domain, Protocol, Type};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// RFC 792.
const ECHO_REPLY: u8 = 0;
const ECHO_REQUEST: u8 = 8;
const HEADER: usize = 8;
/// Where an IPv4 header tells its time to live (RFC 791 3.1).
const TTL_AT: usize = 8;
/// Shown where the host does not tell: what most systems send with.
const USUAL_TTL: u8 = 64;
/// The port of UDP echo (RFC 862).
const ECHO_PORT: u16 = 7;
/// An IPv4 header with all options, the ICMP header and the largest payload.
const LARGEST: usize = 65_535;

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pong {
    /// The time to live that it came with.
    pub ttl: u8,
    /// From the request to the reply.
    pub time: Duration,
}

#[derive(Debug)]
enum Way {
    /// Nobody needs to be asked.
    Here,
    /// The lab's echo service.
    Lab(Socket),
    Icmp {
        socket: Socket,
        /// Whether replies of others come too, each with its IPv4 header.
        raw: bool,
    },
}

/// Sends echo requests to one address.
#[derive(Debug)]
pub struct Pinger {
    way: Way,
    to: Ipv4Addr,
    id: u16,
    stack: Arc<Stack>,
}

impl Pinger {
    /// # Errors
    /// EPERM when the host lets this user send no echo requests; those of making a socket.
    pub fn new(stack: &Arc<Stack>, to: Ipv4Addr) -> Result<Self> {
        let way = if to.is_loopback() || stack.nat.is_own(IpAddr::V4(to)) {
            Way::Here
        } else if stack.upstream.is_some() {
            Way::Lab(Socket::new(stack, Family::V4, Kind::Datagram, 0)?)
        } else {
            icmp(stack)?
        };
        // Tells pingers of one host apart; replies carry it back.
        let id = (std::process::id() as u16).wrapping_add(stack.waiters.new_socket() as u16);
        Ok(Self { way, to, id, stack: stack.clone() })
    }

    /// Sends one request with `payload` bytes behind its header and waits for the answer; `None` when none comes in
    /// time.
    ///
    /// # Errors
    /// EHOSTUNREACH and the like; as every wait.
    pub fn echo(&self, sequence: u16, payload: usize, patience: Duration) -> Result<Option<Pong>> {
        let begin = self.stack.time().now();
        let elapsed = || self.stack.time().now().saturating_sub(begin);
        let packet = request(self.id, sequence, payload);
        let (socket, port, raw) = match &self.way {
            Way::Here => return Ok(Some(Pong { ttl: USUAL_TTL, time: elapsed() })),
            Way::Lab(socket) => (socket, ECHO_PORT, false),
            Way::Icmp { socket, raw } => (socket, 0, *raw),
        };
        let to = socket.destination(SocketAddr::from((self.to, port)))?;
        socket.send_to(&packet, &to)?;
        loop {
            let left = patience.saturating_sub(elapsed());
            // Zero would not wait at all, and say so with another error.
            socket.set_timeout(Some(left.max(Duration::from_millis(1))))?;
            let (reply, _) = match socket.recv_from(LARGEST) {
                Err(Error::TIMED_OUT) => return Ok(None),
                reply => reply?,
            };
            let answered = match &self.way {
                Way::Icmp { .. } => reply_to(&reply, raw.then_some(self.id), sequence),
                _ => (reply == packet).then_some(USUAL_TTL),
            };
            if let Some(ttl) = answered {
                return Ok(Some(Pong { ttl, time: elapsed() }));
            }
            if elapsed() >= patience {
                return Ok(None);
            }
        }
    }

    /// The network that it goes out by.
    #[must_use]
    pub fn stack(&self) -> &Arc<Stack> {
        &self.stack
    }
}

/// The socket of an ordinary user, else the one that needs a right.
fn icmp(stack: &Arc<Stack>) -> Result<Way> {
    for (kind, raw) in [(Type::DGRAM, false), (Type::RAW, true)] {
        if let Ok(handle) = socket2::Socket::new(Domain::IPV4, kind, Some(Protocol::ICMPV4)) {
            let socket = Socket::adopt(stack.clone(), handle, Family::V4, Kind::Datagram, 0, Phase::Fresh)?;
            return Ok(Way::Icmp { socket, raw });
        }
    }
    stack.notice(
        "ping: this computer lets no program of yours send ICMP echo requests; on Linux, sysctl \
         net.ipv4.ping_group_range says who may",
    );
    Err(Error::Errno(errno::EPERM))
}

fn request(id: u16, sequence: u16, payload: usize) -> Vec<u8> {
    let mut packet = vec![ECHO_REQUEST, 0, 0, 0];
    packet.extend(id.to_be_bytes());
    packet.extend(sequence.to_be_bytes());
    packet.resize(HEADER + payload, b'Q');
    let sum = checksum(&packet);
    packet[2..4].copy_from_slice(&sum.to_be_bytes());
    packet
}

/// RFC 1071.
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |b| u32::from(*b)));
    let mut sum = words.fold(0_u32, u32::wrapping_add);
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// The time to live of the reply to this request; `None` for any other packet. The kernel of an ordinary user's socket
/// has looked at the identifier itself, which it had replaced.
fn reply_to(packet: &[u8], id: Option<u16>, sequence: u16) -> Option<u8> {
    // Some hosts put the IPv4 header in front for either kind of socket.
    let (ttl, message) = match packet.first()? {
        first if first >> 4 == 4 => (*packet.get(TTL_AT)?, packet.get(usize::from(first & 15) * 4..)?),
        _ => (USUAL_TTL, packet),
    };
    let word = |at: usize| message.get(at..)?.first_chunk().copied().map(u16::from_be_bytes);
    let ours = message.first() == Some(&ECHO_REPLY) && id.is_none_or(|id| word(4) == Some(id));
    (ours && word(6) == Some(sequence)).then_some(ttl)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nat::DEFAULT_ADDRESS;
    use crate::stack::StackOptions;

    #[test]
    fn the_sum_over_a_packet_with_its_checksum_is_zero() {
        for payload in [0, 1, 63, 64] {
            assert_eq!(checksum(&request(7, 9, payload)), 0, "{payload}");
        }
    }

    #[test]
    fn replies_are_told_apart() {
        let mut reply = request(7, 9, 4);
        reply[0] = ECHO_REPLY;
        assert_eq!(reply_to(&reply, None, 9), Some(USUAL_TTL));
        assert_eq!(reply_to(&reply, Some(7), 9), Some(USUAL_TTL));
        assert_eq!(reply_to(&reply, Some(8), 9), None);
        assert_eq!(reply_to(&reply, None, 10), None);
        assert_eq!(reply_to(&request(7, 9, 4), None, 9), None, "a request");
        let mut with_header = vec![0x45; 20];
        with_header[TTL_AT] = 53;
        with_header.extend(&reply);
        assert_eq!(reply_to(&with_header, Some(7), 9), Some(53));
        for length in 0..8 {
            assert_eq!(reply_to(&reply[..length], None, 9), None);
        }
    }

    #[test]
    fn the_module_answers_itself() {
        let stack = Stack::new(StackOptions::default());
        for to in [Ipv4Addr::LOCALHOST, DEFAULT_ADDRESS] {
            let pinger = Pinger::new(&stack, to).expect("no socket is needed");
            let pong = pinger.echo(1, 64, Duration::from_secs(1)).expect("an answer");
            assert_eq!(pong.map(|p| p.ttl), Some(USUAL_TTL));
        }
    }
}
