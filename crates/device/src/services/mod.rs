//! What a module does beside its radio, its files and its pins: messages, calls, sleep, positions, updates.
//!
//! Each part is a value of its own; what needs the board around it is a method of [`Board`](crate::Board), in
//! the file of the same name in `board/`.

pub mod calls;
pub mod low_power;
pub mod messages;
pub mod position;
pub mod updates;
pub mod wakeup;
pub mod wifi;

use crate::board_file::{Description, Position};
use parking_lot::{Mutex, MutexGuard};

/// A part that several threads use.
#[derive(Debug, Default)]
pub struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    pub(crate) fn new(part: T) -> Self {
        Self(Mutex::new(part))
    }

    /// The part, for this thread alone while it is held: never over a wait, and not while an event is sent.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock()
    }
}

/// All parts of one board.
#[derive(Debug)]
pub struct Services {
    /// Short messages.
    pub messages: Shared<messages::Messages>,
    /// Telephone calls.
    pub calls: Shared<calls::Calls>,
    /// Wake locks, PSM, eDRX.
    pub low_power: Shared<low_power::LowPower>,
    /// Where the module is.
    pub position: Shared<Position>,
    /// The satellite receiver.
    pub receiver: Shared<position::Receiver>,
    /// The scan for access points.
    pub wifi: Shared<wifi::Wifi>,
    /// The firmware image that an update has loaded.
    pub image: Shared<updates::Image>,
    /// Lines that wake the module.
    pub wakeup: Shared<wakeup::Lines>,
}

impl Services {
    pub(crate) fn new(description: &Description) -> Self {
        Self {
            messages: Shared::new(messages::Messages::new(&description.sms)),
            calls: Shared::default(),
            low_power: Shared::default(),
            position: Shared::new(description.position.clone()),
            receiver: Shared::default(),
            wifi: Shared::default(),
            image: Shared::default(),
            wakeup: Shared::default(),
        }
    }

    /// Power-on: what is stored stays, what was going on is over.
    pub(crate) fn power_on(&self) {
        *self.calls.lock() = calls::Calls::default();
        *self.low_power.lock() = low_power::LowPower::default();
        *self.receiver.lock() = position::Receiver::default();
        *self.wifi.lock() = wifi::Wifi::default();
        *self.image.lock() = updates::Image::default();
        self.wakeup.lock().clear();
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use crate::{Board, Description, Event, Storage};
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, channel};

    /// A board with its events.
    pub fn board() -> (Arc<Board>, Receiver<Event>) {
        described(Description::default())
    }

    pub fn described(description: Description) -> (Arc<Board>, Receiver<Event>) {
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(description, folder.path().into(), Storage::Ephemeral).unwrap();
        let (sender, events) = channel();
        // Whoever no longer looks needs no event.
        board.events.listen(Some(Arc::new(move |event| drop(sender.send(event)))));
        (board, events)
    }
}
