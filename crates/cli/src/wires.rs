//! What the main serial port is connected to: a pseudo-terminal or a TCP port of this computer.

use crate::say;
use parking_lot::Mutex;
use quecpy_net::wire::{self, Feed, Guard, Line, Terminal};
use quecpy_runtime::main_port;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread::Thread;

/// Where the port can be found.
#[derive(Debug, Clone)]
pub enum Where {
    /// A pseudo-terminal, and a link to it.
    Terminal(Option<PathBuf>),
    /// A port of this computer; 0 for any that is free.
    Tcp(SocketAddr),
}

/// One of them.
pub struct Wire {
    place: Where,
    line: Line,
    state: Mutex<State>,
}

/// The terminal is kept for as long as the program runs; once closed there is none any more.
#[derive(Default)]
enum State {
    #[default]
    Unopened,
    Terminal(#[expect(dead_code, reason = "kept until it is dropped")] Terminal),
    Closed,
}

impl Wire {
    /// Not open yet.
    pub fn new(place: Where) -> Self {
        Self { place, line: Line::default(), state: Mutex::default() }
    }

    /// Removes its link, or keeps it from being made.
    pub fn close(&self) {
        *self.state.lock() = State::Closed;
    }

    fn open_terminal(&self, link: Option<&Path>, feed: Feed) -> Result<(), String> {
        let mut state = self.state.lock();
        if matches!(*state, State::Closed) {
            return Ok(());
        }
        let own = link.map(Path::to_owned);
        let moved = Box::new(move |path: &Path| say::error(&notice(path, own.as_deref())));
        let terminal = wire::terminal(link, &self.line, feed, moved).map_err(|e| {
            let link = link.map(|link| format!("={}", link.display())).unwrap_or_default();
            format!("--pty{link}: {}", say::reason(&e))
        })?;
        let notice = notice(&terminal.path, link);
        *state = State::Terminal(terminal);
        // Who reads it may end the program at once, or may not read.
        drop(state);
        say::error(&notice);
        Ok(())
    }
}

/// What to tell the person at the keyboard.
fn notice(path: &Path, link: Option<&Path>) -> String {
    let link = link.map(|link| format!(", and at {}", link.display())).unwrap_or_default();
    format!("quecpy: the main serial port is at {}{link}\n", path.display())
}

impl main_port::Wire for Wire {
    fn open(&self, feed: Feed) -> Result<(), String> {
        match &self.place {
            Where::Terminal(link) => self.open_terminal(link.as_deref(), feed)?,
            Where::Tcp(address) => {
                let bound = wire::listen(*address, &self.line, feed, Guard::Browsers)
                    .map_err(|e| format!("--listen {address}: {}", say::reason(&e)))?;
                say::error(&format!("quecpy: the main serial port is at socket://{bound}\n"));
            }
        }
        Ok(())
    }

    fn send(&self, bytes: &[u8]) {
        self.line.send(bytes);
    }

    fn has_client(&self) -> bool {
        self.line.has_client()
    }

    fn is_full(&self) -> bool {
        self.line.is_full()
    }

    fn tell(&self, thread: Thread) {
        self.line.tell(thread);
    }
}
