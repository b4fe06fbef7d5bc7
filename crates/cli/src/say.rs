//! The program's own words. Nothing here panics when nobody reads, as `print!` does.

use crate::ending::Ending;
use quecpy_net::process::{self, Stream};
use std::io;

/// Says what was asked for, on standard output. Where that cannot be written the program ends.
pub fn text(text: &str, ending: &Ending) {
    if let Err(e) = process::write_text(Stream::Out, text) {
        ending.output_failed(&e);
    }
}

/// Says what went wrong, or what happens, to the person at the keyboard.
pub fn error(text: &str) {
    process::complain(text);
}

/// What the host says of a failure, for people.
pub fn reason(e: &io::Error) -> String {
    process::reason(e)
}
