//! Raw-paste mode: the source in windows, so that nobody sends more than the module takes (docs/reference/repl.rst).
//! A module compiles while it receives; here the source is gathered and run when it is whole, which a client cannot tell.

use crate::control::END;
use crate::source::Source;

const MORE: u8 = 1;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;

pub(crate) struct RawPaste {
    source: Source,
    window: u16,
    /// So many bytes still fit into the window.
    room: u16,
    /// Why the rest is thrown away.
    refused: Option<String>,
}

/// What a byte leads to.
pub(crate) enum Paste {
    Going,
    Whole(Vec<u8>),
    Failed(String),
}

impl RawPaste {
    /// Two windows are free at the beginning: one by its size, one by the byte behind it.
    pub fn begin(window: u16, wire: &mut Vec<u8>) -> Self {
        let window = window.max(1);
        wire.extend_from_slice(b"R\x01");
        wire.extend_from_slice(&window.to_le_bytes());
        wire.push(MORE);
        Self { source: Source::default(), window, room: window, refused: None }
    }

    pub fn byte(&mut self, byte: u8, wire: &mut Vec<u8>) -> Paste {
        if self.refused.is_some() {
            return self.throw_away(byte);
        }
        match byte {
            CTRL_C => {
                wire.push(END);
                return Paste::Failed("KeyboardInterrupt: \r\n".to_owned());
            }
            CTRL_D => {
                wire.push(END);
                return self.source.take().map_or_else(Paste::Failed, Paste::Whole);
            }
            _ => {}
        }
        if !self.source.push(byte) {
            // Tells the client to stop; it then ends the source.
            wire.push(END);
            self.refused = self.source.take().err();
            return Paste::Going;
        }
        self.room -= 1;
        if self.room == 0 {
            self.room = self.window;
            wire.push(MORE);
        }
        Paste::Going
    }

    fn throw_away(&mut self, byte: u8) -> Paste {
        match (byte, &mut self.refused) {
            (CTRL_C | CTRL_D, Some(error)) => Paste::Failed(std::mem::take(error)),
            _ => Paste::Going,
        }
    }
}
