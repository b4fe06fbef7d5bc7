//! The program as a process of the host: signals that end it, the terminal it is in, and its own output.
//!
//! Output is a wait like any other: a reader that does not read, or a terminal that was stopped with Ctrl-S, makes the
//! write block, and Ctrl-C must end it.

pub use crate::sys::{Signal, Stream};

use crate::error::{Error, Result};
use crate::sys;
use crate::wait::Waiters;
use std::io;

/// Calls `handler` for each signal, on a thread of its own. A signal that was ignored when the program started stays
/// ignored (`nohup`), but for Ctrl-C.
///
/// # Errors
/// Those of the host.
pub fn on_signals(handler: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    sys::on_signals(handler)
}

/// How the terminal at standard input was set when this was made.
#[derive(Debug)]
pub struct TerminalModes(Option<sys::Modes>);

impl TerminalModes {
    /// As the terminal is now.
    #[must_use]
    pub fn now() -> Self {
        Self(sys::terminal_modes())
    }

    /// Sets it so again; returns whether it was set otherwise.
    pub fn restore(&self) -> bool {
        self.0.as_ref().is_some_and(sys::restore_terminal)
    }
}

/// Writes some of `bytes`, waiting without regard to anything else.
///
/// # Errors
/// Those of the stream.
pub fn write_blocking(stream: Stream, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match sys::write_out(stream, bytes) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => drop(sys::wait_to_write(stream)?),
            result => return result,
        }
    }
}

/// What every pipe takes in one piece once it takes anything (POSIX: `PIPE_BUF` is 512 at least, 4096 on Linux).
const AT_ONCE: usize = 512;

/// Whether so many bytes can be written now without any wait.
#[must_use]
pub fn is_ready(stream: Stream, count: usize) -> bool {
    count <= AT_ONCE && sys::takes_more(stream)
}

/// Writes all of `text`, in the same way. The one place where this program's own words leave it: `print!` and its like
/// panic when nobody reads.
///
/// # Errors
/// Those of the stream.
pub fn write_text(stream: Stream, text: &str) -> io::Result<()> {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        rest = &rest[write_blocking(stream, rest)?.min(rest.len())..];
    }
    Ok(())
}

/// Tells the person at the keyboard something, if anybody listens.
pub fn complain(text: &str) {
    // There is nobody to tell that telling failed.
    let _ = write_text(Stream::Err, text);
}

/// What the host says of a failure, for people: in lower case, without numbers.
#[must_use]
pub fn reason(e: &io::Error) -> String {
    let known = match e.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::AlreadyExists => "something of that name is there already",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::AddrInUse => "another program uses it",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of that path is not a folder",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "that disk cannot be written to",
        _ => "",
    };
    // An error of this program's own has better words.
    if !known.is_empty() && e.raw_os_error().is_some() {
        return known.to_owned();
    }
    let text = e.to_string();
    let text = text.split(" (os error ").next().unwrap_or_default();
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

impl Waiters {
    /// Writes some of `bytes` to an output of the process. The caller is detached from the VM.
    ///
    /// # Errors
    /// `Interrupted`; within, those of the stream.
    pub fn write_out(&self, stream: Stream, bytes: &[u8]) -> Result<io::Result<usize>> {
        #[cfg(windows)]
        return self.write_by_pump(stream, bytes);
        #[cfg(not(windows))]
        loop {
            let written = match self.host_call(|| sys::write_out(stream, bytes))? {
                // Somebody who shares the stream made it non-blocking.
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {
                    self.host_call(|| sys::wait_to_write(stream))?.map(|()| 0)
                }
                result => result,
            };
            match written {
                Ok(0) if !bytes.is_empty() => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => return Err(Error::Interrupted),
                result => return Ok(result),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_speaks_as_the_program_does() {
        let said = |e: io::Error| reason(&e);
        assert_eq!(said(io::Error::from_raw_os_error(crate::errno::ENOENT)), "there is no such file or folder");
        assert_eq!(said(io::Error::new(io::ErrorKind::InvalidInput, "Only this")), "only this");
        let other = said(io::Error::from_raw_os_error(crate::errno::EIO));
        assert!(!other.contains("os error") && other.starts_with(char::is_lowercase), "{other}");
    }

    #[test]
    fn statuses_are_those_of_a_shell() {
        let all = [Signal::HangUp, Signal::Interrupt, Signal::Terminate].map(Signal::status);
        assert_eq!(all, [129, 130, 143]);
    }
}
