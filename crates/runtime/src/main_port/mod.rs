//! The board's main serial port: the protocol of crate `serial`, connected to a session and to its wires.
//!
//! Each wire has a prompt of its own, so that clients of two wires do not disturb each other; the session runs what they
//! enter one after another. What a run prints goes to the wire whose client has asked for it, and to those at whose prompt a
//! person may sit; what is printed while nobody has asked for anything goes to all.

mod input;
mod lines;
mod output;
mod shared;

pub use shared::Wire;

use crate::front::{Current, Front};
use crate::interactive::Inbox;
use crate::{Board, Console};
use input::Typed;
use lines::Lines;
use output::Output;
use parking_lot::Mutex;
use quecpy_net::wire::Receiver;
use quecpy_serial::{Banner, Port, Settings};
use shared::{End, Runs, Shared};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The window of raw-paste mode. A module has room for 128 bytes; each window costs a way there and back, which here takes
/// longer than the bytes.
const WINDOW: u16 = 2048;

/// What a wire brings.
struct Incoming {
    shared: Arc<Shared>,
    number: usize,
}

impl Receiver for Incoming {
    fn receive(&self, bytes: &[u8]) -> usize {
        self.shared.received(self.number, bytes)
    }

    fn opened(&self) {
        self.shared.ends[self.number].port().new_client();
    }
}

/// The port as a session's front end.
pub struct MainPort {
    shared: Arc<Shared>,
    console: Console,
    settings: Settings,
    started: bool,
}

impl MainPort {
    /// A port that nothing is connected to yet.
    #[must_use]
    pub fn new(wires: Vec<Arc<dyn Wire>>, current: Current, board: Arc<Board>) -> Self {
        let settings = Settings { unicode_lines: true, raw_paste: Some(WINDOW), ..Settings::default() };
        let end = |wire| End { wire, port: Mutex::new(Port::new(settings.clone())), given_up: AtomicBool::new(false) };
        let shared = Arc::new(Shared {
            ends: wires.into_iter().map(end).collect(),
            runs: Mutex::default(),
            resetting: Mutex::default(),
            readers: Mutex::default(),
            lines: Mutex::default(),
            inbox: Inbox::default(),
            current,
            board,
        });
        let output = |raw| Output { shared: shared.clone(), raw };
        let console = Console::of_port(Arc::new(Typed(shared.clone())), output(false), output(true));
        let console = console.with_lines(Arc::new(Lines(shared.clone())));
        Self { shared, console, settings, started: false }
    }

    /// Prompts as they are at power-on.
    fn begin(&self) {
        *self.shared.runs() = Runs::default();
        for end in &self.shared.ends {
            *end.port() = Port::new(self.settings.clone());
        }
    }
}

impl Front for MainPort {
    fn console(&self) -> Console {
        self.console.clone()
    }

    fn inbox(&self) -> Inbox {
        self.shared.inbox.clone()
    }

    fn starting(&mut self, banner: &str) -> Result<(), String> {
        if std::mem::replace(&mut self.started, true) {
            return Ok(());
        }
        let greeting = format!("{}\r\n", banner.replace('\n', "\r\n"));
        self.settings.banner = Banner { greeting, ..Banner::default() };
        self.begin();
        for (number, end) in self.shared.ends.iter().enumerate() {
            end.wire.open(Arc::new(Incoming { shared: self.shared.clone(), number }))?;
        }
        Ok(())
    }

    fn ready(&mut self, _banner: &str) -> Result<(), String> {
        for (number, end) in self.shared.ends.iter().enumerate() {
            let mut port = end.port();
            let actions = if port.is_starting() { port.start() } else { port.restarted() };
            self.shared.act(number, &mut port, actions);
        }
        Ok(())
    }

    fn soft_reset(&self) {}

    fn restarting(&mut self) {
        self.begin();
    }

    fn runs_main(&self) -> bool {
        let by = *self.shared.resetting();
        by.is_none_or(|number| !self.shared.ends[number].port().is_raw())
    }
}
