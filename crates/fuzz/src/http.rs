//! The lab's web server, WebSocket with it: whatever a client says, the server ends with it, and the next client is served.

use crate::in_memory::{converse, runtime};
use crate::target::Target;
use quecpy_lab::in_memory::World;

pub const TARGET: Target = Target { name: "http", run, seeds, words: WORDS, inputs: 1500 };

const WORDS: &[&[u8]] = &[
    b"GET ",
    b"HEAD ",
    b"POST ",
    b" HTTP/1.1\r\n",
    b" HTTP/1.0\r\n",
    b"\r\n\r\n",
    b"\r\n",
    b"Host: a\r\n",
    b"Content-Length: 5\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\n",
    b"/News",
    b"/bytes/1000",
    b"/status/204",
    b"/anything/x?a=1&a=2",
    b"/get?%zz&b=%E4",
    b"/chunked",
    b"Upgrade: websocket\r\n",
    b"Connection: Upgrade\r\n",
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    b"Expect: 100-continue\r\n",
    b"Accept-Encoding: gzip;q=nan\r\n",
    b"\x81\x85\x00\x00\x00\x00hello",
    b"\x88\x80\x00\x00\x00\x00",
    b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",
    b"Host: \xff\r\n",
    b"Host: a:b:c\r\n",
    b"\x00",
    b"https://u@h:1/x",
];

fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"GET /News HTTP/1.1\r\nHost: www.example.com\r\n\r\nGET /get?a=1 HTTP/1.1\r\nHost: b\r\nAccept-Encoding: gzip\r\n\r\n",
        b"POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n{\"a\": [1.5]}",
        b"PUT /put HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \
          dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85\x00\x00\x00\x00hello\x88\x80\x00\x00\x00\x00",
        b"GET  /status/418  HTTP/1.0\r\n\r\n",
    ])
}

const GOOD: &[u8] = b"GET /News HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

fn run(bytes: &[u8]) {
    let world = World::default();
    let serve = |stream| {
        let world = world.clone();
        async move { world.http(stream).await }
    };
    runtime().block_on(async {
        let answer = converse(serve, bytes).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{}", answer.escape_ascii());
        let good = converse(serve, GOOD).await;
        assert!(good.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", good.escape_ascii());
    });
}
