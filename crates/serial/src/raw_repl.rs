//! The prompt for programs: no echo, source up to Ctrl-D, `OK` (shared/runtime/pyexec.c).

use crate::Mode;
use crate::control::END;
use crate::friendly_repl::Step;
use crate::raw_paste::{Paste, RawPaste};
use crate::source::Source;

const GREETING: &[u8] = b"raw REPL; CTRL-B to exit\r\n>";

const CTRL_A: u8 = 1;
const CTRL_B: u8 = 2;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const CTRL_E: u8 = 5;

pub(crate) struct RawRepl {
    source: Source,
    paste: Option<RawPaste>,
    /// The window of raw-paste mode, where the firmware has it.
    window: Option<u16>,
}

impl RawRepl {
    pub fn new(window: Option<u16>) -> Self {
        Self { source: Source::default(), paste: None, window }
    }

    pub fn greet(&mut self, wire: &mut Vec<u8>) {
        self.clear();
        wire.extend_from_slice(GREETING);
    }

    pub fn prompt(&mut self, wire: &mut Vec<u8>) {
        self.clear();
        wire.push(b'>');
    }

    fn clear(&mut self) {
        self.source.clear();
        self.paste = None;
    }

    pub fn byte(&mut self, byte: u8, wire: &mut Vec<u8>) -> Step {
        if let Some(paste) = &mut self.paste {
            return match paste.byte(byte, wire) {
                Paste::Going => Step::Going,
                Paste::Whole(source) => Step::Run(source, Mode::RawPaste),
                Paste::Failed(error) => self.refuse(&error, wire),
            };
        }
        match byte {
            CTRL_A => self.command(wire),
            CTRL_B => {
                self.clear();
                wire.extend_from_slice(b"\r\n");
                return Step::Greeting;
            }
            CTRL_C => self.source.clear(),
            CTRL_D => return self.end(wire),
            _ => {
                self.source.push(byte);
            }
        }
        Step::Going
    }

    /// Ctrl-A: behind Ctrl-E and a letter it is a command, of which there is one, `A`. Else the REPL greets again.
    fn command(&mut self, wire: &mut Vec<u8>) {
        match (self.source.bytes(), self.window) {
            ([CTRL_E, b'A'], Some(window)) => {
                self.source.clear();
                self.paste = Some(RawPaste::begin(window, wire));
            }
            ([CTRL_E, _], Some(_)) => {
                wire.extend_from_slice(b"R\0");
                self.prompt(wire);
            }
            _ => self.greet(wire),
        }
    }

    fn end(&mut self, wire: &mut Vec<u8>) -> Step {
        wire.extend_from_slice(b"OK");
        match self.source.take() {
            Ok(source) if source.is_empty() => {
                wire.extend_from_slice(b"\r\n");
                Step::SoftReset
            }
            Ok(source) => Step::Run(source, Mode::Raw),
            Err(error) => self.refuse(&error, wire),
        }
    }

    /// As if the source had been run, and had printed nothing and raised this.
    fn refuse(&mut self, error: &str, wire: &mut Vec<u8>) -> Step {
        wire.push(END);
        wire.extend_from_slice(error.as_bytes());
        wire.push(END);
        self.prompt(wire);
        Step::Going
    }
}
