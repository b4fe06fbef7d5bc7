//! The prompt for people: statements of one or more lines, and paste mode (shared/runtime/pyexec.c).

use crate::continuation::needs_more;
use crate::line_editor::{Edit, LineEditor};
use crate::settings::Settings;
use crate::source::{Source, too_long};
use crate::{Completion, Mode};

const PROMPT: &str = ">>> ";
const PROMPT_MORE: &str = "... ";
const PASTE_MODE: &[u8] = b"\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ";

const CTRL_A: u8 = 1;
const CTRL_B: u8 = 2;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const CTRL_E: u8 = 5;

/// What a byte leads to.
#[derive(Debug)]
pub(crate) enum Step {
    Going,
    Run(Vec<u8>, Mode),
    Complete(String),
    SoftReset,
    /// Ctrl-A: to the raw REPL.
    Raw,
    /// Ctrl-B, in either REPL: to the friendly one, greeting first.
    Greeting,
}

pub(crate) struct FriendlyRepl {
    /// Also edits the lines that a script's `input()` reads; their history is the same.
    pub editor: LineEditor,
    /// The statement has lines already.
    continued: bool,
    paste: Option<Source>,
}

impl FriendlyRepl {
    pub fn new(settings: &Settings) -> Self {
        Self { editor: LineEditor::new(settings), continued: false, paste: None }
    }

    /// A new prompt; whatever was typed is forgotten.
    pub fn prompt(&mut self, wire: &mut Vec<u8>) {
        self.continued = false;
        self.paste = None;
        self.editor.begin(PROMPT, wire);
    }

    pub fn completed(&mut self, completion: &Completion, wire: &mut Vec<u8>) {
        self.editor.completed(completion, wire);
    }

    pub fn byte(&mut self, byte: u8, wire: &mut Vec<u8>) -> Step {
        if self.paste.is_some() {
            return self.paste_byte(byte, wire);
        }
        match self.editor.byte(byte, wire) {
            Edit::Going => Step::Going,
            Edit::Complete(text) => Step::Complete(text),
            Edit::Control(CTRL_C) => self.cancel(wire),
            Edit::Control(control) if !self.continued => self.control(control, wire),
            // What was typed so far is run.
            Edit::Control(CTRL_D) => self.run(wire),
            // MicroPython takes the other control characters on an empty line for its end.
            Edit::Control(_) | Edit::Ended => self.line_ended(wire),
        }
    }

    fn control(&mut self, control: u8, wire: &mut Vec<u8>) -> Step {
        match control {
            CTRL_E => {
                wire.extend_from_slice(PASTE_MODE);
                self.paste = Some(Source::default());
                return Step::Going;
            }
            _ => wire.extend_from_slice(b"\r\n"),
        }
        match control {
            CTRL_A => Step::Raw,
            CTRL_B => Step::Greeting,
            _ => Step::SoftReset,
        }
    }

    fn cancel(&mut self, wire: &mut Vec<u8>) -> Step {
        wire.extend_from_slice(b"\r\n");
        self.prompt(wire);
        Step::Going
    }

    fn line_ended(&mut self, wire: &mut Vec<u8>) -> Step {
        if self.editor.statement().is_empty() && !self.editor.too_long() {
            self.prompt(wire);
            return Step::Going;
        }
        if needs_more(self.editor.statement()) && !self.editor.too_long() {
            self.continued = true;
            self.editor.go_on(PROMPT_MORE, wire);
            return Step::Going;
        }
        self.run(wire)
    }

    fn run(&mut self, wire: &mut Vec<u8>) -> Step {
        let statement = self.editor.take_statement().map_err(too_long);
        self.run_source(statement, Mode::Friendly, wire)
    }

    fn run_source(&mut self, source: Result<Vec<u8>, String>, mode: Mode, wire: &mut Vec<u8>) -> Step {
        match source {
            Ok(source) => Step::Run(source, mode),
            Err(error) => {
                wire.extend_from_slice(error.as_bytes());
                self.prompt(wire);
                Step::Going
            }
        }
    }

    fn paste_byte(&mut self, byte: u8, wire: &mut Vec<u8>) -> Step {
        let Some(source) = &mut self.paste else { return Step::Going };
        match byte {
            CTRL_C => return self.cancel(wire),
            CTRL_D => {
                wire.extend_from_slice(b"\r\n");
                let text = source.take();
                return self.run_source(text, Mode::Paste, wire);
            }
            b'\r' => {
                source.push(byte);
                wire.extend_from_slice(b"\r\n=== ");
            }
            _ => {
                source.push(byte);
                wire.push(byte);
            }
        }
        Step::Going
    }
}
