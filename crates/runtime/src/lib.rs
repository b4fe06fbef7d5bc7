//! A session: one VM that behaves as the interpreter of a QuecPython module, with its modules, its dialect and its
//! standard streams.
//!
//! ```
//! use quecpy_runtime::{Options, Outcome, Session, Source, stdio};
//!
//! let (console, output) = stdio::captured("");
//! let session = Session::new(Options { console, ..Options::default() })?;
//! let outcome = session.run(&Source::text("<example>", "import usocket\nprint(usocket.AF_INET)\n"));
//! assert_eq!(outcome, Outcome::Done);
//! assert_eq!(output.stdout(), "2\n");
//! # Ok::<(), std::io::Error>(())
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr)]

/// The code of the guide is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/embedding.md")]
struct Guide;

mod boot;
mod builtins;
mod complete;
pub mod console;
pub mod dialect;
mod exceptions;
mod extension;
mod faults;
pub mod front;
mod help;
mod imports;
pub mod interactive;
mod interrupter;
pub mod lines;
pub mod main_port;
mod mpy;
mod options;
mod power;
mod sealed;
pub mod serial;
mod session;
mod stdin;
pub mod stdio;
mod types;
mod walls;

pub use console::{Console, Printed, Sink};
pub use extension::Extension;
pub use faults::OnFault;
pub use imports::scope;
pub use interrupter::Interrupter;
pub use options::{Options, Outcome, Source};
pub use power::{MAIN, Work, power_on};
pub use quecpy_device::{Board, Description, Storage};
pub use quecpy_usocket::barrier::{self, Fault};
pub use session::Session;
pub use stdin::Keyboard;
