//! Linux only: the kernel's own TCP state and send queue.

use super::tcp_state::TcpState;
use std::mem::size_of;
use std::os::fd::{AsFd, AsRawFd};

/// Linux applies SO_RCVTIMEO to accept as well (socket(7)).
pub const ACCEPT_HONOURS_TIMEOUT: bool = true;

/// The kernel's state of a TCP socket, from TCP_INFO (tcp(7)); `None` where the socket is not TCP.
pub fn tcp_state(socket: &impl AsFd) -> Option<TcpState> {
    let fd = socket.as_fd().as_raw_fd();
    // tcpi_state is the first byte of struct tcp_info; the kernel copies as much as it is given room for.
    let mut state = [0u8; 8];
    let mut length = size_of::<[u8; 8]>() as libc::socklen_t;
    // SAFETY: the pointers are to locals of the stated length, the descriptor is borrowed and open.
    let r = unsafe { libc::getsockopt(fd, libc::IPPROTO_TCP, libc::TCP_INFO, state.as_mut_ptr().cast(), &mut length) };
    if r != 0 {
        return None;
    }
    // Numbers of include/net/tcp_states.h.
    Some(match state[0] {
        1 => TcpState::Established,
        2 => TcpState::SynSent,
        3 | 12 => TcpState::SynReceived,
        4 => TcpState::FinWait1,
        5 => TcpState::FinWait2,
        6 => TcpState::TimeWait,
        8 => TcpState::CloseWait,
        9 => TcpState::LastAck,
        10 => TcpState::Listen,
        11 => TcpState::Closing,
        _ => TcpState::Closed,
    })
}

/// Bytes in the send queue that the peer has not acknowledged: SIOCOUTQ (tcp(7)).
pub fn unacknowledged(socket: &impl AsFd) -> Option<u64> {
    let mut queued: libc::c_int = 0;
    // SAFETY: SIOCOUTQ (the same number as TIOCOUTQ) writes one int through the pointer.
    let r = unsafe { libc::ioctl(socket.as_fd().as_raw_fd(), libc::TIOCOUTQ, &mut queued) };
    if r == 0 { u64::try_from(queued).ok() } else { None }
}
