//! The guide's scripts, unchanged, in processes of their own; the other examples are golden (`scripts.rs`).

mod support;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;
use support::{PATIENCE, Running, program, root, run_within};

const COLUMNS: [&str; 5] = ["documented", "2021", "2025", "2026", "micropython"];

/// The guide's server has a port of its own, 6000: its tests take turns.
static PORT_6000: Mutex<()> = Mutex::new(());

fn example(name: &str, options: &[&str]) -> Command {
    let mut command = program();
    command.args(options).arg(format!("python_examples/{name}")).current_dir(root());
    command
}

#[test]
fn the_guides_client_fetches_the_page_in_every_column() {
    for column in COLUMNS {
        let run =
            run_within(example("example_socket.py", &["--lab", "--firmware", column]), PATIENCE).expect("it ends");
        let mut lines = run.stdout.lines();
        assert_eq!(lines.next(), Some("send 100 bytes"), "{column}: {}", run.stderr);
        let received = lines.next().unwrap_or_default();
        assert!(received.starts_with("recv ") && received.ends_with(" bytes:"), "{received}");
        assert_eq!(lines.next(), Some("HTTP/1.1 200 OK"));
        assert!(run.stdout.contains("<h1>News</h1>") && run.stdout.contains("www.tongxinmao.com"), "{}", run.stdout);
        assert!(run.stdout.trim_end().ends_with("</html>"), "the whole page: {}", run.stdout);
        assert!(run.stderr.starts_with("quecpy: lab: ") && run.stderr.lines().count() == 1, "{}", run.stderr);
        assert_eq!(run.status, Some(0));
    }
}

/// Connects as soon as somebody listens at port 6000.
fn connect_to_6000(server: &mut Running) -> TcpStream {
    let end = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect(("127.0.0.1", 6000)) {
            Ok(stream) => return stream,
            Err(e) => assert!(Instant::now() < end && server.child.try_wait().expect("alive").is_none(), "{e}"),
        }
        std::thread::yield_now();
    }
}

#[test]
fn the_guides_server_serves_any_client() {
    let _turn = PORT_6000.lock().expect("no test fails while it holds the port");
    let mut server = Running::start(example("example_server.py", &[]));
    let mut client = connect_to_6000(&mut server);
    client.write_all(b"a line\n").expect("sent");
    let mut greeting = String::new();
    client.read_to_string(&mut greeting).expect("read to the end");
    assert_eq!(greeting, "hello world");
    let (status, lines, stderr) = server.end();
    assert_eq!(lines, ["a line", ""]);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("example_server.py:13: the listening socket was closed here"), "{stderr}");
    assert!(stderr.contains("OSError(9)") && stderr.contains("--strict") && stderr.lines().count() == 1, "{stderr}");
}

#[test]
fn the_guides_server_and_our_client_in_two_processes() {
    let _turn = PORT_6000.lock().expect("no test fails while it holds the port");
    let mut server = Running::start(example("example_server.py", &[]));
    // The listing listens, closes and listens again: try until it is there.
    let end = Instant::now() + PATIENCE;
    let client = loop {
        let run = run_within(example("example_client.py", &[]), PATIENCE).expect("it ends");
        if run.status == Some(0) || Instant::now() > end || server.child.try_wait().expect("alive").is_some() {
            break run;
        }
    };
    assert_eq!(client.stdout, "received: hello world\n", "{}", client.stderr);
    let (status, lines, stderr) = server.end();
    assert_eq!((status, lines), (Some(0), vec!["good morning".to_owned()]), "{stderr}");
}

#[test]
fn the_guides_server_fails_as_firmware_does_where_asked() {
    let strict: [&[&str]; 5] = [
        &["--strict"],
        &["--firmware", "2021"],
        &["--firmware", "2025"],
        &["--firmware", "2026"],
        &["--firmware", "micropython"],
    ];
    let _turn = PORT_6000.lock().expect("no test fails while it holds the port");
    for options in strict {
        let run = run_within(example("example_server.py", options), PATIENCE).expect("it ends");
        let expected = "Traceback (most recent call last):\n  File \"python_examples/example_server.py\", line 16, in <module>\nOSError: [Errno 9] EBADF\n";
        assert_eq!((run.stderr.as_str(), run.status), (expected, Some(1)), "{options:?}");
    }
}

#[test]
fn a_port_that_is_not_ours_is_reached_through_forward() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let free = taken.local_addr().expect("its address").port();
    drop(taken);
    let code = "
import usocket
s = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.IPPROTO_TCP_SER)
s.bind(('', 80))
s.listen(1)
print('ready')
c, ip, port = s.accept()
c.send('over port 80')
c.close()
";
    let mut server = Running::code(code, &["--forward", &format!("{free}:80")]);
    assert_eq!(server.line(), "ready");
    let mut text = String::new();
    TcpStream::connect(("127.0.0.1", free)).expect("forwarded").read_to_string(&mut text).expect("read");
    assert_eq!(text, "over port 80");
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn resolve_answers_before_dns() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let resolve = format!("iot.example.com:1883:127.0.0.1:{port}");
    let code = "import usocket\ns = usocket.socket()\ns.connect(('iot.example.com', 1883))\nprint(s.recv(9))";
    let client = Running::code(code, &["--resolve", &resolve]);
    listener.accept().expect("it connects").0.write_all(b"resolved").expect("sent");
    let (status, lines, stderr) = client.end();
    assert_eq!((status, lines), (Some(0), vec!["b'resolved'".to_owned()]), "{stderr}");
}

#[test]
fn nothing_listens_beyond_loopback_unless_exposed() {
    let code = "
import usocket
s = usocket.socket()
s.bind(('', 0))
s.listen(1)
print(s.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1])
s.accept()
";
    for (options, reachable) in [(&[][..], false), (&["--expose"][..], true)] {
        let mut server = Running::code(code, options);
        let port: u16 = server.line().parse().expect("a port");
        // 127.0.0.2 is another of this host's addresses where all of 127/8 is (Linux).
        let other = TcpStream::connect_timeout(&([127, 0, 0, 2], port).into(), std::time::Duration::from_secs(5));
        if cfg!(target_os = "linux") {
            assert_eq!(other.is_ok(), reachable, "{options:?}");
        }
    }
}

#[test]
fn the_uart_example_answers_line_by_line() {
    for column in COLUMNS {
        let options = ["--firmware", column, "--uart", "2:tcp=127.0.0.1:0"];
        let (script, address) = Running::with_uart(example("uart_echo.py", &options));
        let mut first = TcpStream::connect(address).expect("it listens");
        first.write_all(b"hello\nhalf").expect("sent");
        assert_eq!(answer(&first), "you said: hello\r\n", "{column}");
        // Whoever leaves may come back.
        drop(first);
        let mut second = TcpStream::connect(address).expect("it still listens");
        second.write_all(b" a line\r\nbye\r\n").expect("sent");
        assert_eq!(answer(&second), "you said: half a line\r\n");
        assert_eq!(answer(&second), "you said: bye\r\n");
        let (status, lines, stderr) = script.end();
        let expected = ["UART2: hello", "UART2: half a line", "UART2: bye"];
        assert_eq!((status, lines.as_slice()), (Some(0), &expected.map(str::to_owned)[..]), "{stderr}");
    }
}

/// One line, and not a byte more.
fn answer(mut from: &TcpStream) -> String {
    from.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        let mut byte = [0];
        from.read_exact(&mut byte).expect("an answer");
        line.extend(byte);
    }
    String::from_utf8_lossy(&line).into_owned()
}
