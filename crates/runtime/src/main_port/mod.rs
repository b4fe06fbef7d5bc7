//! The board's main serial port: the protocol of crate `serial`, connected to a session and to its wires.

mod input;

use crate::front::{Current, Front};
use crate::interactive::{Ended, Inbox, Kind, Next, Prompt};
use crate::lines::{self, Entered, Line};
use crate::{Board, Console, Sink};
use input::Typed;
use quecpy_net::Waiters;
use quecpy_net::serial::Feed;
use quecpy_serial::{Action, Banner, Completion, Mode, Outcome, Port, Settings};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Thread;

/// What the port is connected to.
pub trait Wires: Send + Sync {
    /// Connects: what comes goes to `feed`, which says how much of it was taken.
    ///
    /// # Errors
    /// One line that says what cannot be had, and why.
    fn open(&self, feed: Feed) -> Result<(), String>;

    /// Sends; never waits.
    fn send(&self, bytes: &[u8]);

    /// Sends what a script prints; may wait a while for who is slow.
    fn send_patiently(&self, bytes: &[u8]);

    /// A run has ended.
    fn drained(&self);
}

/// The window of raw-paste mode. A module has room for 128 bytes; each window costs a way there and back, which here takes
/// longer than the bytes.
const WINDOW: u16 = 2048;

/// What the port's threads share.
struct Shared {
    port: Mutex<Port>,
    /// Threads of scripts that wait for standard input.
    readers: Mutex<Vec<Thread>>,
    /// What `input()` waits for, in order.
    lines: Mutex<VecDeque<Line>>,
    wires: Arc<dyn Wires>,
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
        let interrupt = self.board.interrupt_character();
        port.set_interrupt(interrupt);
        // What does not fit waits in the wire, but for an interrupt.
        let urgent = interrupt.is_some_and(|byte| bytes.contains(&byte));
        let n = if urgent { bytes.len() } else { bytes.len().min(port.room()) };
        let actions = port.receive(&bytes[..n]);
        self.act(&mut port, actions);
        drop(port);
        for reader in std::mem::take(&mut *self.readers.lock().unwrap_or_else(PoisonError::into_inner)) {
            reader.unpark();
        }
        n
    }

    /// Does what the port asks, in order.
    fn act(self: &Arc<Self>, port: &mut Port, actions: Vec<Action>) {
        let mut actions = VecDeque::from(actions);
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Send(bytes) => self.wires.send(&bytes),
                Action::Run { source, mode } => {
                    self.run(&source, mode);
                    // A thread may have asked while nothing ran.
                    actions.extend(self.input(port));
                }
                // Without a session there is nothing to break.
                Action::Interrupt => {
                    self.current.interrupt();
                }
                Action::Complete { text } => self.complete(text),
                Action::SoftReset => self.inbox.post(Box::new(|_| Next::SoftReset)),
                Action::Again => actions.extend(port.receive(b"")),
                Action::Line(line) => {
                    self.entered(line);
                    actions.extend(self.input(port));
                }
            }
        }
    }

    fn lines(&self) -> MutexGuard<'_, VecDeque<Line>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the port edit a line if a script waits for one.
    fn input(&self, port: &mut Port) -> Vec<Action> {
        let mut lines = self.lines();
        lines.retain(Line::is_awaited);
        if lines.is_empty() { Vec::new() } else { port.input() }
    }

    fn entered(&self, line: quecpy_serial::Line) {
        let entered = match line {
            quecpy_serial::Line::Text(text) => Entered::Text(text),
            quecpy_serial::Line::End => Entered::End,
            quecpy_serial::Line::TooLong => Entered::TooLong,
        };
        let mut lines = self.lines();
        lines.retain(Line::is_awaited);
        if let Some(line) = lines.pop_front() {
            line.enter(entered);
        }
    }

    fn run(self: &Arc<Self>, source: &[u8], mode: Mode) {
        let text = String::from_utf8_lossy(source).replace("\r\n", "\n").replace('\r', "\n");
        let shared = self.clone();
        self.inbox.post(Box::new(move |prompt: &Prompt<'_>| {
            shared.board.set_interrupt_character(Some(quecpy_serial::CTRL_C));
            let result = prompt.run(&text, "<stdin>", !mode.is_raw());
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

/// `input()` at the port.
struct Lines(Arc<Shared>);

impl lines::Lines for Lines {
    fn ask(&self, line: Line) {
        let mut port = self.0.port();
        self.0.lines().push_back(line);
        let actions = self.0.input(&mut port);
        self.0.act(&mut port, actions);
    }

    fn gone(&self) {
        let mut port = self.0.port();
        // An interrupt may have come before the port began to edit.
        port.cancel_input();
        let actions = self.0.input(&mut port);
        self.0.act(&mut port, actions);
    }
}

/// Output of the session, to the wires: text, or (`raw`) what stays as it is, as of `usys.stdout.buffer`.
#[derive(Clone)]
struct Output {
    shared: Arc<Shared>,
    raw: bool,
}

impl Sink for Output {
    fn write(&self, bytes: &[u8], _waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>> {
        let wires = &self.shared.wires;
        if self.raw {
            wires.send_patiently(bytes)
        } else {
            wires.send_patiently(&quecpy_serial::cooked(bytes))
        }
        Ok(Ok(bytes.len()))
    }
}

/// The port as a session's front end.
pub struct MainPort {
    shared: Arc<Shared>,
    console: Console,
    started: bool,
}

impl MainPort {
    /// A port that nothing is connected to yet.
    #[must_use]
    pub fn new(wires: Arc<dyn Wires>, current: Current, board: Arc<Board>) -> Self {
        let shared = Arc::new(Shared {
            port: Mutex::new(Port::new(Settings::default())),
            readers: Mutex::default(),
            lines: Mutex::default(),
            wires,
            inbox: Inbox::default(),
            current,
            board,
        });
        let output = |raw| Output { shared: shared.clone(), raw };
        let console = Console::of_port(Arc::new(Typed(shared.clone())), output(false), output(true));
        let console = console.with_lines(Arc::new(Lines(shared.clone())));
        Self { shared, console, started: false }
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
            let settings = Settings { banner, unicode_lines: true, raw_paste: Some(WINDOW), ..Settings::default() };
            *self.shared.port() = Port::new(settings);
            let shared = self.shared.clone();
            self.shared.wires.open(Arc::new(move |bytes| shared.received(bytes)))?;
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
