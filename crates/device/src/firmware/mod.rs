//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2,
//! G3; the columns' names and sockets are `quecpy_usocket::semantics`.

mod column;
mod columns;
pub mod machine;
pub mod misc;

pub use column::{Firmware, Hex, IntBytes, Lacking};
pub use columns::COLUMNS;
