//! What MQTT clients share: subscriptions, retained messages, messages for those who are away.

use rumqttc::mqttbytes::v4::{Connect, LastWill, Packet, Publish};
use rumqttc::mqttbytes::{QoS, matches};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::UnboundedSender;

/// What is to be sent to a client.
pub type Outbox = UnboundedSender<Packet>;

/// Messages kept for a client that is away, and packets for one that does not read.
const KEPT: usize = 1000;

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
    missed: VecDeque<Publish>,
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

impl Place {
    /// Hands a message over, or keeps it for later.
    fn deliver(&mut self, mut message: Publish) {
        message.dup = false;
        message.pkid = 0;
        if message.qos != QoS::AtMostOnce {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            message.pkid = self.last_id;
        }
        match &self.outbox {
            Some(outbox) => drop(outbox.send(Packet::Publish(message))),
            None if message.qos != QoS::AtMostOnce && self.missed.len() < KEPT => self.missed.push_back(message),
            None => {}
        }
    }

    /// The quality at which a topic is subscribed to, if it is.
    fn wants(&self, topic: &str) -> Option<QoS> {
        let fitting = self.subscriptions.iter().filter(|(filter, _)| matches(topic, filter));
        fitting.map(|(_, qos)| *qos).max_by_key(|qos| *qos as u8)
    }
}

impl Broker {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A client comes; one of the same name has to go. `greet` is told whether a session was kept for it, before any
    /// message that it has missed is sent.
    pub fn enter(&self, connect: &Connect, outbox: Outbox, greet: impl FnOnce(bool)) -> Session {
        let mut state = self.state();
        state.turns += 1;
        let turn = state.turns;
        let client_id =
            if connect.client_id.is_empty() { format!("\0nameless {turn}") } else { connect.client_id.clone() };
        if connect.clean_session {
            state.places.remove(&client_id);
        }
        let known = state.places.contains_key(&client_id);
        let place = state.places.entry(client_id.clone()).or_default();
        place.turn = turn;
        // Dropping the old one ends the other client's connection.
        place.outbox = Some(outbox);
        greet(known);
        for message in std::mem::take(&mut place.missed) {
            place.deliver(message);
        }
        Session { client_id, turn, clean: connect.clean_session }
    }

    /// A client goes; what it wanted to be said then is said.
    pub fn leave(&self, session: &Session, will: Option<LastWill>) {
        {
            let mut state = self.state();
            let Some(place) = state.places.get_mut(&session.client_id) else { return };
            if place.turn == session.turn {
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
        let State { places, retained, .. } = &mut *state;
        let Some(place) = places.get_mut(&session.client_id).filter(|p| p.turn == session.turn) else { return };
        for (filter, qos) in filters {
            place.subscriptions.retain(|(known, _)| *known != filter);
            for message in retained.values().filter(|m| matches(&m.topic, &filter)) {
                place.deliver(Publish { qos: least(qos, message.qos), ..message.clone() });
            }
            place.subscriptions.push((filter, qos));
        }
    }

    pub fn unsubscribe(&self, session: &Session, filters: &[String]) {
        if let Some(place) = self.state().places.get_mut(&session.client_id) {
            place.subscriptions.retain(|(known, _)| !filters.contains(known));
        }
    }
}
