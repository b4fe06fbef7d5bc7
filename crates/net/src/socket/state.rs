//! States of a socket: lwIP's TCP states, which `getsocketsta()` returns, and the engine's own record of what a
//! script has done with a socket.

use super::kind::Kind;
use super::phase::Phase;
use super::socket::Socket;
use crate::sys::{self, TcpState};
use std::io;
use std::mem::MaybeUninit;
use std::time::Duration;

impl Socket {
    /// lwIP's TCP state; `None` after close.
    #[must_use]
    pub fn tcp_state(&self) -> Option<TcpState> {
        let handle = self.handle().ok()?;
        if self.kind() != Kind::Stream {
            return Some(TcpState::Closed);
        }
        Some(sys::tcp_state(&**handle).unwrap_or_else(|| self.portable_state(&handle)))
    }

    /// The state where the kernel cannot be asked for it: from what was done with the socket and what can be seen without
    /// waiting. Differs from the kernel's in one thing: an end of the stream is not seen before the bytes in front of it
    /// have been read.
    fn portable_state(&self, socket: &socket2::Socket) -> TcpState {
        let phase = self.record.lock().phase;
        let has_peer = || socket.peer_addr().is_ok();
        match phase {
            Phase::Fresh | Phase::Bound => TcpState::Closed,
            Phase::Listening => TcpState::Listen,
            // What fails becomes writable too, but has no peer.
            Phase::Connecting if !has_peer() => match sys::wait_ready(socket, true, Some(Duration::ZERO)) {
                Ok(true) => TcpState::Closed,
                _ => TcpState::SynSent,
            },
            Phase::Connected if !has_peer() => TcpState::Closed,
            Phase::Connecting | Phase::Connected => state_of_connection(socket),
        }
    }
}

/// Looks at what has come, whatever the timeout of the socket. Other threads' calls do not notice.
fn state_of_connection(socket: &socket2::Socket) -> TcpState {
    match socket.recv_with_flags(&mut [MaybeUninit::uninit(); 1], sys::PEEK) {
        Ok(0) => TcpState::CloseWait,
        Ok(_) => TcpState::Established,
        Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => TcpState::Established,
        Err(_) => TcpState::Closed,
    }
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]
mod tests {
    use super::*;
    use crate::socket::kind::Family;
    use crate::stack::{Stack, StackOptions};
    use crate::wait::Interest;
    use quecpy_time::Deadline;
    use std::sync::Arc;

    /// Both ways of asking agree on `wanted`, at the latest soon.
    #[track_caller]
    fn is_soon(socket: &Socket, wanted: TcpState) {
        let handle = socket.handle().expect("open");
        let both = || (socket.tcp_state(), socket.portable_state(&handle));
        for _ in 0..2000 {
            if both() == (Some(wanted), wanted) {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(both(), (Some(wanted), wanted));
    }

    fn stream(stack: &Arc<Stack>) -> Socket {
        Socket::new(stack, Family::V4, Kind::Stream, 0).expect("a socket")
    }

    fn listener(stack: &Arc<Stack>, backlog: i32) -> Socket {
        let server = stream(stack);
        is_soon(&server, TcpState::Closed);
        server.bind("127.0.0.1:0".parse().expect("an address")).expect("bound");
        is_soon(&server, TcpState::Closed);
        server.listen(backlog).expect("listening");
        is_soon(&server, TcpState::Listen);
        server
    }

    fn pair(stack: &Arc<Stack>) -> (Socket, Socket) {
        let server = listener(stack, 1);
        let client = stream(stack);
        client.connect(server.local_address().expect("bound")).expect("connected");
        (server.accept(false).expect("a connection").0, client)
    }

    #[test]
    fn a_peer_that_has_closed_shows_whatever_the_timeout() {
        let stack = Stack::new(StackOptions::default());
        for timeout in [None, Some(Duration::ZERO), Some(Duration::from_secs(60))] {
            let (end, client) = pair(&stack);
            end.set_timeout(timeout).expect("open");
            is_soon(&end, TcpState::Established);
            client.send_all(b"x").expect("sent");
            end.wait(Interest::Read, Deadline::after(Some(Duration::from_secs(60)), end.stack().time())).ok();
            is_soon(&end, TcpState::Established);
            assert_eq!(end.recv(5), Ok(b"x".to_vec()), "nothing was taken");
            client.close();
            is_soon(&end, TcpState::CloseWait);
            assert_eq!(end.recv(5), Ok(Vec::new()));
        }
    }

    #[test]
    fn a_call_that_waits_is_not_disturbed() {
        let stack = Stack::new(StackOptions::default());
        let (end, client) = pair(&stack);
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| (end.recv(5), end.recv(5)));
            for _ in 0..200 {
                is_soon(&end, TcpState::Established);
            }
            client.send_all(b"hello").expect("sent");
            client.close();
            assert_eq!(reader.join().expect("it does not panic"), (Ok(b"hello".to_vec()), Ok(Vec::new())));
        });
        is_soon(&end, TcpState::CloseWait);
    }

    #[test]
    fn a_connection_that_the_peer_broke_off_is_closed() {
        let stack = Stack::new(StackOptions::default());
        let (end, client) = pair(&stack);
        client.handle().expect("open").set_linger(Some(Duration::ZERO)).expect("set");
        client.close();
        is_soon(&end, TcpState::Closed);
    }

    #[test]
    fn connecting() {
        let stack = Stack::new(StackOptions::default());
        let server = listener(&stack, 0);
        let at = server.local_address().expect("bound");
        let connecting = || {
            let client = stream(&stack);
            client.set_timeout(Some(Duration::ZERO)).expect("open");
            client.connect(at).expect_err("it takes its time");
            client
        };
        // The last one waits behind a full queue.
        let clients: Vec<_> = (0..8).map(|_| connecting()).collect();
        is_soon(&clients[0], TcpState::Established);
        is_soon(&clients[7], TcpState::SynSent);
        server.close();
        let refused = connecting();
        is_soon(&refused, TcpState::Closed);
    }
}
