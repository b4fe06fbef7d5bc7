//! The state of a socket as scripts see it.

use quecpy_net::Socket;

/// The number of a socket's TCP state, -1 where it has none.
pub(crate) fn state_number(socket: &Socket) -> i32 {
    socket.tcp_state().map_or(-1, |state| state as i32)
}
