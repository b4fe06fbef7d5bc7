//! The lab behind the socket engine, as a script has it.

use quecpy_lab::Lab;
use quecpy_net::tls::{Options, Refused, Tls};
use quecpy_net::{Error, Family, Kind, Socket, Stack, StackOptions, errno};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

fn stack() -> Arc<Stack> {
    let lab = Lab::start().expect("lab");
    Stack::new(StackOptions { upstream: Some(lab), ..StackOptions::default() })
}

fn resolve(stack: &Stack, host: &str, port: u16) -> SocketAddr {
    stack.resolver.resolve(host, port, &stack.waiters).expect(host)[0]
}

fn socket(stack: &Arc<Stack>, family: Family, kind: Kind) -> Socket {
    let socket = Socket::new(stack, family, kind, 0).expect("socket");
    socket.set_timeout(Some(Duration::from_secs(20))).expect("timeout");
    socket
}

#[test]
fn a_page_by_name() {
    let stack = stack();
    let address = resolve(&stack, "www.tongxinmao.com", 80);
    assert_eq!(address.to_string(), "198.18.0.1:80");
    let client = socket(&stack, Family::V4, Kind::Stream);
    client.connect(address).expect("connect");
    client.send_all(b"GET  /News  HTTP/1.1\r\nHost:  www.tongxinmao.com\r\n\r\n").expect("send");
    let page = String::from_utf8(client.recv(1024).expect("receive")).expect("text");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("</html>\n"), "{page}");
}

#[test]
fn a_page_by_addresses_of_both_families() {
    let stack = stack();
    for (family, address) in [(Family::V4, "8.8.8.8:80"), (Family::V6, "[2001:db8::1]:80")] {
        let client = socket(&stack, family, Kind::Stream);
        client.connect(address.parse().expect(address)).expect(address);
        client.send_all(b"GET / HTTP/1.0\r\n\r\n").expect("send");
        assert!(client.recv(12).expect("receive").ends_with(b" 200"), "{address}");
    }
}

#[test]
fn other_ports_are_refused_and_other_names_unknown() {
    let stack = stack();
    let client = socket(&stack, Family::V4, Kind::Stream);
    let refused = client.connect(resolve(&stack, "www.example.com", 81)).expect_err("nobody is there");
    assert!(matches!(refused, Error::Errno(errno::ECONNREFUSED)), "{refused:?}");
    let unknown = stack.resolver.resolve("no.such.invalid", 80, &stack.waiters).expect_err("no such name");
    assert!(matches!(unknown, Error::NameNotFound), "{unknown:?}");
}

#[test]
fn datagrams_show_the_address_the_script_knows() {
    let stack = stack();
    let address = resolve(&stack, "echo.example.com", 7);
    let client = socket(&stack, Family::V4, Kind::Datagram);
    let destination = client.destination(address).expect("destination");
    assert_eq!(client.send_to(b"hello", &destination).expect("send"), 5);
    assert_eq!(client.recv_from(100).expect("receive"), (b"hello".to_vec(), address));
}

#[test]
fn tls_between_the_engine_and_the_lab() {
    let lab = Lab::start().expect("lab");
    let stack = Stack::new(StackOptions { upstream: Some(lab.clone()), ..StackOptions::default() });
    let wrap = |host: &str, ca: Option<&str>| {
        let client = socket(&stack, Family::V4, Kind::Stream);
        client.connect(resolve(&stack, host, 443)).expect("connect");
        let options = Options { server_hostname: Some(host), ca: ca.map(str::as_bytes), ..Options::default() };
        Tls::new(Arc::new(client), options)
    };
    for ca in [None, Some(lab.ca_pem())] {
        let tls = wrap("www.example.com", ca).expect("sound texts");
        assert_eq!(tls.peer_certificate(), None, "before the handshake");
        tls.handshake().expect("trusted");
        assert!(tls.peer_certificate().is_some());
        tls.write(b"GET /bytes/200000 HTTP/1.0\r\n\r\n").expect("sent");
        assert_eq!(tls.readline(usize::MAX).expect("received").as_deref(), Some(&b"HTTP/1.0 200 OK\r\n"[..]));
        assert!(tls.read(usize::MAX).expect("received").is_some_and(|rest| rest.len() > 200_000));
        tls.close();
        assert_eq!(tls.read(1), Err(Error::CLOSED));
    }
    let wrong = wrap("wrong.host.example.com", Some(lab.ca_pem())).expect("sound texts");
    assert_eq!(wrong.handshake(), Err(Error::Tls(-0x2700)));
    assert_eq!(wrap("www.example.com", Some("no certificate")).err(), Some(Refused::Ca));
}
