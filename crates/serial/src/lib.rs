//! The protocol of a MicroPython module's main serial port: bytes in, bytes and [`Action`]s out. No I/O and no VM.
//!
//! What it answers is what MicroPython's `pyexec` and `readline` answer, so that mpremote, ampy, rshell, mpfshell, Thonny
//! and whatever else talks to a module over its port find what they know. The transcripts in `tests/transcripts` are the
//! evidence. [`Port`] says how to connect it.
//!
//! ```
//! use quecpy_serial::{Action, Outcome, Port, Settings};
//!
//! /// Does what the port asks; what goes to the wire is returned.
//! fn act(port: &mut Port, actions: Vec<Action>) -> Vec<u8> {
//!     let mut wire = Vec::new();
//!     for action in actions {
//!         let more = match action {
//!             Action::Send(bytes) => {
//!                 wire.extend(bytes);
//!                 continue;
//!             }
//!             Action::Run { .. } => {
//!                 wire.extend(port.output(b"123\n"));
//!                 port.finished(Outcome::Done)
//!             }
//!             Action::SoftReset => port.start(),
//!             Action::Again => port.receive(b""),
//!             _ => continue,
//!         };
//!         wire.extend(act(port, more));
//!     }
//!     wire
//! }
//!
//! let mut port = Port::new(Settings::default());
//! port.start();
//! let actions = port.receive(b"\x01print(123)\x04");
//! assert_eq!(act(&mut port, actions), b"\r\nraw REPL; CTRL-B to exit\r\n>OK123\r\n\x04\x04>");
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod action;
mod completion;
pub mod continuation;
mod control;
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
