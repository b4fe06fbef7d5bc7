//! The SIM card: its state, its PIN, its phone book.

use crate::board_file::{Contact, SimCard};

/// `sim.getStatus()` (the module contract, network, sim).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// There is no card.
    Absent = 0,
    /// The card can be used.
    Ready = 1,
    /// The card asks for its PIN.
    WaitingForPin = 2,
    /// The card asks for its PUK.
    WaitingForPuk = 3,
    /// The card is blocked for ever.
    Blocked = 19,
}

/// Wrong PINs, and wrong PUKs, until the card locks itself.
const PIN_TRIES: u8 = 3;
const PUK_TRIES: u8 = 10;

/// A card in its holder.
#[derive(Debug, Clone)]
pub struct Sim {
    /// What is on the card.
    pub card: SimCard,
    unlocked: bool,
    pin_tries: u8,
    puk_tries: u8,
    /// Whether the holder's switch is watched, and its level (`sim.setSimDet`).
    pub detection: (u8, u8),
    /// Which of the two slots is in use.
    pub slot: u8,
}

impl Sim {
    /// A card that was just put in.
    #[must_use]
    pub fn new(card: SimCard) -> Self {
        Self { card, unlocked: false, pin_tries: PIN_TRIES, puk_tries: PUK_TRIES, detection: (0, 0), slot: 0 }
    }

    /// Another card in the same holder.
    pub fn exchange(&mut self, card: SimCard) {
        let (detection, slot) = (self.detection, self.slot);
        *self = Self { detection, slot, ..Self::new(card) };
    }

    /// What `sim.getStatus()` says.
    #[must_use]
    pub fn status(&self) -> Status {
        if !self.card.inserted {
            Status::Absent
        } else if self.puk_tries == 0 {
            Status::Blocked
        } else if self.pin_tries == 0 {
            Status::WaitingForPuk
        } else if self.card.pin_enabled && !self.unlocked {
            Status::WaitingForPin
        } else {
            Status::Ready
        }
    }

    /// Whether the card can be used.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.status() == Status::Ready
    }

    /// Power was taken from the card.
    pub fn reset(&mut self) {
        self.unlocked = false;
    }

    /// Compares a PIN; wrong ones count.
    fn check(&mut self, pin: &str) -> bool {
        if !self.card.inserted || self.pin_tries == 0 {
            return false;
        }
        if pin != self.card.pin {
            self.pin_tries -= 1;
            return false;
        }
        self.pin_tries = PIN_TRIES;
        true
    }

    /// Enters the PIN.
    pub fn verify(&mut self, pin: &str) -> bool {
        let right = self.check(pin);
        self.unlocked |= right;
        right
    }

    /// Makes the card ask for its PIN, or no longer. False for a wrong PIN.
    pub fn ask_for_pin(&mut self, on: bool, pin: &str) -> bool {
        let right = self.verify(pin);
        if right {
            self.card.pin_enabled = on;
        }
        right
    }

    /// Sets another PIN; whether the old one was right.
    pub fn change_pin(&mut self, old: &str, new: &str) -> bool {
        let right = is_pin(new) && self.card.pin_enabled && self.check(old);
        if right {
            new.clone_into(&mut self.card.pin);
        }
        right
    }

    /// A new PIN by the PUK.
    pub fn unblock(&mut self, puk: &str, new: &str) -> bool {
        if !self.card.inserted || self.puk_tries == 0 || !is_pin(new) {
            return false;
        }
        if puk != self.card.puk {
            self.puk_tries -= 1;
            return false;
        }
        new.clone_into(&mut self.card.pin);
        (self.pin_tries, self.puk_tries, self.unlocked) = (PIN_TRIES, PUK_TRIES, true);
        true
    }

    /// Tries left for PIN and PUK.
    #[must_use]
    pub fn tries(&self) -> (u8, u8) {
        (self.pin_tries, self.puk_tries)
    }

    /// Entries with an index in the range whose name contains `name`.
    #[must_use]
    pub fn contacts(&self, from: u16, to: u16, name: &str) -> Vec<Contact> {
        let wanted = |c: &&Contact| (from..=to).contains(&c.index) && c.name.contains(name);
        self.card.contact.iter().filter(wanted).cloned().collect()
    }

    /// Writes an entry; one without name and number is removed.
    pub fn set_contact(&mut self, contact: Contact) {
        self.card.contact.retain(|c| c.index != contact.index);
        if !contact.name.is_empty() || !contact.number.is_empty() {
            self.card.contact.push(contact);
            self.card.contact.sort_by_key(|c| c.index);
        }
    }
}

fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked() -> Sim {
        Sim::new(SimCard { pin_enabled: true, ..SimCard::default() })
    }

    #[test]
    fn three_wrong_pins_ask_for_the_puk_and_ten_wrong_puks_block_the_card() {
        let mut sim = locked();
        assert_eq!(sim.status(), Status::WaitingForPin);
        for left in [2, 1, 0] {
            assert!(!sim.verify("0000"));
            assert_eq!(sim.tries().0, left);
        }
        assert_eq!(sim.status(), Status::WaitingForPuk);
        assert!(!sim.verify("1234"), "the right one comes too late");
        assert!(sim.clone().unblock("12345678", "4321"));
        for _ in 0..10 {
            assert!(!sim.unblock("00000000", "4321"));
        }
        assert_eq!(sim.status(), Status::Blocked);
        assert!(!sim.unblock("12345678", "4321"));
    }

    #[test]
    fn the_right_pin_opens_until_power_is_taken() {
        let mut sim = locked();
        assert!(sim.verify("1234") && sim.is_ready());
        assert!(sim.change_pin("1234", "5678"));
        sim.reset();
        assert_eq!(sim.status(), Status::WaitingForPin);
        assert!(sim.ask_for_pin(false, "5678"));
        sim.reset();
        assert!(sim.is_ready());
    }
}
