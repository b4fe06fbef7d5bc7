//! The exit status of the runner, as pytest has it.

/// All passed.
pub const OK: u8 = 0;
/// A test failed.
pub const FAILED: u8 = 1;
/// Ctrl-C.
pub const INTERRUPTED: u8 = 2;
/// A fault of the runner.
pub const INTERNAL: u8 = 3;
/// The command line cannot be followed.
pub const USAGE: u8 = 4;
/// There are no tests.
pub const NOTHING: u8 = 5;
