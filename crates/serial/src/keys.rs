//! Bytes of a terminal, told apart into keys: escape sequences as far as MicroPython's readline knows them.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Anything that is no escape sequence, control characters included.
    Byte(u8),
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    Delete,
    WordLeft,
    WordRight,
    CutWordLeft,
    CutWordRight,
    /// An escape sequence that nobody knows.
    Unknown,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Plain,
    Escape,
    /// `ESC [`
    Bracket,
    /// `ESC [` and a digit
    Digit(u8),
    /// `ESC O`
    Function,
}

pub(crate) struct Decoder {
    state: State,
    word_keys: bool,
}

impl Decoder {
    pub fn new(word_keys: bool) -> Self {
        Self { state: State::Plain, word_keys }
    }

    pub fn reset(&mut self) {
        self.state = State::Plain;
    }

    /// The key that this byte completes, if it does.
    pub fn key(&mut self, byte: u8) -> Option<Key> {
        let state = std::mem::take(&mut self.state);
        match (state, byte) {
            (State::Plain, 0x1b) => return self.go_on(State::Escape),
            // Ctrl-W
            (State::Plain, 23) if self.word_keys => return Some(Key::CutWordLeft),
            (State::Plain, _) => return Some(Key::Byte(byte)),
            (State::Escape, b'[') => return self.go_on(State::Bracket),
            (State::Escape, b'O') => return self.go_on(State::Function),
            (State::Bracket, b'0'..=b'9') => return self.go_on(State::Digit(byte)),
            // A parameter more, as in Ctrl-Left: ESC [ 1 ; 5 D.
            (State::Digit(b'1'), b';') if self.word_keys => return self.go_on(State::Bracket),
            _ => {}
        }
        Some(match (state, byte) {
            (State::Bracket, b'A') => Key::Up,
            (State::Bracket, b'B') => Key::Down,
            (State::Bracket, b'C') => Key::Right,
            (State::Bracket, b'D') => Key::Left,
            (State::Bracket | State::Function, b'H') => Key::Home,
            (State::Bracket | State::Function, b'F') => Key::End,
            (State::Digit(b'1' | b'7'), b'~') => Key::Home,
            (State::Digit(b'4' | b'8'), b'~') => Key::End,
            (State::Digit(b'3'), b'~') => Key::Delete,
            (State::Escape, b'b') | (State::Digit(b'5'), b'D') if self.word_keys => Key::WordLeft,
            (State::Escape, b'f') | (State::Digit(b'5'), b'C') if self.word_keys => Key::WordRight,
            (State::Escape, b'd') if self.word_keys => Key::CutWordRight,
            (State::Escape, 0x7f) if self.word_keys => Key::CutWordLeft,
            _ => Key::Unknown,
        })
    }

    fn go_on(&mut self, state: State) -> Option<Key> {
        self.state = state;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(word_keys: bool, bytes: &[u8]) -> Vec<Key> {
        let mut decoder = Decoder::new(word_keys);
        bytes.iter().filter_map(|&byte| decoder.key(byte)).collect()
    }

    #[test]
    fn tells_keys_apart() {
        assert_eq!(keys(false, b"a\x1b[A\x1bOH\x1b[3~"), [Key::Byte(b'a'), Key::Up, Key::Home, Key::Delete]);
        assert_eq!(keys(true, b"\x1b[1;5D\x1bd"), [Key::WordLeft, Key::CutWordRight]);
        assert_eq!(keys(false, b"\x1bd\x1b[9~\x1b[Z"), [Key::Unknown; 3]);
    }
}
