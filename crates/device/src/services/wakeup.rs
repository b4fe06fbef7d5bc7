//! Lines that wake a sleeping module, beside its GPIOs.

use crate::board::Board;
use crate::event::Source;
use std::collections::BTreeMap;

/// The lines that exist.
pub const LINES: [u8; 5] = [0, 2, 3, 4, 5];

/// Which change of a line is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Rising = 0,
    Falling = 1,
    Both = 2,
}

impl Edge {
    #[must_use]
    pub fn from_number(n: i64) -> Option<Self> {
        [Self::Rising, Self::Falling, Self::Both].into_iter().find(|edge| *edge as i64 == n)
    }
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub high: bool,
    pub edge: Edge,
    /// Whether changes are told.
    pub enabled: bool,
}

/// The lines that a script has set up.
pub type Lines = BTreeMap<u8, Line>;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::testing::board;

    #[test]
    fn only_changes_of_the_edge_asked_for_are_told() {
        let (board, events) = board();
        board.set_wakeup_line(0, true);
        let line = Line { high: false, edge: Edge::Rising, enabled: true };
        board.services.wakeup.lock().insert(0, line);
        for high in [true, true, false, true] {
            board.set_wakeup_line(0, high);
        }
        assert_eq!(
            events.try_iter().map(|e| (e.source, e.argument)).collect::<Vec<_>>(),
            [(Source::WakeUp(0), 1.into()), (Source::WakeUp(0), 1.into()),]
        );
    }
}
