//! Echo, discard, daytime, DNS and NTP.

use crate::client::{ask, real, tcp, udp};
use quecpy_lab::Lab;
use quecpy_net::{Transport, Upstream};
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, Question, RCODE, TYPE};
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown};
use std::time::{SystemTime, UNIX_EPOCH};

#[test]
fn echo() {
    let lab = Lab::start().expect("lab");
    let mut stream = tcp(&lab, 7);
    let bytes: Vec<u8> = (0..2 << 20).map(|i: u32| (i % 251) as u8).collect();
    std::thread::scope(|scope| {
        let mut writer = stream.try_clone().expect("clone");
        let bytes = &bytes;
        scope.spawn(move || {
            writer.write_all(bytes).expect("send");
            writer.shutdown(Shutdown::Write).expect("shutdown");
        });
        let mut back = Vec::new();
        stream.read_to_end(&mut back).expect("receive");
        assert!(back == *bytes, "{} of {} bytes", back.len(), bytes.len());
    });
    let socket = udp(&lab, 7);
    assert_eq!(ask(&socket, b"hello"), b"hello");
    assert_eq!(ask(&socket, b""), b"");
    assert_eq!(ask(&socket, &[7; 60_000]).len(), 60_000);
}

#[test]
fn discard() {
    let lab = Lab::start().expect("lab");
    let mut stream = tcp(&lab, 9);
    stream.write_all(&vec![1; 4 << 20]).expect("send");
    stream.shutdown(Shutdown::Write).expect("shutdown");
    assert_eq!(stream.read(&mut [0]).expect("the end"), 0);
    udp(&lab, 9).send(b"gone").expect("send");
}

#[test]
fn daytime() {
    let lab = Lab::start().expect("lab");
    let mut stream = tcp(&lab, 13);
    stream.write_all(b"what is said is thrown away").expect("send");
    let mut line = String::new();
    stream.read_to_string(&mut line).expect("a line and the end");
    let datagram = String::from_utf8(ask(&udp(&lab, 13), b"")).expect("text");
    for line in [line, datagram] {
        assert!(line.ends_with(" GMT\r\n") && line.len() == "Thu, 01 Jan 1970 00:00:00 GMT\r\n".len(), "{line:?}");
    }
}

#[test]
fn ntp() {
    let lab = Lab::start().expect("lab");
    let socket = udp(&lab, 123);
    socket.send(&[0x1c; 48]).expect("a reply, which is not answered");
    socket.send(&[0x1b; 47]).expect("too short, not answered either");
    let mut request = [0; 48];
    request[0] = 0x1b;
    let reply = ask(&socket, &request);
    assert_eq!((reply.len(), reply[0], reply[1]), (48, 0x1c, 1));
    let transmit = u32::from_be_bytes(*reply[40..].first_chunk().expect("four bytes"));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    // As MicroPython's ntptime does, for a clock that wraps in 2036.
    let told = u64::from(transmit.wrapping_sub(2_208_988_800_u64 as u32));
    assert!((now & u64::from(u32::MAX)).abs_diff(told) <= 2, "{told} at {now}");
}

fn query(name: &str, kind: TYPE) -> Vec<u8> {
    let mut packet = Packet::new_query(7);
    packet.questions.push(Question::new(Name::new_unchecked(name), kind.into(), CLASS::IN.into(), false));
    packet.build_bytes_vec().expect("a query")
}

fn reading(reply: &[u8]) -> (RCODE, Option<IpAddr>) {
    let packet = Packet::parse(reply).expect("a sound reply");
    let address = packet.answers.first().map(|record| match &record.rdata {
        RData::A(a) => Ipv4Addr::from(a.address).into(),
        other => panic!("{other:?}"),
    });
    (packet.rcode(), address)
}

#[test]
fn dns_and_name_agree() {
    let lab = Lab::start().expect("lab");
    let socket = udp(&lab, 53);
    for name in ["iot.example.com", "Time.Example.COM", "x.invalid"] {
        let (rcode, address) = reading(&ask(&socket, &query(name, TYPE::A)));
        assert_eq!(address, lab.name(name), "{name}");
        assert_eq!(rcode, if address.is_some() { RCODE::NoError } else { RCODE::NameError });
    }
    assert_eq!(reading(&ask(&socket, &query("iot.example.com", TYPE::AAAA))), (RCODE::NoError, None));
    socket.send(b"silence").expect("send");
    let garbage = ask(&socket, &[0x20; 12]);
    assert_eq!((&garbage[..2], garbage[3] & 15), (&[0x20; 2][..], 4), "opcode 4: not implemented");
}

#[test]
fn dns_over_tcp_answers_several_queries_in_a_connection() {
    let lab = Lab::start().expect("lab");
    let mut stream = tcp(&lab, 53);
    for name in ["one.example.com", "two.example.com"] {
        let query = query(name, TYPE::A);
        for byte in (query.len() as u16).to_be_bytes().iter().chain(&query) {
            stream.write_all(&[*byte]).expect("send");
        }
        let mut length = [0; 2];
        stream.read_exact(&mut length).expect("length");
        let mut reply = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut reply).expect("reply");
        assert_eq!(reading(&reply), (RCODE::NoError, lab.name(name)));
    }
    stream.write_all(b"\0\x05short").expect("send");
    assert_eq!(stream.read(&mut [0]).expect("the end"), 0);
}

#[test]
fn the_ports_that_are_served() {
    let lab = Lab::start().expect("lab");
    assert_eq!(
        lab.summary(),
        "lab: HTTP on 80, HTTPS on 443, MQTT on 1883, MQTT over TLS on 8883, echo on 7 (TCP, UDP), \
         discard on 9 (TCP, UDP), daytime on 13 (TCP, UDP), DNS on 53 (TCP, UDP), NTP on 123; every name has an address"
    );
    let refused = |transport, to: &str| lab.route(transport, to.parse().expect(to)) == quecpy_net::Route::Refuse;
    let web = real(&lab, Transport::Tcp, "www.example.com", 80);
    assert!(web.ip().is_loopback() && web.port() > 1023, "{web}");
    for literal in ["8.8.8.8:80", "[2001:db8::1]:80"] {
        assert!(!refused(Transport::Tcp, literal), "{literal}");
    }
    for nobody in ["8.8.8.8:81", "8.8.8.8:123", "10.0.0.1:80", "[fe80::1]:80", "224.0.0.251:53"] {
        assert!(refused(Transport::Tcp, nobody), "{nobody}");
    }
    assert!(refused(Transport::Udp, "8.8.8.8:80") && !refused(Transport::Udp, "8.8.8.8:123"));
}
