//! A serial port of the module as a pseudo-terminal (`pty.rs`), or as a TCP port of this computer (`tcp.rs`).
//!
//! Two threads carry each connection: one takes what the module sends, one brings what comes. Neither side ever makes
//! a script wait. A line without a client takes nothing, like a cable that nobody holds the other end of, and a client
//! finds nothing of what was sent before it came.

#![expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]

mod browser;
mod line;
mod pty;
pub mod rfc2217;
mod tcp;

pub use line::{Feed, Line, Receiver};
pub use pty::{Terminal, terminal};
pub use tcp::{Guard, listen};

#[cfg(test)]
mod tests;
