use super::line::MOST;
use super::*;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

fn collecting() -> (Feed, Receiver<Vec<u8>>) {
    let (sender, received) = channel();
    let feed = move |bytes: &[u8]| {
        let _ = sender.send(bytes.to_vec());
        bytes.len()
    };
    (Arc::new(feed), received)
}

#[track_caller]
fn expect(received: &Receiver<Vec<u8>>, expected: &[u8]) {
    let mut all = Vec::new();
    while all.len() < expected.len() {
        all.extend(received.recv_timeout(PATIENCE).unwrap());
    }
    assert_eq!(all, expected);
}

#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn listening(feed: Feed, guard: Guard) -> (Line, SocketAddr) {
    let line = Line::default();
    let address = listen("127.0.0.1:0".parse().unwrap(), &line, feed, guard).unwrap();
    (line, address)
}

#[test]
fn a_client_talks_leaves_and_comes_back() {
    let (feed, received) = collecting();
    let (line, address) = listening(feed, Guard::Browsers);
    for text in [b"first", b"again"] {
        let mut client = TcpStream::connect(address).unwrap();
        client.write_all(text).unwrap();
        expect(&received, text);
        line.send(text);
        let mut back = [0; 5];
        client.read_exact(&mut back).unwrap();
        assert_eq!(&back, text);
    }
}

/// As pyserial sends: without TCP_NODELAY. The first of two pieces is not answered; the second must not wait for that.
#[test]
fn a_client_that_sends_in_small_pieces_is_not_kept_waiting() {
    let line = Line::default();
    let answering = line.clone();
    let feed = move |bytes: &[u8]| {
        if bytes.contains(&b'2') {
            answering.send(b"!");
        }
        bytes.len()
    };
    let address = listen("127.0.0.1:0".parse().unwrap(), &line, Arc::new(feed), Guard::None).unwrap();
    let mut client = TcpStream::connect(address).unwrap();
    let trips = (0..80).map(|_| {
        let begin = Instant::now();
        client.write_all(b"1").unwrap();
        client.write_all(b"2").unwrap();
        client.read_exact(&mut [0]).unwrap();
        begin.elapsed()
    });
    // The first ones are quick in any case. The quickest of the others does not depend on what else the host does.
    let quickest = trips.skip(40).min().unwrap();
    assert!(quickest < Duration::from_millis(20), "{quickest:?}");
}

#[test]
fn a_client_may_speak_telnet() {
    let (feed, received) = collecting();
    let (line, address) = listening(feed, Guard::Browsers);
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"\xff\xfb\x2cdata\xff\xff").unwrap();
    expect(&received, b"data\xff");
    let mut answer = [0; 3];
    client.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"\xff\xfd\x2c");
    line.send(b"\xff\x00");
    client.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"\xff\xff\x00");
    drop(client);
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"plain\xff").unwrap();
    expect(&received, b"plain\xff");
}

#[test]
fn nobody_else_may_reach_it() {
    let (feed, _received) = collecting();
    let refused = listen("0.0.0.0:0".parse().unwrap(), &Line::default(), feed, Guard::None).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::InvalidInput);
}

#[test]
fn a_reader_who_does_not_read_makes_nobody_wait() {
    let (feed, _received) = collecting();
    let (line, address) = listening(feed, Guard::None);
    let client = TcpStream::connect(address).unwrap();
    until("the client is there", || line.has_client());
    for _ in 0..256 {
        line.send(&[0; 1 << 16]);
    }
    assert!(line.0.outgoing.lock().bytes.len() <= MOST);
    assert!(line.is_full());
    drop(client);
    until("it is gone with what it has not read", || !line.has_client() && !line.is_full());
}

#[test]
fn what_was_sent_while_nobody_was_there_is_not_delivered_later() {
    let (feed, received) = collecting();
    let (line, address) = listening(feed, Guard::Browsers);
    line.send(b"to nobody");
    assert_eq!(line.0.outgoing.lock().bytes.len(), 0);
    // It does not read, and leaves.
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"a").unwrap();
    expect(&received, b"a");
    line.send(&vec![b'x'; MOST]);
    drop(client);
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"b").unwrap();
    expect(&received, b"b");
    line.send(b"new");
    let mut back = [0; 3];
    client.read_exact(&mut back).unwrap();
    assert_eq!(&back, b"new");
}

#[test]
fn a_second_client_is_answered_after_what_it_sent_was_read() {
    let (feed, received) = collecting();
    let (_line, address) = listening(feed, Guard::Browsers);
    let mut first = TcpStream::connect(address).unwrap();
    first.write_all(b"first").unwrap();
    expect(&received, b"first");
    for _ in 0..3 {
        let mut second = TcpStream::connect(address).unwrap();
        second.write_all(&[b'x'; 100_000]).unwrap();
        second.shutdown(Shutdown::Write).unwrap();
        let mut told = String::new();
        second.read_to_string(&mut told).expect("no reset");
        assert_eq!(told, "quecpy: this port is in use; one client at a time\r\n");
    }
    first.write_all(b"still").unwrap();
    expect(&received, b"still");
}

#[test]
fn what_a_browser_sends_is_refused_and_not_taken() {
    let (feed, received) = collecting();
    let (_line, address) = listening(feed, Guard::Browsers);
    let body = "x=1\r\nprint('run')\r\n\x03\x01print('run')\x04";
    let post = format!("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    for (request, answer) in [
        (post.as_bytes(), "HTTP/1.1 400 Bad Request\r\n"),
        (b"GET /?\rimport%20uos HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
        (b"OPTIONS / HTTP/1.1\r\nOrigin: http://x\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\rprint(1)\r", "\u{15}\u{3}\u{3}\0"),
        (b"\0\x03\0\x08\x21\x12\xa4\x42123456789012\0\x19\0\x04", "quecpy: this is the serial port of a module"),
    ] {
        // In one piece, and byte by byte.
        for piece in [request.len(), 1] {
            let mut client = TcpStream::connect(address).unwrap();
            client.set_nodelay(true).unwrap();
            request.chunks(piece).for_each(|bytes| client.write_all(bytes).unwrap_or_default());
            let _ = client.shutdown(Shutdown::Write);
            let mut told = Vec::new();
            client.read_to_end(&mut told).expect("no reset");
            assert!(told.starts_with(answer.as_bytes()), "{:?}", String::from_utf8_lossy(&told));
        }
    }
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"GE").unwrap();
    client.write_all(b"NERAL = 1\r").unwrap();
    expect(&received, b"GENERAL = 1\r");
}

#[test]
fn a_port_of_data_takes_them_as_data() {
    let (feed, received) = collecting();
    let (_line, address) = listening(feed, Guard::None);
    TcpStream::connect(address).unwrap().write_all(b"GET / HTTP/1.1\r\n").unwrap();
    expect(&received, b"GET / HTTP/1.1\r\n");
}

#[test]
fn a_thousand_clients_come_and_go() {
    let (feed, received) = collecting();
    let (line, address) = listening(feed, Guard::Browsers);
    for n in 0..1000 {
        let mut client = TcpStream::connect(address).unwrap();
        let text = format!("client {n}");
        client.write_all(text.as_bytes()).unwrap();
        expect(&received, text.as_bytes());
        match n % 4 {
            // Leaves with bytes unread and under way.
            0 => line.send(&[b'x'; 100_000]),
            1 => client.shutdown(Shutdown::Write).unwrap(),
            _ => {}
        }
    }
}

#[cfg(unix)]
mod terminals {
    use super::*;
    use std::fs::{File, OpenOptions};
    use std::path::Path;

    fn terminal_at(link: Option<&Path>, feed: Feed) -> (Line, Terminal) {
        let line = Line::default();
        let terminal = terminal(link, &line, feed, Box::new(|_| {})).unwrap();
        (line, terminal)
    }

    fn open(terminal: &Terminal) -> File {
        OpenOptions::new().read(true).write(true).open(&terminal.path).unwrap()
    }

    #[test]
    fn a_terminal_carries_every_byte_both_ways() {
        let (feed, received) = collecting();
        let link = std::env::temp_dir().join(format!("quecpy-test-pty-{}", std::process::id()));
        let (line, terminal) = terminal_at(Some(&link), feed);
        let all: Vec<u8> = (0..=255).collect();
        let mut other = OpenOptions::new().read(true).write(true).open(&link).unwrap();
        other.write_all(&all).unwrap();
        expect(&received, &all);
        line.send(&all);
        let mut back = [0; 256];
        other.read_exact(&mut back).unwrap();
        assert_eq!(&back[..], &all);
        drop(terminal);
        assert!(!link.is_symlink());
    }

    #[test]
    fn a_client_of_a_terminal_finds_nothing_old() {
        let (feed, received) = collecting();
        let (line, terminal) = terminal_at(None, feed);
        line.send(b"to nobody");
        for unread in [10, MOST] {
            let mut client = open(&terminal);
            client.write_all(b"here").unwrap();
            expect(&received, b"here");
            line.send(&vec![b'x'; unread]);
            // Some of it is in the kernel already.
            until("bytes for it", || sys_unread(&terminal) > 0);
            drop(client);
            until("it has gone", || !line.has_client());
        }
        let mut client = open(&terminal);
        client.write_all(b"next").unwrap();
        expect(&received, b"next");
        line.send(b"new");
        let mut back = [0; 3];
        client.read_exact(&mut back).unwrap();
        assert_eq!(&back, b"new");
        assert_eq!(sys_unread(&terminal), 0);
    }

    fn sys_unread(terminal: &Terminal) -> usize {
        crate::sys::unread(&terminal.path)
    }

    #[test]
    fn who_only_writes_and_leaves_is_heard() {
        let (feed, received) = collecting();
        let (_line, terminal) = terminal_at(None, feed);
        for _ in 0..100 {
            open(&terminal).write_all(b"x = 1\r").unwrap();
            expect(&received, b"x = 1\r");
        }
    }

    #[test]
    fn what_a_client_left_of_the_settings_is_put_back() {
        let (feed, received) = collecting();
        let (line, terminal) = terminal_at(None, feed);
        let client = open(&terminal);
        until("it is there", || line.has_client());
        let stty = std::process::Command::new("stty").arg("sane").stdin(client).status();
        assert!(stty.unwrap().success());
        until("it has gone", || !line.has_client());
        let mut client = open(&terminal);
        client.write_all(b"\rno line, no echo").unwrap();
        expect(&received, b"\rno line, no echo");
    }
}
