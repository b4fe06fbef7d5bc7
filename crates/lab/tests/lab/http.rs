//! The web server's protocol: what clients on modules send, and what broken ones do.

use crate::client::{Http, PATIENCE, get, tcp};
use quecpy_lab::Lab;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::time::Instant;

/// As the user's guide sends it, blanks and all.
const GUIDE: &[u8] = b"GET  /News  HTTP/1.1\r\nHost:  www.tongxinmao.com\r\nAccept-Encoding:deflate\r\n\
                       Connection: keep-alive\r\n\r\n";

#[test]
fn the_guides_client_receives_once_and_prints_the_page() {
    let lab = Lab::start().expect("lab");
    for _ in 0..20 {
        let mut stream = tcp(&lab, 80);
        stream.write_all(GUIDE).expect("send");
        let mut room = [0; 1024];
        let n = stream.read(&mut room).expect("receive");
        let text = std::str::from_utf8(&room[..n]).expect("text, not packed");
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        assert!(text.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"), "{text}");
        assert!(text.contains("www.tongxinmao.com has been reached"), "{text}");
        assert!(text.ends_with("</html>\n"), "all in one segment: {text}");
        assert!(n < 768, "well below 1024 bytes: {n}");
    }
}

#[test]
fn a_connection_serves_request_after_request() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    for _ in 0..2 {
        http.send(GUIDE);
        let answer = http.answer();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("Server"), Some("quecpy-lab"));
        assert!(answer.header("Date").is_some_and(|date| date.ends_with(" GMT")), "{}", answer.head);
    }
    http.send(&GUIDE.repeat(3));
    for _ in 0..3 {
        assert_eq!(http.answer().status, 200, "pipelined");
    }
    http.send(b"GET /News HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n");
    assert_eq!(http.answer().header("Connection"), Some("close"));
    assert_eq!(http.rest(), b"");
}

#[test]
fn http_1_0_needs_no_host_and_ends_with_the_answer() {
    let lab = Lab::start().expect("lab");
    for path in ["/News", "/chunked"] {
        let mut http = Http::new(&lab);
        http.send(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes());
        let answer = http.answer();
        assert_eq!((answer.status, answer.header("Transfer-Encoding")), (200, None));
        let rest = http.rest();
        assert!(!answer.body.is_empty() || rest.ends_with(b"chunk 5 of 5\n"), "{path}");
    }
}

#[test]
fn a_request_may_come_byte_by_byte() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    http.stream().set_nodelay(true).expect("nodelay");
    for byte in b"POST /post HTTP/1.1\r\nHost: a.b\r\nContent-Length: 4\r\n\r\nslow" {
        http.send(&[*byte]);
        assert_eq!(get(&lab, "/ip", "").status, 200, "others are served meanwhile");
    }
    assert!(http.answer().text().contains("\"data\": \"slow\""));
}

#[test]
fn a_client_may_end_its_side_behind_its_request() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    http.send(b"GET /bytes/16777216 HTTP/1.1\r\nHost: a.b\r\n\r\n");
    http.stream().shutdown(Shutdown::Write).expect("shutdown");
    assert_eq!(http.answer().body.len(), 16 << 20);
    assert_eq!(http.rest(), b"");
}

#[test]
fn malformed_requests_get_400() {
    let lab = Lab::start().expect("lab");
    let bad: [&[u8]; 6] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"hello\r\n\r\n",
        b"GET /News HTTP/1.1\r\nHost\r\n\r\n",
        b"GET /News HTTP/1.1\r\n\r\n",
        b"GET /News HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /News HTTP/1.1\r\nHost: a b\r\n\r\n",
    ];
    for request in bad {
        let mut http = Http::new(&lab);
        http.send(request);
        assert_eq!(http.answer().status, 400, "{}", request.escape_ascii());
    }
    let mut http = Http::new(&lab);
    http.send(b"GET /News HTTP/1.1\r\nHost: a.b\r\nX: ");
    http.send(&vec![b'x'; 4 << 20]);
    http.send(b"\r\n\r\n");
    assert_eq!(http.answer().status, 431, "a head of 4 MiB, whose answer survives what is never read of it");
}

#[test]
fn bodies_of_up_to_16_mib() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    let body = vec![b'x'; 16 << 20];
    http.send(format!("PUT /put HTTP/1.1\r\nHost: a.b\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes());
    http.send(&body);
    let answer = http.answer();
    assert_eq!(answer.status, 200);
    assert!(answer.body.len() > body.len());

    let head = format!("PUT /put HTTP/1.1\r\nHost: a.b\r\nContent-Length: {}\r\n\r\n", body.len() + 1);
    let mut http = Http::new(&lab);
    http.send(head.as_bytes());
    assert_eq!(http.answer().status, 413, "at once");

    let mut http = Http::new(&lab);
    http.send(head.as_bytes());
    http.send(&body);
    http.send(b"x");
    assert_eq!(http.answer().status, 413, "the answer is still there when the body has been sent");

    let mut http = Http::new(&lab);
    http.send(b"PUT /put HTTP/1.1\r\nHost: a.b\r\nTransfer-Encoding: chunked\r\n\r\n1000001\r\n");
    http.send(&body);
    http.send(b"x\r\n0\r\n\r\n");
    assert_eq!(http.answer().status, 413, "in chunks, without a length in front");
}

#[test]
fn expect_100_continue() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    http.send(b"POST /post HTTP/1.1\r\nHost: a.b\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(http.head().status, 100);
    http.send(b"hi");
    assert!(http.answer().text().contains("\"data\": \"hi\""));
}

#[test]
fn fifty_clients_at_once_and_some_that_say_nothing() {
    let lab = Lab::start().expect("lab");
    let _silent: Vec<_> = (0..20).map(|_| Http::new(&lab)).collect();
    let mut half_said: Vec<_> = (0..20).map(|_| Http::new(&lab)).collect();
    half_said.iter_mut().for_each(|http| http.send(b"GET /News HT"));
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let mut http = Http::new(&lab);
                for _ in 0..5 {
                    assert_eq!(http.get("/bytes/100000", "").body.len(), 100_000);
                }
            });
        }
    });
    for http in &mut half_said {
        http.send(b"TP/1.1\r\nHost: a.b\r\n\r\n");
        assert_eq!(http.answer().status, 200);
    }
}

#[test]
fn a_client_that_does_not_read_blocks_nobody() {
    let lab = Lab::start().expect("lab");
    let mut deaf: Vec<_> = (0..10).map(|_| Http::new(&lab)).collect();
    for http in &mut deaf {
        http.send(b"GET /bytes/16777216 HTTP/1.1\r\nHost: a.b\r\n\r\n");
    }
    assert_eq!(get(&lab, "/News", "").status, 200);
    assert_eq!(deaf[9].answer().body.len(), 16 << 20);
}

#[test]
fn all_bodies_together_have_a_limit() {
    let lab = Lab::start().expect("lab");
    let body = vec![b'x'; 15 << 20];
    let head = format!("PUT /put HTTP/1.1\r\nHost: a.b\r\nContent-Length: {}\r\n\r\n", body.len() + 1);
    // 180 MiB, without an end; 128 are kept.
    let mut waiting: Vec<Http> = Vec::new();
    let mut refused = 0;
    for _ in 0..12 {
        let mut http = Http::new(&lab);
        http.send(head.as_bytes());
        http.send(&body);
        waiting.push(http);
    }
    let end = Instant::now() + PATIENCE;
    while refused < 4 {
        assert!(Instant::now() < end, "only {refused} were refused");
        std::thread::yield_now();
        waiting.retain_mut(|http| {
            http.stream().set_nonblocking(true).expect("set");
            let answered = http.stream().peek(&mut [0]).is_ok();
            http.stream().set_nonblocking(false).expect("set");
            if answered {
                assert_eq!(http.answer().status, 413);
                refused += 1;
            }
            !answered
        });
    }
    assert_eq!(get(&lab, "/News", "").status, 200);
}
