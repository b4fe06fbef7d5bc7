//! The MQTT broker, seen by clients that say what they like.

use crate::client::tcp;
use crate::tls::secured;
use bytes::BytesMut;
use quecpy_lab::Lab;
use rumqttc::mqttbytes::v4::{
    Connect, ConnectReturnCode, Packet, PubAck, PubRec, PubRel, Publish, Subscribe, SubscribeReasonCode, Unsubscribe,
};
use rumqttc::mqttbytes::{Error, QoS};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

const LARGEST: usize = 1 << 20;

struct Client<S = TcpStream> {
    stream: S,
    bytes: BytesMut,
}

impl<S: Read + Write> Client<S> {
    fn new(stream: S) -> Self {
        Self { stream, bytes: BytesMut::new() }
    }

    fn send(&mut self, packet: Packet) {
        let mut bytes = BytesMut::new();
        packet.write(&mut bytes, LARGEST).expect("a packet");
        self.stream.write_all(&bytes).expect("sent");
    }

    /// The next packet; `None` at the end.
    fn next(&mut self) -> Option<Packet> {
        loop {
            match Packet::read(&mut self.bytes, LARGEST) {
                Err(Error::InsufficientBytes(_)) => {}
                packet => return Some(packet.expect("a sound packet")),
            }
            let mut chunk = [0; 4096];
            match self.stream.read(&mut chunk).expect("in time") {
                0 => return None,
                n => self.bytes.extend_from_slice(&chunk[..n]),
            }
        }
    }

    fn publish(&mut self, topic: &str, qos: QoS, pkid: u16, retain: bool, text: &str) {
        let mut publish = Publish::new(topic, qos, text);
        (publish.pkid, publish.retain) = (pkid, retain);
        self.send(Packet::Publish(publish));
    }

    fn subscribe(&mut self, filter: &str, qos: QoS) -> SubscribeReasonCode {
        let mut subscribe = Subscribe::new(filter, qos);
        subscribe.pkid = 77;
        self.send(Packet::Subscribe(subscribe));
        match self.next() {
            Some(Packet::SubAck(ack)) if ack.pkid == 77 => ack.return_codes[0],
            other => panic!("{other:?}"),
        }
    }

    /// The next message: topic, text, QoS, retained, sent again.
    fn message(&mut self) -> (String, String, u8, bool, bool) {
        match self.next() {
            Some(Packet::Publish(p)) => {
                if p.qos == QoS::AtLeastOnce {
                    self.send(Packet::PubAck(PubAck::new(p.pkid)));
                }
                let text = String::from_utf8(p.payload.to_vec()).expect("text");
                (p.topic, text, p.qos as u8, p.retain, p.dup)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Comes back when all that was said has been heard.
    fn settle(&mut self) {
        self.send(Packet::PingReq);
        assert_eq!(self.next(), Some(Packet::PingResp));
    }
}

fn packet(id: &str, clean: bool) -> Connect {
    let mut connect = Connect::new(id);
    (connect.clean_session, connect.keep_alive) = (clean, 0);
    connect
}

/// A connection that begins with this; whether a session was kept.
fn begin(lab: &Lab, connect: Connect) -> (Client, bool) {
    let mut client = Client::new(tcp(lab, 1883));
    client.send(Packet::Connect(connect));
    match client.next() {
        Some(Packet::ConnAck(ack)) if ack.code == ConnectReturnCode::Success => (client, ack.session_present),
        other => panic!("{other:?}"),
    }
}

fn connect(lab: &Lab, id: &str) -> Client {
    begin(lab, packet(id, true)).0
}

fn text(topic: &str, text: &str, qos: u8, retain: bool, again: bool) -> (String, String, u8, bool, bool) {
    (topic.to_owned(), text.to_owned(), qos, retain, again)
}

#[test]
fn messages_go_to_those_whose_filters_fit() {
    let lab = Lab::start().expect("lab");
    let (mut one, mut all, mut other) = (connect(&lab, "one"), connect(&lab, "all"), connect(&lab, "other"));
    assert_eq!(one.subscribe("room/+/light", QoS::AtMostOnce), SubscribeReasonCode::Success(QoS::AtMostOnce));
    all.subscribe("#", QoS::AtLeastOnce);
    for bad in ["room#", "a/#/b", "+a", ""] {
        assert_eq!(one.subscribe(bad, QoS::AtMostOnce), SubscribeReasonCode::Failure, "{bad}");
    }
    other.publish("room/1/light", QoS::AtLeastOnce, 5, false, "on");
    assert_eq!(other.next(), Some(Packet::PubAck(PubAck::new(5))));
    other.publish("ä/1", QoS::AtMostOnce, 0, false, "x");
    other.publish("room/2/light", QoS::AtMostOnce, 0, false, "off");
    assert_eq!(one.message(), text("room/1/light", "on", 0, false, false));
    assert_eq!(one.message(), text("room/2/light", "off", 0, false, false));
    assert_eq!(all.message(), text("room/1/light", "on", 1, false, false));
    assert_eq!(all.message(), text("ä/1", "x", 0, false, false));
    let mut unsubscribe = Unsubscribe::new("room/+/light");
    unsubscribe.pkid = 3;
    one.send(Packet::Unsubscribe(unsubscribe));
    assert!(matches!(one.next(), Some(Packet::UnsubAck(ack)) if ack.pkid == 3));
    other.publish("room/3/light", QoS::AtMostOnce, 0, false, "on");
    other.settle();
    one.settle();
}

#[test]
fn qos_2_in_both_directions() {
    let lab = Lab::start().expect("lab");
    let (mut to, mut from) = (connect(&lab, "to"), connect(&lab, "from"));
    to.subscribe("a", QoS::ExactlyOnce);
    for _ in 0..2 {
        from.publish("a", QoS::ExactlyOnce, 9, false, "once");
        assert_eq!(from.next(), Some(Packet::PubRec(PubRec::new(9))));
    }
    from.send(Packet::PubRel(PubRel::new(9)));
    assert!(matches!(from.next(), Some(Packet::PubComp(done)) if done.pkid == 9));
    let Some(Packet::Publish(message)) = to.next() else { panic!("a message") };
    assert_eq!(message.qos, QoS::ExactlyOnce);
    to.send(Packet::PubRec(PubRec::new(message.pkid)));
    assert_eq!(to.next(), Some(Packet::PubRel(PubRel::new(message.pkid))), "and not the message again");
}

#[test]
fn retained_messages() {
    let lab = Lab::start().expect("lab");
    let mut from = connect(&lab, "from");
    from.publish("s/a", QoS::AtMostOnce, 0, true, "old");
    from.publish("s/a", QoS::AtMostOnce, 0, true, "new");
    from.publish("s/b", QoS::AtMostOnce, 0, true, "b");
    from.publish("s/b", QoS::AtMostOnce, 0, true, "");
    from.settle();
    let mut to = connect(&lab, "to");
    to.subscribe("s/#", QoS::AtMostOnce);
    assert_eq!(to.message(), text("s/a", "new", 0, true, false));
    from.publish("s/a", QoS::AtMostOnce, 0, true, "live");
    assert_eq!(to.message(), text("s/a", "live", 0, false, false));
}

#[test]
fn the_last_will_is_said_of_who_goes_without_a_goodbye() {
    let lab = Lab::start().expect("lab");
    let mut to = connect(&lab, "to");
    to.subscribe("will/+", QoS::AtMostOnce);
    for (id, polite) in [("rude", false), ("polite", true)] {
        let mut with_will = packet(id, true);
        with_will.last_will =
            Some(rumqttc::mqttbytes::v4::LastWill::new(format!("will/{id}"), "gone", QoS::AtLeastOnce, true));
        let (mut client, _) = begin(&lab, with_will);
        if polite {
            client.send(Packet::Disconnect);
            assert_eq!(client.next(), None);
        } else {
            client.stream.shutdown(Shutdown::Both).expect("shutdown");
            assert_eq!(to.message(), text("will/rude", "gone", 0, false, false));
        }
    }
    to.settle();
    to.subscribe("will/#", QoS::AtMostOnce);
    assert_eq!(to.message(), text("will/rude", "gone", 0, true, false));
    to.settle();
}

#[test]
fn a_silent_client_is_dropped_after_one_and_a_half_keep_alives() {
    let lab = Lab::start().expect("lab");
    let mut silent = packet("silent", true);
    silent.keep_alive = 1;
    let (mut silent, _) = begin(&lab, silent);
    assert_eq!(silent.next(), None);
}

#[test]
fn a_kept_session_gets_what_it_missed_and_what_it_did_not_acknowledge() {
    let lab = Lab::start().expect("lab");
    let mut from = connect(&lab, "from");
    let (mut to, present) = begin(&lab, packet("to", false));
    assert!(!present);
    to.subscribe("a", QoS::AtLeastOnce);
    from.publish("a", QoS::AtLeastOnce, 1, false, "unacknowledged");
    assert!(matches!(to.next(), Some(Packet::Publish(p)) if !p.dup));
    drop(to);
    let (mut to, present) = begin(&lab, packet("to", false));
    assert!(present);
    assert_eq!(to.message(), text("a", "unacknowledged", 1, false, true));
    to.send(Packet::Disconnect);
    assert_eq!(to.next(), None);
    from.publish("a", QoS::AtLeastOnce, 2, false, "missed");
    from.publish("a", QoS::AtMostOnce, 0, false, "lost");
    from.next();
    from.next();
    from.settle();
    let (mut to, _) = begin(&lab, packet("to", false));
    assert_eq!(to.message(), text("a", "missed", 1, false, false));
    to.settle();
    assert!(!begin(&lab, packet("to", true)).1, "a clean session forgets");
}

#[test]
fn a_newer_client_of_the_same_name_takes_the_place() {
    let lab = Lab::start().expect("lab");
    let mut older = connect(&lab, "twin");
    older.subscribe("a", QoS::AtMostOnce);
    let mut newer = connect(&lab, "twin");
    assert_eq!(older.next(), None);
    newer.subscribe("a", QoS::AtMostOnce);
    newer.publish("a", QoS::AtMostOnce, 0, false, "x");
    assert_eq!(newer.message().1, "x");
}

#[test]
fn versions_and_names() {
    let lab = Lab::start().expect("lab");
    let code = |bytes: &[u8]| {
        let mut client = Client::new(tcp(&lab, 1883));
        client.stream.write_all(bytes).expect("sent");
        match client.next() {
            Some(Packet::ConnAck(ack)) => Some(ack.code as u8),
            None => None,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(code(b"\x10\x0e\0\x04MQTT\x04\x02\0\0\0\x02id"), Some(0));
    assert_eq!(code(b"\x10\x10\0\x06MQIsdp\x03\x02\0\0\0\x02id"), Some(0), "MQTT 3.1");
    assert_eq!(code(b"\x10\x0c\0\x04MQTT\x04\x02\0\0\0\0"), Some(0), "no name");
    assert_eq!(code(b"\x10\x0c\0\x04MQTT\x04\0\0\0\0\0"), Some(2), "no name for a session that is kept");
    assert_eq!(code(b"\x10\x0f\0\x04MQTT\x05\x02\0\0\0\0\x02id"), Some(1), "MQTT 5");
    assert_eq!(code(b"\x10\x0e\0\x04MQTT\x09\x02\0\0\0\x02id"), Some(1));
    assert_eq!(code(b"GET / HTTP/1.1\r\n\r\n"), None);
    assert_eq!(code(b"\xc0\0\xc0\0\xc0\0\xc0\0\xc0\0\xc0\0\xc0\0"), None, "who does not connect first");
}

#[test]
fn a_client_that_does_not_read_blocks_nobody() {
    let lab = Lab::start().expect("lab");
    let mut deaf = connect(&lab, "deaf");
    deaf.subscribe("#", QoS::AtLeastOnce);
    let mut from = connect(&lab, "from");
    let text = "x".repeat(10_000);
    for _ in 0..3000 {
        from.publish("a", QoS::AtMostOnce, 0, false, &text);
    }
    from.settle();
    assert_eq!(deaf.message().1.len(), 10_000);
}

#[test]
fn over_tls() {
    let lab = Lab::start().expect("lab");
    let mut client = Client::new(secured(&lab, "broker.example.com", 8883));
    client.send(Packet::Connect(packet("secret", true)));
    assert!(matches!(client.next(), Some(Packet::ConnAck(ack)) if ack.code == ConnectReturnCode::Success));
    let mut plain = connect(&lab, "plain");
    plain.subscribe("a", QoS::AtMostOnce);
    client.publish("a", QoS::AtMostOnce, 0, false, "one broker");
    assert_eq!(plain.message().1, "one broker");
}

/// How many messages of 1 MB the broker keeps, at most.
const ROOM: usize = 134;

#[test]
fn what_is_kept_has_a_limit_and_a_full_broker_goes_on() {
    let lab = Lab::start().expect("lab");
    let mut client = connect(&lab, "writer");
    let large = "x".repeat(1_000_000);
    for n in 0..ROOM + 20 {
        client.publish(&format!("kept/{n}"), QoS::AtMostOnce, 0, true, &large);
    }
    client.settle();
    let mut reader = connect(&lab, "reader");
    assert!(matches!(reader.subscribe("kept/0", QoS::AtMostOnce), SubscribeReasonCode::Success(_)));
    assert_eq!(reader.message().1.len(), large.len());
    assert!(matches!(reader.subscribe("kept/+", QoS::AtMostOnce), SubscribeReasonCode::Success(_)));
    let mut kept = 0;
    reader.send(Packet::PingReq);
    while let Some(Packet::Publish(_)) = reader.next() {
        kept += 1;
    }
    assert!((100..=ROOM).contains(&kept), "{kept}");
    // What is taken away makes room.
    client.publish("kept/1", QoS::AtMostOnce, 0, true, "");
    client.settle();
    assert_eq!(reader.message(), text("kept/1", "", 0, false, false));
    client.publish("kept/new", QoS::AtMostOnce, 0, true, "small");
    assert_eq!(reader.message(), text("kept/new", "small", 0, false, false));
}
