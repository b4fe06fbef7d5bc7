//! A client of plain sockets: how to reach the lab, and just enough HTTP to read an answer.

use quecpy_lab::Lab;
use quecpy_net::{Route, Transport, Upstream};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// Nothing in these tests takes as long unless it is broken.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Where a script's `host:port` really is.
pub fn real(lab: &Lab, transport: Transport, host: &str, port: u16) -> SocketAddr {
    let ip = lab.name(host).expect(host);
    match lab.route(transport, SocketAddr::new(ip, port)) {
        Route::To(real) => real,
        nowhere => panic!("{host}:{port}: {nowhere:?}"),
    }
}

pub fn tcp(lab: &Lab, port: u16) -> TcpStream {
    let stream = TcpStream::connect(real(lab, Transport::Tcp, "www.example.com", port)).expect("connect");
    stream.set_read_timeout(Some(PATIENCE)).expect("timeout");
    stream.set_write_timeout(Some(PATIENCE)).expect("timeout");
    stream
}

/// A datagram socket connected to the service.
pub fn udp(lab: &Lab, port: u16) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("bind");
    socket.connect(real(lab, Transport::Udp, "www.example.com", port)).expect("connect");
    socket.set_read_timeout(Some(PATIENCE)).expect("timeout");
    socket
}

/// The answer to one datagram.
pub fn ask(socket: &UdpSocket, datagram: &[u8]) -> Vec<u8> {
    socket.send(datagram).expect("send");
    let mut room = vec![0; 65_535];
    let n = socket.recv(&mut room).expect("an answer");
    room.truncate(n);
    room
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let prefix = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(&prefix))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

/// One HTTP connection.
pub struct Http(BufReader<TcpStream>);

impl Http {
    pub fn new(lab: &Lab) -> Self {
        Self(BufReader::new(tcp(lab, 80)))
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).expect("send");
    }

    /// Sends `GET path` with further header lines, each with its line end.
    pub fn get(&mut self, path: &str, headers: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: www.example.com\r\n{headers}\r\n").as_bytes());
        self.answer()
    }

    pub fn answer(&mut self) -> Answer {
        let mut answer = self.head();
        if answer.header("Transfer-Encoding") == Some("chunked") {
            loop {
                let mut line = String::new();
                self.0.read_line(&mut line).expect("size of a chunk");
                let size = usize::from_str_radix(line.trim_end(), 16).expect("hexadecimal");
                let mut chunk = vec![0; size + 2];
                self.0.read_exact(&mut chunk).expect("chunk");
                answer.body.extend(&chunk[..size]);
                if size == 0 {
                    return answer;
                }
            }
        }
        if let Some(length) = answer.header("Content-Length") {
            answer.body = vec![0; length.parse().expect("a number")];
            self.0.read_exact(&mut answer.body).expect("body");
        }
        answer
    }

    /// Only the head, as HEAD has it.
    pub fn head(&mut self) -> Answer {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.0.read_line(&mut head).expect("head"), 0, "the connection ended after {head:?}");
        }
        let status = head.split(' ').nth(1).expect("status").parse().expect("a number");
        Answer { status, head, body: Vec::new() }
    }

    /// What comes until the server ends the connection.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).expect("the end");
        rest
    }

    pub fn stream(&self) -> &TcpStream {
        self.0.get_ref()
    }
}

/// One `GET` on a connection of its own.
pub fn get(lab: &Lab, path: &str, headers: &str) -> Answer {
    Http::new(lab).get(path, headers)
}
