//! The MQTT broker (3.1 and 3.1.1): one client's talk is here, what clients share is in `broker`, packets are
//! rumqttc's.

mod broker;

pub use broker::Broker;

use broker::{KEPT, Outbox, Parcel, Session, Subscription};
use bytes::BytesMut;
use rumqttc::mqttbytes::v4::{
    ConnAck, Connect, ConnectReturnCode, Packet, PubAck, PubComp, PubRec, PubRel, Publish, SubAck, Subscribe,
    SubscribeReasonCode, UnsubAck,
};
use rumqttc::mqttbytes::{Error, Protocol, QoS, valid_filter, valid_topic};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc::{Receiver, WeakSender};

/// The largest packet that is taken. Modules have no memory for a larger one.
const LARGEST: usize = 1 << 20;
/// The first byte of a CONNECT.
const CONNECT: u8 = 0x10;
/// Its length with an empty name.
const SHORTEST_CONNECT: usize = 14;
/// For a client that has gone to take what was said last.
const GRACE: Duration = Duration::from_secs(5);
/// Read at once.
const CHUNK: usize = 16 * 1024;

/// Talks with one client to the end.
pub async fn serve<S: AsyncRead + AsyncWrite + Send + 'static>(broker: Arc<Broker>, stream: S) {
    let (read, write) = tokio::io::split(stream);
    let (outbox, packets) = tokio::sync::mpsc::channel(KEPT);
    let mut writer = tokio::spawn(send(packets, write));
    let input = Input { read, bytes: BytesMut::new() };
    let mut client = Client { broker, input, outbox: outbox.downgrade(), unreleased: HashSet::new() };
    client.talk(outbox).await;
    // The writer ends when the only sender is gone, after all that was said.
    if tokio::time::timeout(GRACE, &mut writer).await.is_err() {
        writer.abort();
    }
}

async fn send<S: AsyncWrite>(mut packets: Receiver<Parcel>, mut write: WriteHalf<S>) {
    while let Some(parcel) = packets.recv().await {
        let mut bytes = BytesMut::new();
        if parcel.packet.write(&mut bytes, LARGEST).is_err() || write.write_all(&bytes).await.is_err() {
            break;
        }
    }
    let _ = write.shutdown().await;
}

/// Packets as they arrive.
struct Input<S> {
    read: ReadHalf<S>,
    bytes: BytesMut,
}

impl<S: AsyncRead> Input<S> {
    /// The next packet; `None` at the end of the stream, or when it is no MQTT, or after `patience`.
    async fn next(&mut self, patience: Option<Duration>) -> Option<Packet> {
        loop {
            match Packet::read(&mut self.bytes, LARGEST) {
                Ok(packet) => return Some(packet),
                Err(Error::InsufficientBytes(_)) => {}
                Err(_) => return None,
            }
            if !self.more(patience).await {
                return None;
            }
        }
    }

    async fn more(&mut self, patience: Option<Duration>) -> bool {
        let mut chunk = vec![0; CHUNK];
        let reading = self.read.read(&mut chunk);
        let read = match patience {
            Some(patience) => tokio::time::timeout(patience, reading).await.unwrap_or(Ok(0)),
            None => reading.await,
        };
        let n = read.unwrap_or(0);
        self.bytes.extend_from_slice(&chunk[..n]);
        n > 0
    }

    /// The first packet, which may be of MQTT 3.1: that differs in the protocol's name and number only.
    async fn connect(&mut self) -> Option<Result<Connect, ConnectReturnCode>> {
        // Enough to see the protocol's name; every CONNECT is longer.
        while self.bytes.len() < SHORTEST_CONNECT {
            if !self.more(None).await {
                return None;
            }
        }
        if self.bytes[0] != CONNECT {
            return None;
        }
        modernise(&mut self.bytes);
        loop {
            match Packet::read(&mut self.bytes, LARGEST) {
                Ok(Packet::Connect(connect)) if connect.protocol == Protocol::V4 => return Some(Ok(connect)),
                Ok(Packet::Connect(_)) | Err(Error::InvalidProtocolLevel(_)) => {
                    return Some(Err(ConnectReturnCode::RefusedProtocolVersion));
                }
                Err(Error::InsufficientBytes(_)) if self.more(None).await => {}
                _ => return None,
            }
        }
    }
}

/// Rewrites the head of an MQTT 3.1 CONNECT as 3.1.1's.
fn modernise(bytes: &mut BytesMut) {
    const OLD: &[u8] = b"\0\x06MQIsdp\x03";
    const NEW: &[u8] = b"\0\x04MQTT\x04";
    // The remaining length is one to four bytes; only the last has its top bit clear.
    let Some(end) = bytes.iter().skip(1).take(4).position(|b| b & 0x80 == 0) else { return };
    let (head, rest) = bytes.split_at(end + 2);
    let Some(rest) = rest.strip_prefix(OLD) else { return };
    let length: usize = head[1..].iter().rev().fold(0, |n, b| n << 7 | usize::from(b & 0x7f));
    if length < OLD.len() {
        return; // no sound packet
    }
    let mut length = length - (OLD.len() - NEW.len());
    let mut new = vec![head[0]];
    loop {
        let low = u8::try_from(length & 0x7f).unwrap_or(0);
        length >>= 7;
        new.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    new.extend_from_slice(NEW);
    new.extend_from_slice(rest);
    *bytes = BytesMut::from(&new[..]);
}

/// One client.
struct Client<S> {
    broker: Arc<Broker>,
    input: Input<S>,
    /// The broker holds the outbox itself, and lets it go when another client takes the place.
    outbox: WeakSender<Parcel>,
    /// Packets of QoS 2 whose second half has not come.
    unreleased: HashSet<u16>,
}

impl<S: AsyncRead> Client<S> {
    fn say(&self, packet: Packet) {
        // Fails when the client is gone, or reads nothing; then reading ends as well.
        if let Some(outbox) = self.outbox.upgrade() {
            let _ = outbox.try_send(packet.into());
        }
    }

    async fn talk(&mut self, outbox: Outbox) {
        let connect = match self.input.connect().await {
            Some(Ok(connect)) if connect.client_id.is_empty() && !connect.clean_session => {
                Err(ConnectReturnCode::BadClientId)
            }
            Some(connect) => connect,
            None => return,
        };
        let connect = match connect {
            Ok(connect) => connect,
            Err(code) => return self.say(Packet::ConnAck(ConnAck::new(code, false))),
        };
        let Some(session) = self.broker.enter(&connect, outbox.clone()) else {
            return self.say(Packet::ConnAck(ConnAck::new(ConnectReturnCode::ServiceUnavailable, false)));
        };
        // The broker's is the only one: without it the client has to go.
        drop(outbox);
        // One and a half times the keep alive (MQTT 3.1.1, 3.1.2.10).
        let patience = (connect.keep_alive > 0).then(|| Duration::from_millis(u64::from(connect.keep_alive) * 1500));
        let mut polite = false;
        while let Some(packet) = self.input.next(patience).await {
            if packet == Packet::Disconnect {
                polite = true;
                break;
            }
            let replaced = self.outbox.strong_count() == 0;
            if replaced || !self.answer(packet, &session) {
                break;
            }
        }
        self.broker.leave(&session, if polite { None } else { connect.last_will });
    }

    /// False for what a client must not say.
    fn answer(&mut self, packet: Packet, session: &Session) -> bool {
        match packet {
            Packet::Publish(publish) => return self.published(publish),
            Packet::PubRel(release) => {
                self.unreleased.remove(&release.pkid);
                self.say(Packet::PubComp(PubComp::new(release.pkid)));
            }
            Packet::PubRec(received) => {
                self.broker.acknowledged(session, received.pkid);
                self.say(Packet::PubRel(PubRel::new(received.pkid)));
            }
            Packet::PubAck(acknowledged) => self.broker.acknowledged(session, acknowledged.pkid),
            Packet::PubComp(_) => {}
            Packet::Subscribe(subscribe) => self.subscribe(subscribe, session),
            Packet::Unsubscribe(unsubscribe) => {
                self.broker.unsubscribe(session, &unsubscribe.topics);
                self.say(Packet::UnsubAck(UnsubAck::new(unsubscribe.pkid)));
            }
            Packet::PingReq => self.say(Packet::PingResp),
            _ => return false,
        }
        true
    }

    fn published(&mut self, publish: Publish) -> bool {
        if publish.topic.is_empty() || !valid_topic(&publish.topic) {
            return false;
        }
        let pkid = publish.pkid;
        match publish.qos {
            QoS::AtMostOnce => self.broker.publish(publish),
            QoS::AtLeastOnce => {
                self.broker.publish(publish);
                self.say(Packet::PubAck(PubAck::new(pkid)));
            }
            QoS::ExactlyOnce => {
                if self.unreleased.insert(pkid) {
                    self.broker.publish(publish);
                }
                self.say(Packet::PubRec(PubRec::new(pkid)));
            }
        }
        true
    }

    fn subscribe(&self, subscribe: Subscribe, session: &Session) {
        let (good, codes): (Vec<_>, Vec<_>) = subscribe
            .filters
            .into_iter()
            .map(|f| match self.broker.room(f.path.len()).filter(|_| valid_filter(&f.path)) {
                Some(share) => {
                    let wanted = Subscription { filter: f.path, qos: f.qos, share };
                    (Some(wanted), SubscribeReasonCode::Success(f.qos))
                }
                None => (None, SubscribeReasonCode::Failure),
            })
            .unzip();
        self.say(Packet::SubAck(SubAck::new(subscribe.pkid, codes)));
        self.broker.subscribe(session, good.into_iter().flatten().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connect_of_mqtt_3_1_becomes_one_of_3_1_1() {
        let mut bytes = BytesMut::from(&b"\x10\x10\0\x06MQIsdp\x03\x02\0\x3c\0\x02id"[..]);
        modernise(&mut bytes);
        let Ok(Packet::Connect(connect)) = Packet::read(&mut bytes, LARGEST) else { panic!("{bytes:?}") };
        assert_eq!((connect.client_id.as_str(), connect.keep_alive), ("id", 60));
    }

    #[test]
    fn anything_else_stays_as_it_is() {
        for text in [&b"\x10\xff\xff\xff\xff\xff"[..], b"GET / HTTP/1.0\r\n", b"", b"\x10", b"\x10\x02\0\x06MQIsdp\x03"]
        {
            let mut bytes = BytesMut::from(text);
            modernise(&mut bytes);
            assert_eq!(bytes, text);
        }
    }
}
