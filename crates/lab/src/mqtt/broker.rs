//! What MQTT clients share: subscriptions, retained messages, messages for clients that are away.

use crate::budget::{Budget, Share};
use parking_lot::{Mutex, MutexGuard};
use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{ConnAck, Connect, ConnectReturnCode, LastWill, Packet, Publish};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

/// A packet that is to be sent, and its share of what the broker keeps.
#[derive(Debug)]
pub struct Parcel {
    pub packet: Packet,
    _share: Option<Arc<Share>>,
}

impl From<Packet> for Parcel {
    fn from(packet: Packet) -> Self {
        Self { packet, _share: None }
    }
}

/// What is to be sent to a client.
pub type Outbox = Sender<Parcel>;

/// A message, kept once for all its subscribers.
#[derive(Debug, Clone)]
struct Kept {
    publish: Publish,
    share: Arc<Share>,
}

/// What a message, a subscription or a session takes beside its own bytes.
const OVERHEAD: usize = 256;

/// Messages kept for a client that is away, and packets for one that does not read; mosquitto's default
/// `max_queued_messages`.
pub const KEPT: usize = 1000;

impl From<Kept> for Parcel {
    fn from(message: Kept) -> Self {
        Self { packet: Packet::Publish(message.publish), _share: Some(message.share) }
    }
}

/// A client's hold on its place; a newer client of the same name has another `turn`.
#[derive(Debug, Clone)]
pub struct Session {
    client_id: String,
    turn: u64,
    clean: bool,
}

#[derive(Debug, Default)]
struct Place {
    turn: u64,
    outbox: Option<Outbox>,
    subscriptions: Vec<Subscription>,
    /// Of QoS 1 and 2, in order, until the client has acknowledged them; `dup` is set in those that were sent.
    pending: VecDeque<Kept>,
    /// Packet identifiers count from 1 to 65535 and over again.
    last_id: u16,
    _share: Option<Share>,
}

/// A filter that a client wants to hear of.
#[derive(Debug)]
pub struct Subscription {
    pub filter: String,
    pub qos: QoS,
    #[expect(dead_code, reason = "given back when dropped")]
    pub share: Share,
}

#[derive(Debug, Default)]
struct State {
    places: HashMap<String, Place>,
    retained: BTreeMap<String, Kept>,
    turns: u64,
}

/// One broker.
#[derive(Debug, Default)]
pub struct Broker {
    state: Mutex<State>,
    budget: Budget,
}

/// The lesser of two qualities of service.
fn least(a: QoS, b: QoS) -> QoS {
    if (a as u8) < (b as u8) { a } else { b }
}

/// Whether a topic matches a filter, both sound (MQTT 3.1.1, 4.7). Wildcards at the start leave out `$` topics.
fn matches(topic: &str, filter: &str) -> bool {
    if topic.starts_with('$') && filter.starts_with(['#', '+']) {
        return false;
    }
    let mut levels = topic.split('/');
    for part in filter.split('/') {
        match (part, levels.next()) {
            ("#", _) => return true,
            ("+", Some(_)) => {}
            (part, Some(level)) if part == level => {}
            _ => return false,
        }
    }
    levels.next().is_none()
}

impl Place {
    /// A client that reads so slowly that its outbox is full loses the message, or gets it at its next visit.
    fn send(&self, parcel: Parcel) -> bool {
        self.outbox.as_ref().is_some_and(|outbox| outbox.try_send(parcel).is_ok())
    }

    /// Hands a message over, or keeps it for later.
    fn deliver(&mut self, message: &Kept, qos: QoS) {
        let mut message = message.clone();
        message.publish.dup = false;
        message.publish.pkid = 0;
        message.publish.qos = qos;
        if qos == QoS::AtMostOnce {
            self.send(message.into());
        } else if self.pending.len() < KEPT {
            message.publish.pkid = self.next_id();
            message.publish.dup = self.send(message.clone().into());
            self.pending.push_back(message);
        }
    }

    fn next_id(&mut self) -> u16 {
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if self.pending.iter().all(|m| m.publish.pkid != self.last_id) {
                return self.last_id;
            }
        }
    }

    /// Sends what was not acknowledged at the last visit (MQTT 3.1.1, 4.4).
    fn catch_up(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        for message in &mut pending {
            message.publish.dup |= self.send(message.clone().into());
        }
        self.pending = pending;
    }

    /// The quality at which a topic is subscribed to, if it is.
    fn wants(&self, topic: &str) -> Option<QoS> {
        let fitting = self.subscriptions.iter().filter(|wanted| matches(topic, &wanted.filter));
        fitting.map(|wanted| wanted.qos).max_by_key(|qos| *qos as u8)
    }
}

impl State {
    fn place(&mut self, session: &Session) -> Option<&mut Place> {
        self.places.get_mut(&session.client_id).filter(|place| place.turn == session.turn)
    }
}

impl Broker {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// Room for something that is to be remembered; none if the broker is full.
    pub fn room(&self, bytes: usize) -> Option<Share> {
        self.budget.share(bytes + OVERHEAD)
    }

    /// A client comes; one of the same name has to go. It is told whether a session was kept for it, then what it has
    /// missed. None: there is no room for a further session.
    pub fn enter(&self, connect: &Connect, outbox: Outbox) -> Option<Session> {
        let share = self.room(connect.client_id.len())?;
        let mut state = self.state();
        state.turns += 1;
        let turn = state.turns;
        let nameless = connect.client_id.is_empty();
        let client_id = if nameless { format!("\0nameless {turn}") } else { connect.client_id.clone() };
        if connect.clean_session {
            state.places.remove(&client_id);
        }
        let known = state.places.contains_key(&client_id);
        let place = state.places.entry(client_id.clone()).or_default();
        place.turn = turn;
        place._share = Some(share);
        // Dropping the old one, the only one, ends the other client's connection.
        place.outbox = Some(outbox);
        place.send(Packet::ConnAck(ConnAck::new(ConnectReturnCode::Success, known)).into());
        place.catch_up();
        Some(Session { client_id, turn, clean: connect.clean_session })
    }

    /// A client goes; what it wanted to be said then is said.
    pub fn leave(&self, session: &Session, will: Option<LastWill>) {
        {
            let mut state = self.state();
            if let Some(place) = state.place(session) {
                place.outbox = None;
                if session.clean {
                    state.places.remove(&session.client_id);
                }
            }
        }
        if let Some(will) = will {
            let mut message = Publish::from_bytes(will.topic, will.qos, will.message);
            message.retain = will.retain;
            self.publish(message);
        }
    }

    /// Hands a message to its subscribers. A retained one is kept; an empty one takes it away. A full broker loses it.
    pub fn publish(&self, mut publish: Publish) {
        let retain = std::mem::take(&mut publish.retain);
        let mut state = self.state();
        if retain {
            state.retained.remove(&publish.topic);
        }
        let Some(share) = self.room(publish.topic.len() + publish.payload.len()) else { return };
        let message = Kept { publish, share: Arc::new(share) };
        if retain && !message.publish.payload.is_empty() {
            let mut kept = message.clone();
            kept.publish.retain = true;
            state.retained.insert(message.publish.topic.clone(), kept);
        }
        for place in state.places.values_mut() {
            if let Some(qos) = place.wants(&message.publish.topic) {
                place.deliver(&message, least(qos, message.publish.qos));
            }
        }
    }

    /// Subscribes, and hands over what is retained.
    pub fn subscribe(&self, session: &Session, wanted: Vec<Subscription>) {
        let mut state = self.state();
        let retained = std::mem::take(&mut state.retained);
        if let Some(place) = state.place(session) {
            for wanted in wanted {
                for message in retained.values().filter(|m| matches(&m.publish.topic, &wanted.filter)) {
                    place.deliver(message, least(wanted.qos, message.publish.qos));
                }
                place.subscriptions.retain(|known| known.filter != wanted.filter);
                place.subscriptions.push(wanted);
            }
        }
        state.retained = retained;
    }

    pub fn unsubscribe(&self, session: &Session, filters: &[String]) {
        if let Some(place) = self.state().place(session) {
            place.subscriptions.retain(|known| !filters.contains(&known.filter));
        }
    }

    /// A message has arrived.
    pub fn acknowledged(&self, session: &Session, pkid: u16) {
        if let Some(place) = self.state().place(session) {
            place.pending.retain(|message| message.publish.pkid != pkid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn filters() {
        for (topic, filter) in [
            ("a", "a"),
            ("a/b", "+/b"),
            ("a/b", "a/+"),
            ("a/b/c", "a/#"),
            ("a", "a/#"),
            ("/a", "+/a"),
            ("a//b", "a/+/b"),
            ("ä/b", "#"),
            ("$SYS/x", "$SYS/#"),
        ] {
            assert!(matches(topic, filter), "{topic} {filter}");
        }
        for (topic, filter) in
            [("a", "b"), ("a/b", "a"), ("a", "a/b"), ("a", "a/+"), ("A", "a"), ("$SYS/x", "#"), ("$SYS/x", "+/x")]
        {
            assert!(!matches(topic, filter), "{topic} {filter}");
        }
    }
}
