//! The board's main serial port: the protocol of crate `serial`, connected to a session and to its wires.

mod input;
mod wires;

pub use wires::Where;

use crate::front::{Current, Front};
use input::Typed;
use quecpy_runtime::interactive::{Ended, Inbox, Kind, Next, Prompt};
use quecpy_runtime::{Board, Console};
use quecpy_serial::{Action, Banner, Completion, Mode, Outcome, Port, Settings};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use wires::Wires;

/// What the port's threads share.
struct Shared {
    port: Mutex<Port>,
    /// A script that reads its standard input waits for this.
    arrived: Condvar,
    wires: Wires,
    inbox: Inbox,
    current: Current,
    board: Arc<Board>,
}

impl Shared {
    fn port(&self) -> MutexGuard<'_, Port> {
        self.port.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes came. Returns how many were taken.
    fn received(self: &Arc<Self>, bytes: &[u8]) -> usize {
        let mut port = self.port();
        port.set_interrupt(self.board.interrupt_character());
        // What does not fit waits in the wire, but for an interrupt.
        let n = if bytes.contains(&quecpy_serial::CTRL_C) { bytes.len() } else { bytes.len().min(port.room()) };
        let actions = port.receive(&bytes[..n]);
        self.act(&mut port, actions);
        self.arrived.notify_all();
        n
    }

    /// Does what the port asks, in order.
    fn act(self: &Arc<Self>, port: &mut Port, actions: Vec<Action>) {
        let mut actions = VecDeque::from(actions);
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Send(bytes) => self.wires.send(&bytes),
                Action::Run { source, mode } => self.run(&source, mode),
                Action::Interrupt => self.current.interrupt(),
                Action::Complete { text } => self.complete(text),
                Action::SoftReset => self.inbox.post(Box::new(|_| Next::SoftReset)),
                Action::Again => actions.extend(port.receive(b"")),
                // Standard input is read as it comes.
                Action::Line(_) => {}
            }
        }
    }

    fn run(self: &Arc<Self>, source: &[u8], mode: Mode) {
        let text = String::from_utf8_lossy(source).replace("\r\n", "\n").replace('\r', "\n");
        let shared = self.clone();
        self.inbox.post(Box::new(move |prompt: &Prompt<'_>| {
            shared.board.set_interrupt_character(Some(quecpy_serial::CTRL_C));
            let result = prompt.run(&text, "<stdin>", mode == Mode::Friendly);
            shared.wires.drained();
            let outcome = match &result {
                Ok(()) => Outcome::Done,
                Err(Ended { kind: Kind::Exit, .. }) => Outcome::Exit,
                Err(ended) => Outcome::Failed(&ended.traceback),
            };
            let mut port = shared.port();
            let actions = port.finished(outcome);
            shared.act(&mut port, actions);
            Next::Continue
        }));
    }

    fn complete(self: &Arc<Self>, text: String) {
        let shared = self.clone();
        self.inbox.post(Box::new(move |prompt: &Prompt<'_>| {
            let completion = completion(&text, prompt.complete(&text));
            let mut port = shared.port();
            let actions = port.completed(&completion);
            shared.act(&mut port, actions);
            Next::Continue
        }));
    }
}

/// What to put in place of the last word of `text`, given all whole words that begin so.
fn completion(text: &str, mut words: Vec<String>) -> Completion {
    let typed = text.rsplit(|c: char| c != '_' && !c.is_alphanumeric()).next().unwrap_or_default().len();
    if words.len() == 1 {
        return Completion::Insert(words.remove(0).split_off(typed));
    }
    let Some(first) = words.first() else { return Completion::Nothing };
    let common = words.iter().skip(1).fold(first.len(), |n, word| {
        let same = first.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        n.min(same)
    });
    match first.get(typed..common).filter(|rest| !rest.is_empty()) {
        Some(rest) => Completion::Insert(rest.to_owned()),
        None => Completion::Choices(words),
    }
}

/// Output of the session, to the wires.
#[derive(Clone)]
struct Output(Arc<Shared>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let cooked = quecpy_serial::cooked(bytes);
        self.0.wires.send_patiently(&cooked);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The port as a session's front end.
pub struct MainPort {
    shared: Arc<Shared>,
    console: Console,
    started: bool,
    places: Vec<Where>,
}

impl MainPort {
    /// A port that nothing is connected to yet.
    pub fn new(places: Vec<Where>, current: Current, board: Arc<Board>) -> Self {
        let shared = Arc::new(Shared {
            port: Mutex::new(Port::new(Settings::default())),
            arrived: Condvar::new(),
            wires: Wires::default(),
            inbox: Inbox::default(),
            current,
            board,
        });
        let output = Output(shared.clone());
        let console = Console::new(Typed(shared.clone()), output.clone(), output);
        Self { shared, console, started: false, places }
    }

    /// Opens the wires.
    ///
    /// # Errors
    /// One line that says which cannot be had, and why.
    fn connect(&self) -> Result<(), String> {
        for place in &self.places {
            let shared = self.shared.clone();
            let notice = self.shared.wires.open(place, Arc::new(move |bytes| shared.received(bytes)))?;
            eprintln!("quecpy: {notice}");
        }
        Ok(())
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
        if !std::mem::replace(&mut self.started, true) {
            let greeting = format!("{}\r\n", banner.replace('\n', "\r\n"));
            let banner = Banner { greeting, ..Banner::default() };
            *self.shared.port() = Port::new(Settings { banner, unicode_lines: true, ..Settings::default() });
            self.connect()?;
        }
        Ok(())
    }

    fn ready(&mut self, _banner: &str) -> Result<(), String> {
        let mut port = self.shared.port();
        let actions = port.start();
        self.shared.act(&mut port, actions);
        Ok(())
    }

    fn soft_reset(&self) {}

    fn runs_main(&self) -> bool {
        !self.shared.port().is_raw()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completion_inserts_what_is_certain_and_lists_the_rest() {
        let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(completion("usocket.so", words(&["socket"])), Completion::Insert("cket".into()));
        assert_eq!(completion("A", words(&["AF_INET", "AF_INET6"])), Completion::Insert("F_INET".into()));
        let both = words(&["AF_INET", "AF_INET6"]);
        assert_eq!(completion("x.AF_INET", both.clone()), Completion::Choices(both));
        assert_eq!(completion("zz", vec![]), Completion::Nothing);
    }
}
