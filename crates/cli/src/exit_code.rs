//! The statuses this program ends with, as documented in README.

use quecpy_runtime::Outcome;

/// The script ended with an exception.
pub const SCRIPT_FAILED: u8 = 1;
/// The command line cannot be followed: an unknown option, a file that cannot be read.
pub const MISUSE: u8 = 2;
/// A fault of this program (`EX_SOFTWARE` of sysexits.h).
pub const FAULT: u8 = 70;
/// Standard output cannot be written (`EX_IOERR`).
pub const UNWRITTEN: u8 = 74;
/// Nobody reads standard output any more: 128 + SIGPIPE, as shells count it.
pub const UNREAD: u8 = 141;
/// Ctrl-C: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;

/// The status for how a script ended.
pub fn of(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Done | Outcome::PowerDown | Outcome::Restart => 0,
        Outcome::Exit(status) => status,
        Outcome::Failed => SCRIPT_FAILED,
        Outcome::Fault => FAULT,
        Outcome::Interrupted => INTERRUPTED,
    }
}
