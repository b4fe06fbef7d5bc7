//! Lines that wake a sleeping module, beside its GPIOs.

use std::collections::BTreeMap;

/// The lines that exist.
pub const LINES: [u8; 5] = [0, 2, 3, 4, 5];

/// Which change of a line is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// From low to high.
    Rising = 0,
    /// From high to low.
    Falling = 1,
    /// Both edges.
    Both = 2,
}

impl Edge {
    /// The edge of this number, as `wakeup` has it.
    #[must_use]
    pub fn from_number(n: i64) -> Option<Self> {
        [Self::Rising, Self::Falling, Self::Both].into_iter().find(|edge| *edge as i64 == n)
    }
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its level.
    pub high: bool,
    /// Which edge wakes the module.
    pub edge: Edge,
    /// Whether changes are told.
    pub enabled: bool,
}

/// The lines that a script has set up.
pub type Lines = BTreeMap<u8, Line>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Source;
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
