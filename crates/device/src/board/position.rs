//! The board: sentences of its receiver.

use super::Board;
use crate::board_file::Position;
use crate::services::position::sentences;

impl Board {
    /// Where the module is now.
    #[must_use]
    pub fn position(&self) -> Position {
        self.services.position.lock().clone()
    }

    /// Carries the module elsewhere.
    pub fn move_to(&self, position: Position) {
        *self.services.position.lock() = position;
    }

    /// What a satellite receiver beside the module sends in this second.
    #[must_use]
    pub fn nmea(&self, kinds: u8) -> String {
        sentences(&self.position(), self.clock.utc(), kinds)
    }
}
