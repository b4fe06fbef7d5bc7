//! WebSocket on the web server, seen by tungstenite's blocking client.

use crate::client::{Http, tcp};
use crate::tls::secured;
use quecpy_lab::Lab;
use std::io::{Read, Write};
use tokio_tungstenite::tungstenite::protocol::WebSocket;
use tokio_tungstenite::tungstenite::{Message, client};

fn echoes<S: Read + Write>(mut socket: WebSocket<S>) {
    for message in [
        Message::text("hello"),
        Message::text(""),
        Message::binary(vec![0, 255, 7]),
        Message::binary(vec![7; 1 << 20]),
        Message::text("你好"),
    ] {
        socket.send(message.clone()).expect("sent");
        assert_eq!(socket.read().expect("an echo"), message);
    }
    socket.send(Message::Ping(b"p".as_slice().into())).expect("sent");
    assert_eq!(socket.read().expect("a pong"), Message::Pong(b"p".as_slice().into()));
    socket.close(None).expect("closing");
    while socket.read().is_ok() {}
}

#[test]
fn messages_come_back() {
    let lab = Lab::start().expect("lab");
    for path in ["/echo", "/", "/any/other"] {
        let url = format!("ws://www.example.com{path}");
        echoes(client(url, tcp(&lab, 80)).expect("upgraded").0);
    }
}

#[test]
fn messages_come_back_over_tls() {
    let lab = Lab::start().expect("lab");
    let stream = secured(&lab, "www.example.com", 443);
    echoes(client("wss://www.example.com/echo", stream).expect("upgraded").0);
}

#[test]
fn an_upgrade_without_a_key_is_refused() {
    let lab = Lab::start().expect("lab");
    let answer = Http::new(&lab).get("/echo", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
    assert_eq!(answer.status, 400);
    let answer = Http::new(&lab).get("/News", "Connection: Upgrade\r\nUpgrade: h2c\r\n");
    assert_eq!(answer.status, 200, "another protocol: the page");
}
