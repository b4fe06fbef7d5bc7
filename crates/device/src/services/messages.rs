//! Short messages: the two stores, what arrives, what is sent.

use crate::board_file;
use quecpy_formats::sms_pdu::Message;
use std::collections::BTreeMap;

/// Where messages are kept: on the card or in the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// On the SIM card.
    Card,
    /// In the module.
    Module,
}

impl Store {
    /// `SM` or `ME`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Card => "SM",
            Self::Module => "ME",
        }
    }

    /// The store of this name, `SM` or `ME`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Card, Self::Module].into_iter().find(|s| s.name() == name)
    }

    /// Messages that it holds: a usual card, and a usual module.
    #[must_use]
    pub fn room(self) -> usize {
        match self {
            Self::Card => 50,
            Self::Module => 180,
        }
    }
}

/// Messages of one board.
#[derive(Debug)]
pub struct Messages {
    stores: [BTreeMap<usize, Message>; 2],
    /// Which store is read, which written, and which takes what arrives (`AT+CPMS`).
    pub used: [Store; 3],
    /// The service centre's number.
    pub centre: String,
    /// What has been sent, in order.
    pub sent: Vec<Message>,
}

impl Messages {
    pub(crate) fn new(description: &board_file::Sms) -> Self {
        Self {
            stores: Default::default(),
            used: [Store::Card; 3],
            centre: description.center.clone(),
            sent: Vec::new(),
        }
    }

    /// How many messages a store has.
    #[must_use]
    pub fn count(&self, store: Store) -> usize {
        self.stores[store as usize].len()
    }

    /// Stores a message under the lowest free number; `None` when the store is full.
    pub(crate) fn add(&mut self, store: Store, message: Message) -> Option<usize> {
        let all = &mut self.stores[store as usize];
        let free = (0..store.room()).find(|i| !all.contains_key(i))?;
        all.insert(free, message);
        Some(free)
    }

    /// A message of the store that is read.
    #[must_use]
    pub fn get(&self, index: i64) -> Option<&Message> {
        self.stores[self.used[0] as usize].get(&usize::try_from(index).ok()?)
    }

    /// Removes one message, or all; false if there is no such message.
    pub fn delete(&mut self, index: Option<i64>) -> bool {
        let all = &mut self.stores[self.used[0] as usize];
        match index {
            None => {
                all.clear();
                true
            }
            Some(index) => usize::try_from(index).is_ok_and(|index| all.remove(&index).is_some()),
        }
    }
}

/// The same subscriber, with or without the country's code.
pub(crate) fn is_same_number(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('+'), b.trim_start_matches('+'));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // Shorter ones are service numbers.
    short == long || short.len() >= 7 && long.ends_with(short)
}

/// The civil date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) fn date(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let (era, day_of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Source, Value};
    use crate::services::testing::board;
    use quecpy_formats::sms_pdu::Coding;

    #[test]
    fn a_message_arrives_is_read_and_deleted() {
        let (board, events) = board();
        assert_eq!(board.deliver_message("10010", "hello"), Some((0, Store::Card)));
        assert_eq!(board.deliver_message("+8613900000000", "你好"), Some((1, Store::Card)));
        let first = events.recv().unwrap();
        assert_eq!(first.argument, Value::Tuple(vec![0.into(), 0.into(), "SM".into()]));
        let mut messages = board.services.messages.lock();
        assert_eq!(messages.get(1).unwrap().coding, Coding::Ucs2);
        assert!(messages.delete(Some(0)) && !messages.delete(Some(0)) && !messages.delete(Some(-1)));
        assert_eq!(messages.count(Store::Card), 1);
        assert!(messages.delete(None) && messages.count(Store::Card) == 0);
    }

    #[test]
    fn a_message_to_oneself_arrives_and_others_are_recorded() {
        let (board, events) = board();
        assert!(board.send_message("13000000000", "me", Coding::Gsm7).is_some());
        assert!(board.send_message("10086", "you", Coding::Ucs2).is_some());
        assert_eq!(events.recv().unwrap().source, Source::Sms);
        assert!(events.try_recv().is_err());
        let messages = board.services.messages.lock();
        assert_eq!(messages.get(0).unwrap().number, "+8613000000000");
        assert_eq!(messages.sent.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["me", "you"]);
    }

    #[test]
    fn no_network_no_message_and_a_full_store_takes_none() {
        let (board, _events) = board();
        for _ in 0..50 {
            assert!(board.deliver_message("1", "x").is_some());
        }
        assert_eq!(board.deliver_message("1", "x"), None);
        board.set_sim(None);
        assert_eq!(board.send_message("10086", "x", Coding::Gsm7), None);
    }

    #[test]
    fn days_have_dates() {
        for (day, expected) in
            [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (20_780, (2026, 11, 23)), (-1, (1969, 12, 31))]
        {
            assert_eq!(date(day), expected);
        }
    }
}
