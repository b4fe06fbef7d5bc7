//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2,
//! G3; the columns' names and sockets are `quecpy_usocket::semantics`.

mod columns;
#[expect(clippy::module_inception, reason = "the type that the folder is about")]
mod firmware;
pub mod machine;
pub mod misc;

pub use columns::COLUMNS;
pub use firmware::{Firmware, Hex, IntBytes};
