//! Windows: Ctrl-C and the process's output. Not yet built or run by the authors.

use super::output::Stream;
use super::signal::Signal;
use std::io::{self, Write};

/// Ctrl-C and Ctrl-Break; there is no hang-up, and to end a program asks it nothing.
pub fn on_signals(mut handler: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || handler(Signal::Interrupt)).map_err(io::Error::other)
}

/// One write, in whole.
///
/// # Errors
/// Those of the call.
pub fn write_out(stream: Stream, bytes: &[u8]) -> io::Result<usize> {
    let put = |to: &mut dyn Write| to.write_all(bytes).and_then(|()| to.flush());
    match stream {
        Stream::Out => put(&mut io::stdout().lock())?,
        Stream::Err => put(&mut io::stderr().lock())?,
    }
    Ok(bytes.len())
}

/// It does not tell.
pub fn takes_more(_stream: Stream) -> bool {
    false
}

/// Never reached: writes wait by themselves.
pub fn wait_to_write(_stream: Stream) -> io::Result<()> {
    Ok(())
}

/// The console puts its modes back by itself when a program ends.
pub type Modes = ();
pub fn terminal_modes() -> Option<Modes> {
    None
}
pub fn restore_terminal(_modes: &Modes) -> bool {
    false
}
