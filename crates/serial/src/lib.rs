//! The protocol of a MicroPython module's main serial port: bytes in, bytes and [`Action`]s out. No I/O and no VM.
//!
//! What it answers is what MicroPython's `pyexec` and `readline` answer, so that mpremote, ampy, rshell, mpfshell, Thonny
//! and whatever else talks to a module over its port find what they know. The transcripts in `tests/transcripts` are the
//! evidence. [`Port`] says how to connect it.

mod action;
mod completion;
mod continuation;
mod cooked;
mod friendly_repl;
mod history;
mod input_line;
mod keys;
mod line_editor;
mod port;
mod raw_paste;
mod raw_repl;
mod redraw;
mod settings;
mod source;
mod turn;
mod waiting;

pub use action::{Action, Completion, Line, Mode, Outcome};
pub use cooked::cooked;
pub use port::Port;
pub use settings::{Banner, CTRL_C, INPUT_LIMIT, LINE_LIMIT, OUTPUT_LIMIT, SOURCE_LIMIT, Settings};
