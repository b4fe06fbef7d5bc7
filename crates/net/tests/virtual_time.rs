//! Sockets' timeouts in virtual time.

use quecpy_net::{Error, Family, Kind, Socket, Stack, StackOptions, Time};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// A stack whose time is virtual, and that time.
fn fast() -> (Arc<Stack>, Time) {
    let time = Time::steered();
    time.set_fast(true);
    (Stack::new(StackOptions { time: time.clone(), ..StackOptions::default() }), time)
}

/// An hour, but for what the clock was read meanwhile.
fn is_an_hour(took: Duration) -> bool {
    took >= HOUR && took < HOUR + Duration::from_secs(60)
}

/// Other hosts refuse what does not fit into the backlog.
#[cfg(target_os = "linux")]
#[test]
fn a_connection_that_nobody_answers() {
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    listener.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("bound");
    listener.listen(0).expect("it listens");
    let address = listener.local_addr().expect("bound").as_socket().expect("an address");
    let _full = TcpStream::connect(address).expect("one fits");
    let (stack, time) = fast();
    let socket = Socket::new(&stack, Family::V4, Kind::Stream, 0).expect("a socket");
    socket.set_timeout(Some(HOUR)).expect("open");
    let begin = time.now();
    assert_eq!(socket.connect(address), Err(Error::TIMED_OUT));
    assert!(is_an_hour(time.now() - begin));
}

#[test]
fn a_peer_that_says_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
    let (stack, time) = fast();
    let socket = Socket::new(&stack, Family::V4, Kind::Stream, 0).expect("a socket");
    socket.connect(listener.local_addr().expect("bound")).expect("connected");
    socket.set_timeout(Some(HOUR)).expect("open");
    for _ in 0..3 {
        let begin = time.now();
        assert_eq!(socket.recv(10), Err(Error::TIMED_OUT));
        assert!(is_an_hour(time.now() - begin));
    }
}
