//! Where the module's serial ports lead: a pseudo-terminal, a TCP port of this computer, or back to themselves.

use quecpy_device::Board;
use quecpy_device::peripherals::uart;
use quecpy_net::process;
use quecpy_net::wire::{self, Feed, Guard, Line, Terminal};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// How long what a script has sent last may take to be read.
const LAST_BYTES: Duration = Duration::from_millis(500);

/// Where a port leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// A pseudo-terminal, and a link to it.
    Terminal(Option<PathBuf>),
    /// A port of this computer; 0 for any that is free.
    Tcp(SocketAddr),
    /// Its own input.
    Loop,
}

/// A port and where it leads: `2:pty`, `2:pty=LINK`, `2:tcp=127.0.0.1:PORT`, `2:loop`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The number of the UART, as scripts give it.
    pub uart: usize,
    /// Where it leads.
    pub end: End,
}

impl FromStr for Attachment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fail = || format!("'{text}': expected N:pty[=LINK], N:tcp=127.0.0.1:PORT or N:loop, N from 0 to 4");
        let (number, end) = text.split_once(':').ok_or_else(fail)?;
        let uart = number.parse().ok().filter(|n| *n < uart::COUNT).ok_or_else(fail)?;
        let end = match end.split_once('=') {
            None if end == "loop" => End::Loop,
            None if end == "pty" => End::Terminal(None),
            Some(("pty", link)) if !link.is_empty() => End::Terminal(Some(link.into())),
            Some(("tcp", address)) => {
                let address: SocketAddr = address.parse().map_err(|_| fail())?;
                if !address.ip().is_loopback() {
                    return Err(format!("'{text}': only addresses of this computer, 127.0.0.1 or [::1]"));
                }
                End::Tcp(address)
            }
            _ => return Err(fail()),
        };
        Ok(Self { uart, end })
    }
}

/// A port that is connected. When dropped, what was sent last has had its time to be read.
#[derive(Debug)]
pub struct Wire {
    /// What to tell the person at the keyboard.
    pub notice: Option<String>,
    line: Option<Line>,
    terminal: Option<Terminal>,
}

impl Wire {
    /// Disconnects it at once: what has not been read is lost.
    pub fn cut(mut self) {
        (self.line, self.terminal) = (None, None);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        match (&self.terminal, &self.line) {
            (Some(terminal), _) => terminal.flush(LAST_BYTES),
            (None, Some(line)) => line.flush(LAST_BYTES),
            (None, None) => {}
        }
    }
}

/// Connects a port of a board.
///
/// # Errors
/// Those of opening the other end.
pub fn attach(board: &Arc<Board>, attachment: &Attachment) -> io::Result<Wire> {
    let number = attachment.uart;
    let port = &board.peripherals.uarts[number];
    let weak = Arc::downgrade(board);
    let feed: Feed = Arc::new(move |bytes: &[u8]| {
        weak.upgrade().map_or(bytes.len(), |board| board.peripherals.uarts[number].feed(bytes))
    });
    let line = Line::default();
    let (terminal, notice) = match &attachment.end {
        End::Loop => {
            port.connect_to_itself();
            return Ok(Wire { notice: None, line: None, terminal: None });
        }
        End::Tcp(address) => {
            let bound = wire::listen(*address, &line, feed, Guard::None)?;
            (None, format!("UART{number} is at {bound}"))
        }
        End::Terminal(link) => {
            let moved = Box::new(move |path: &Path| {
                process::complain(&format!("quecpy: UART{number} is at {}\n", path.display()))
            });
            let terminal = wire::terminal(link.as_deref(), &line, feed, moved)?;
            let notice = format!("UART{number} is at {}", terminal.path.display());
            (Some(terminal), notice)
        }
    };
    let sending = line.clone();
    port.connect(Arc::new(move |bytes: &[u8]| sending.send(bytes)), true);
    Ok(Wire { notice: Some(notice), line: Some(line), terminal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_are_read_or_refused() {
        let read = |text: &str| text.parse::<Attachment>();
        assert_eq!(read("2:loop"), Ok(Attachment { uart: 2, end: End::Loop }));
        assert_eq!(read("0:pty=/x/y"), Ok(Attachment { uart: 0, end: End::Terminal(Some("/x/y".into())) }));
        assert_eq!(read("1:pty"), Ok(Attachment { uart: 1, end: End::Terminal(None) }));
        let address = "127.0.0.1:4000".parse().expect("an address");
        assert_eq!(read("4:tcp=127.0.0.1:4000"), Ok(Attachment { uart: 4, end: End::Tcp(address) }));
        for wrong in ["", "loop", "5:loop", "-1:loop", "2:tcp=4000", "2:tcp=0.0.0.0:1", "2:pty=", "2:x", "2:loop=1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
