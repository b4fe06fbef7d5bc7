//! The board falls asleep.

use super::Board;
use crate::event::Source;

impl Board {
    /// Tells the script's callback that the module falls asleep, if it may.
    pub fn fall_asleep(&self) -> bool {
        let may = self.services.low_power.lock().may_sleep();
        if may {
            self.events.send(Source::Sleep, 1.into());
        }
        may
    }
}
