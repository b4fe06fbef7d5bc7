//! The exit status of the runner, as pytest has it.

pub const OK: u8 = 0;
pub const FAILED: u8 = 1;
pub const INTERRUPTED: u8 = 2;
pub const INTERNAL: u8 = 3;
pub const USAGE: u8 = 4;
pub const NOTHING: u8 = 5;
