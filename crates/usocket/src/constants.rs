//! The constants of the module: lwIP's numbers, whatever the host's are.

use quecpy_net::number as n;

/// Names and values in the order of the documentation.
pub const CONSTANTS: [(&str, i32); 26] = [
    ("AF_INET", 2),
    ("AF_INET6", 10),
    ("SOCK_STREAM", 1),
    ("SOCK_DGRAM", 2),
    ("SOCK_RAW", 3),
    ("IPPROTO_IP", n::IPPROTO_IP),
    ("IPPROTO_TCP", n::IPPROTO_TCP),
    ("IPPROTO_UDP", 17),
    // Quectel's own: a TCP server, and a client that binds its own address.
    ("IPPROTO_TCP_SER", TCP_SERVER),
    ("TCP_CUSTOMIZE_PORT", TCP_CUSTOMIZE_PORT),
    ("SOL_SOCKET", n::SOL_SOCKET),
    ("SO_REUSEADDR", n::SO_REUSEADDR),
    ("TCP_KEEPALIVE", n::TCP_KEEPALIVE),
    ("IP_ADD_MEMBERSHIP", n::IP_ADD_MEMBERSHIP),
    // For MicroPython clients.
    ("IP_DROP_MEMBERSHIP", n::IP_DROP_MEMBERSHIP),
    ("SO_KEEPALIVE", n::SO_KEEPALIVE),
    ("SO_BROADCAST", n::SO_BROADCAST),
    ("SO_LINGER", n::SO_LINGER),
    ("SO_SNDBUF", n::SO_SNDBUF),
    ("SO_RCVBUF", n::SO_RCVBUF),
    ("SO_SNDTIMEO", n::SO_SNDTIMEO),
    ("SO_RCVTIMEO", n::SO_RCVTIMEO),
    ("TCP_NODELAY", n::TCP_NODELAY),
    ("MSG_PEEK", MSG_PEEK),
    ("MSG_DONTWAIT", MSG_DONTWAIT),
    ("SO_ACCEPTCONN", n::SO_ACCEPTCONN),
];

pub const TCP_SERVER: i32 = 7;
pub const TCP_CUSTOMIZE_PORT: i32 = 8;

pub const MSG_PEEK: i32 = 1;
pub const MSG_DONTWAIT: i32 = 8;
