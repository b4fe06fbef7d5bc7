//! The program's own words. Nothing here panics when nobody reads, as `print!` does.

use quecpy_net::process;
use std::io;

/// Says what went wrong, or what happens, to the person at the keyboard.
pub fn error(text: &str) {
    process::complain(text);
}

/// What the host says of a failure, for people.
pub fn reason(e: &io::Error) -> String {
    process::reason(e)
}
