//! What the main serial port is connected to: pseudo-terminals and TCP ports of this computer, several at once.

use crate::say;
use quecpy_net::serial::{self, Feed, Line, Terminal};
use quecpy_runtime::main_port;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where the port can be found.
#[derive(Debug, Clone)]
pub enum Where {
    /// A pseudo-terminal, and a link to it.
    Terminal(Option<PathBuf>),
    /// A port of this computer; 0 for any that is free.
    Tcp(SocketAddr),
}

/// What may wait for a client before a script that prints waits for it.
const AHEAD: usize = 128 * 1024;
/// How long it waits for one that does not read; after that it no longer waits until all has been read.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Default)]
struct Open {
    lines: Vec<Line>,
    /// Kept for as long as the program runs.
    terminals: Vec<Terminal>,
}

pub struct Wires {
    places: Vec<Where>,
    open: Mutex<Open>,
    /// Nobody reads.
    stalled: AtomicBool,
}

impl Wires {
    /// None of them open yet.
    pub fn new(places: Vec<Where>) -> Self {
        Self { places, open: Mutex::default(), stalled: AtomicBool::new(false) }
    }

    fn open_wires(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Disconnects all at once, and removes their links.
    pub fn close(&self) {
        *self.open_wires() = Open::default();
    }

    /// Opens one more; returns what to tell the person at the keyboard.
    fn open_one(&self, place: &Where, feed: Feed) -> Result<String, String> {
        let mut open = self.open_wires();
        match place {
            Where::Terminal(link) => {
                let terminal = serial::terminal(link.as_deref(), feed).map_err(|e| {
                    let link = link.as_ref().map(|link| format!("={}", link.display())).unwrap_or_default();
                    format!("--pty{link}: {}", say::reason(&e))
                })?;
                let shown = link.as_ref().map(|link| format!(", and at {}", link.display())).unwrap_or_default();
                let notice = format!("the main serial port is at {}{shown}", terminal.path.display());
                open.lines.push(terminal.line.clone());
                open.terminals.push(terminal);
                Ok(notice)
            }
            Where::Tcp(address) => {
                let (line, address) =
                    serial::listen(*address, feed).map_err(|e| format!("--listen {address}: {}", say::reason(&e)))?;
                open.lines.push(line);
                Ok(format!("the main serial port is at socket://{address}"))
            }
        }
    }
}

impl main_port::Wires for Wires {
    fn open(&self, feed: Feed) -> Result<(), String> {
        for place in &self.places {
            say::error(&format!("quecpy: {}\n", self.open_one(place, feed.clone())?));
        }
        Ok(())
    }

    /// Sends to all.
    fn send(&self, bytes: &[u8]) {
        for line in &self.open_wires().lines {
            line.send(bytes);
        }
    }

    /// Waits a while for a client that is slow, and not at all for one that does not read.
    fn send_patiently(&self, bytes: &[u8]) {
        self.send(bytes);
        let lines = self.open_wires().lines.clone();
        for line in lines.iter().filter(|line| line.waiting() > AHEAD) {
            if !self.stalled.load(SeqCst) {
                line.flush(PATIENCE);
                self.stalled.store(line.waiting() > AHEAD, SeqCst);
            }
        }
        if lines.iter().all(|line| line.waiting() <= AHEAD) {
            self.stalled.store(false, SeqCst);
        }
    }

    fn drained(&self) {
        self.stalled.store(false, SeqCst);
    }
}
