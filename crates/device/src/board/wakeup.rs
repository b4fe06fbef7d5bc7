//! The board: lines that wake it.

use super::Board;
use crate::event::Source;
use crate::services::wakeup::Edge;

impl Board {
    /// Sets a line's level from outside; the script's callback hears of the change that it asked for.
    pub fn set_wakeup_line(&self, number: u8, high: bool) {
        let told = {
            let mut lines = self.services.wakeup.lock();
            let Some(line) = lines.get_mut(&number) else { return };
            let changed = std::mem::replace(&mut line.high, high) != high;
            let wanted = line.edge == Edge::Both || (line.edge == Edge::Rising) == high;
            changed && line.enabled && wanted
        };
        if told {
            self.events.send(Source::WakeUp(number), i64::from(high).into());
        }
    }
}
