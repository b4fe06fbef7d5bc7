//! The key matrix.

use super::link::Link;
use crate::event::{Source, Value};
use parking_lot::Mutex;

/// What a callback is told of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// `[state, row, column]`
    #[default]
    Three,
    /// `[state, row, column, 0, key]`, keys counted row by row. The meaning of all but the first and the last is not
    /// documented.
    Five,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    rows: u8,
    columns: u8,
    on: bool,
    form: Form,
}

/// A board's key matrix.
#[derive(Debug)]
pub struct KeyPad {
    state: Mutex<State>,
    link: Link,
}

impl KeyPad {
    pub(super) fn new(link: Link) -> Self {
        Self { state: Mutex::default(), link }
    }

    /// Says how many keys there are.
    pub fn set_up(&self, rows: u8, columns: u8, form: Form) {
        *self.state.lock() = State { rows, columns, form, ..State::default() };
    }

    /// Begins to tell of keys.
    pub fn start(&self) {
        self.state.lock().on = true;
    }

    /// False when it was not started.
    pub fn stop(&self) -> bool {
        std::mem::replace(&mut self.state.lock().on, false)
    }

    /// Presses or releases a key; false when the matrix is off or has no such key.
    pub fn press(&self, row: u8, column: u8, pressed: bool) -> bool {
        let state = *self.state.lock();
        if !state.on || row >= state.rows || column >= state.columns {
            return false;
        }
        let mut all = vec![i64::from(pressed), row.into(), column.into()];
        if state.form == Form::Five {
            all.extend([0, i64::from(row) * i64::from(state.columns) + i64::from(column)]);
        }
        self.link.send(Source::KeyPad, Value::List(all.into_iter().map(Value::Int).collect()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;

    #[test]
    fn keys_are_reported_while_the_matrix_is_on() {
        let (board, events, _folder) = board();
        let pad = &board.peripherals.keypad;
        pad.set_up(4, 3, Form::Three);
        assert!(!pad.press(0, 0, true), "it is off");
        pad.start();
        assert!(pad.press(3, 2, true) && !pad.press(4, 0, true) && !pad.press(0, 3, true));
        let list = |all: &[i64]| Value::List(all.iter().copied().map(Value::Int).collect());
        assert_eq!(events.recv().unwrap().argument, list(&[1, 3, 2]));
        pad.set_up(4, 3, Form::Five);
        pad.start();
        assert!(pad.press(3, 2, false) && pad.stop() && !pad.stop());
        assert_eq!(events.recv().unwrap().argument, list(&[0, 3, 2, 0, 11]));
    }
}
