//! The lines typed before: the newest first, as many as the firmware keeps.

use std::collections::VecDeque;

pub(crate) struct History {
    lines: VecDeque<Vec<u8>>,
    most: usize,
    /// Which line is shown; none while the person types his own.
    shown: Option<usize>,
}

impl History {
    pub fn new(most: usize) -> Self {
        Self { lines: VecDeque::new(), most, shown: None }
    }

    /// A new line begins.
    pub fn rewind(&mut self) {
        self.shown = None;
    }

    /// Keeps a line, unless it is empty or the same as the last one.
    pub fn push(&mut self, line: &[u8]) {
        if line.is_empty() || self.most == 0 || self.lines.front().is_some_and(|last| last == line) {
            return;
        }
        self.lines.truncate(self.most - 1);
        self.lines.push_front(line.to_vec());
    }

    /// One line further back, if there is one.
    pub fn older(&mut self) -> Option<&[u8]> {
        let wanted = self.shown.map_or(0, |shown| shown + 1);
        let line = self.lines.get(wanted)?;
        self.shown = Some(wanted);
        Some(line)
    }

    /// One line forward; behind the newest stands the empty line.
    pub fn newer(&mut self) -> Option<&[u8]> {
        let shown = self.shown?;
        self.shown = shown.checked_sub(1);
        Some(self.shown.and_then(|wanted| self.lines.get(wanted)).map_or(&[], Vec::as_slice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_and_forth_and_keeps_few() {
        let mut history = History::new(2);
        for line in ["a", "b", "b", "", "c"] {
            history.push(line.as_bytes());
        }
        assert_eq!(history.newer(), None);
        assert_eq!(history.older(), Some(&b"c"[..]));
        assert_eq!(history.older(), Some(&b"b"[..]));
        assert_eq!(history.older(), None);
        assert_eq!(history.newer(), Some(&b"c"[..]));
        assert_eq!(history.newer(), Some(&b""[..]));
        assert_eq!(history.newer(), None);
        let mut none = History::new(0);
        none.push(b"a");
        assert_eq!(none.older(), None);
    }
}
