//! What MQTT clients share: subscriptions, retained messages, messages for those who are away.

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{ConnAck, Connect, ConnectReturnCode, LastWill, Packet, Publish};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::Sender;

/// What is to be sent to a client.
pub type Outbox = Sender<Packet>;

/// Messages kept for a client that is away, and packets for one that does not read; mosquitto's default
/// `max_queued_messages`.
pub const KEPT: usize = 1000;

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
    subscriptions: Vec<(String, QoS)>,
    /// Of QoS 1 and 2, in order, until the client has acknowledged them; `dup` is set in those that were sent.
    pending: VecDeque<Publish>,
    /// Packet identifiers count from 1 to 65535 and over again.
    last_id: u16,
}

#[derive(Debug, Default)]
struct State {
    places: HashMap<String, Place>,
    retained: BTreeMap<String, Publish>,
    turns: u64,
}

/// One broker.
#[derive(Debug, Default)]
pub struct Broker(Mutex<State>);

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
    /// Who reads so slowly that its outbox is full loses the message, or gets it at its next visit.
    fn send(&self, packet: Packet) -> bool {
        self.outbox.as_ref().is_some_and(|outbox| outbox.try_send(packet).is_ok())
    }

    /// Hands a message over, or keeps it for later.
    fn deliver(&mut self, mut message: Publish) {
        message.dup = false;
        message.pkid = 0;
        if message.qos == QoS::AtMostOnce {
            self.send(Packet::Publish(message));
        } else if self.pending.len() < KEPT {
            message.pkid = self.next_id();
            let sent = self.send(Packet::Publish(message.clone()));
            self.pending.push_back(Publish { dup: sent, ..message });
        }
    }

    fn next_id(&mut self) -> u16 {
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if self.pending.iter().all(|m| m.pkid != self.last_id) {
                return self.last_id;
            }
        }
    }

    /// Sends what was not acknowledged at the last visit (MQTT 3.1.1, 4.4).
    fn catch_up(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        for message in &mut pending {
            message.dup |= self.send(Packet::Publish(message.clone()));
        }
        self.pending = pending;
    }

    /// The quality at which a topic is subscribed to, if it is.
    fn wants(&self, topic: &str) -> Option<QoS> {
        let fitting = self.subscriptions.iter().filter(|(filter, _)| matches(topic, filter));
        fitting.map(|(_, qos)| *qos).max_by_key(|qos| *qos as u8)
    }
}

impl State {
    fn place(&mut self, session: &Session) -> Option<&mut Place> {
        self.places.get_mut(&session.client_id).filter(|place| place.turn == session.turn)
    }
}

impl Broker {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A client comes; one of the same name has to go. It is told whether a session was kept for it, then what it has
    /// missed.
    pub fn enter(&self, connect: &Connect, outbox: Outbox) -> Session {
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
        // Dropping the old one, the only one, ends the other client's connection.
        place.outbox = Some(outbox);
        place.send(Packet::ConnAck(ConnAck::new(ConnectReturnCode::Success, known)));
        place.catch_up();
        Session { client_id, turn, clean: connect.clean_session }
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

    /// Hands a message to all who want it. A retained one is kept; an empty one takes it away.
    pub fn publish(&self, mut message: Publish) {
        let mut state = self.state();
        if std::mem::take(&mut message.retain) {
            if message.payload.is_empty() {
                state.retained.remove(&message.topic);
            } else {
                state.retained.insert(message.topic.clone(), Publish { retain: true, ..message.clone() });
            }
        }
        for place in state.places.values_mut() {
            if let Some(qos) = place.wants(&message.topic) {
                place.deliver(Publish { qos: least(qos, message.qos), ..message.clone() });
            }
        }
    }

    /// Subscribes, and hands over what is retained.
    pub fn subscribe(&self, session: &Session, filters: Vec<(String, QoS)>) {
        let mut state = self.state();
        let retained = std::mem::take(&mut state.retained);
        if let Some(place) = state.place(session) {
            for (filter, qos) in filters {
                for message in retained.values().filter(|m| matches(&m.topic, &filter)) {
                    place.deliver(Publish { qos: least(qos, message.qos), ..message.clone() });
                }
                place.subscriptions.retain(|(known, _)| *known != filter);
                place.subscriptions.push((filter, qos));
            }
        }
        state.retained = retained;
    }

    pub fn unsubscribe(&self, session: &Session, filters: &[String]) {
        if let Some(place) = self.state().place(session) {
            place.subscriptions.retain(|(known, _)| !filters.contains(known));
        }
    }

    /// A message has arrived.
    pub fn acknowledged(&self, session: &Session, pkid: u16) {
        if let Some(place) = self.state().place(session) {
            place.pending.retain(|message| message.pkid != pkid);
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
