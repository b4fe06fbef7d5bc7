//! The board: short messages that come and go.

use super::Board;
use crate::event::{Source, Value};
use crate::services::messages::{Store, date, is_same_number};
use quecpy_formats::sms_pdu::{self as pdu, Coding, Message, Time};

impl Board {
    /// A message arrives from the network: it is stored, and the script's callback hears of it. Returns its number and
    /// store; `None` without network or room, or if the text is too long for one message.
    pub fn deliver_message(&self, from: &str, text: &str) -> Option<(usize, Store)> {
        let coding = if pdu::septets(text).is_some() { Coding::Gsm7 } else { Coding::Ucs2 };
        let message = Message { number: from.to_owned(), text: text.to_owned(), coding, time: Some(self.time()) };
        self.deliver(message)
    }

    fn deliver(&self, message: Message) -> Option<(usize, Store)> {
        if !self.is_registered() {
            return None;
        }
        let (index, store) = {
            let mut messages = self.services.messages.lock();
            pdu::encode(&message, &messages.centre)?;
            let store = messages.used[2];
            (messages.add(store, message)?, store)
        };
        let number = i64::try_from(index).unwrap_or(0);
        self.events.send(Source::Sms, Value::Tuple(vec![0.into(), number.into(), store.name().into()]));
        Some((index, store))
    }

    /// Sends a message and returns its PDU; `None` if it cannot be sent. One to the module's own number arrives here.
    pub fn send_message(&self, to: &str, text: &str, coding: Coding) -> Option<Vec<u8>> {
        let message = Message { number: to.to_owned(), text: text.to_owned(), coding, time: None };
        if !self.is_registered() || !to.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let pdu = {
            let mut messages = self.services.messages.lock();
            let pdu = pdu::encode(&message, &messages.centre)?;
            messages.sent.push(message.clone());
            pdu
        };
        let own = self.radio(|radio, _| radio.sim.card.phone.clone());
        if is_same_number(&own, to) {
            // A full store loses it, as in any network.
            let _ = self.deliver(Message { number: own, time: Some(self.time()), ..message });
        }
        Some(pdu)
    }

    /// Local time as messages carry it.
    fn time(&self) -> Time {
        let (days, seconds) = (self.clock.local().div_euclid(86_400), self.clock.local().rem_euclid(86_400));
        let (year, month, day) = date(days);
        let parts = [year - 2000, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60];
        let fields = parts.map(|n| u8::try_from(n.clamp(0, 99)).unwrap_or(0));
        Time { fields, zone: i8::try_from(self.clock.zone_quarters()).unwrap_or(0) }
    }
}
