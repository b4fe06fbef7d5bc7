//! What the threads of the port share: its wires with their prompts, and the runs that these ask for.

use crate::Board;
use crate::front::Current;
use crate::interactive::{Ended, Inbox, Kind, Next, Prompt};
use parking_lot::{Mutex, MutexGuard};
use quecpy_net::Waiter;
use quecpy_net::wire::Feed;
use quecpy_serial::{Action, Completion, Mode, Outcome, Port};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::Thread;

/// Something that the port is connected to.
pub trait Wire: Send + Sync {
    /// Connects: what comes goes to `feed`.
    ///
    /// # Errors
    /// One line that says what cannot be had, and why.
    fn open(&self, feed: Feed) -> Result<(), String>;

    /// Sends to the client, if one is there; never waits.
    fn send(&self, bytes: &[u8]);

    /// Whether there is one.
    fn has_client(&self) -> bool {
        true
    }

    /// The client lags behind what was sent: whoever sends more should wait.
    fn is_full(&self) -> bool {
        false
    }

    /// Unparks a thread, once, when it is no longer full.
    fn tell(&self, _thread: Thread) {}
}

/// Run in place of what was interrupted before it began.
const INTERRUPTED: &str = "raise KeyboardInterrupt\n";

/// A wire, and the prompt that its client talks to.
pub(super) struct End {
    pub wire: Arc<dyn Wire>,
    pub port: Mutex<Port>,
    /// Its client does not read: until it does, nobody waits for it.
    pub given_up: AtomicBool,
}

impl End {
    pub fn port(&self) -> MutexGuard<'_, Port> {
        self.port.lock()
    }
}

/// Which end the session serves.
#[derive(Default)]
pub(super) struct Runs {
    /// The end whose run the session is at.
    pub running: Option<usize>,
    /// Ends whose next run is not to begin: Ctrl-C came while it waited for that of another.
    pub broken: Vec<usize>,
}

/// What the port's threads share.
pub(super) struct Shared {
    pub ends: Vec<End>,
    pub runs: Mutex<Runs>,
    /// The end that has asked for a soft reset last.
    pub resetting: Mutex<Option<usize>>,
    /// Threads of scripts that wait for standard input.
    pub readers: Mutex<Vec<Arc<Waiter>>>,
    /// What `input()` waits for, in order.
    pub lines: Mutex<VecDeque<crate::lines::Line>>,
    pub inbox: Inbox,
    pub current: Current,
    pub board: Arc<Board>,
}

impl Shared {
    pub fn runs(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock()
    }

    pub fn resetting(&self) -> MutexGuard<'_, Option<usize>> {
        self.resetting.lock()
    }

    pub fn running(&self) -> Option<usize> {
        self.runs().running
    }

    /// The ends whose clients talk to what runs: the one that has asked for it, or all at the module's start.
    pub fn talking(&self) -> impl Iterator<Item = (usize, &End)> {
        let running = self.running();
        self.ends.iter().enumerate().filter(move |(number, _)| running.is_none_or(|running| running == *number))
    }

    /// Bytes came. Returns how many were taken.
    pub fn received(self: &Arc<Self>, number: usize, bytes: &[u8]) -> usize {
        let end = &self.ends[number];
        let interrupt = self.board.interrupt_character();
        let urgent = interrupt.is_some_and(|byte| bytes.contains(&byte));
        // A client that does not read its answers gets no more; what does not fit waits in the wire. An interrupt does
        // not.
        if end.wire.is_full() && !urgent {
            return 0;
        }
        let mut port = end.port();
        port.set_interrupt(interrupt);
        let n = if urgent { bytes.len() } else { bytes.len().min(port.room()) };
        let actions = port.receive(&bytes[..n]);
        let is_for_its_own = actions.contains(&Action::Interrupt);
        self.act(number, &mut port, actions);
        drop(port);
        if urgent && !is_for_its_own && self.is_left_alone(number) {
            self.current.interrupt();
        }
        for reader in std::mem::take(&mut *self.readers.lock()) {
            reader.wake();
        }
        n
    }

    /// What runs is another end's whose client has gone: anybody may interrupt it.
    pub fn is_left_alone(&self, number: usize) -> bool {
        self.running().is_some_and(|running| running != number && !self.ends[running].wire.has_client())
    }

    /// Does what a prompt asks, in order.
    pub fn act(self: &Arc<Self>, number: usize, port: &mut Port, actions: Vec<Action>) {
        let mut actions = VecDeque::from(actions);
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Send(bytes) => self.ends[number].wire.send(&bytes),
                Action::Run { source, mode } => {
                    self.run(number, &source, mode);
                    // A thread may have asked while nothing ran.
                    actions.extend(self.input(port));
                }
                // Without a session there is nothing to break.
                Action::Interrupt => self.interrupt(number),
                Action::Complete { text } => self.complete(number, text),
                Action::SoftReset => {
                    *self.resetting() = Some(number);
                    self.inbox.post(Box::new(|_| Next::SoftReset));
                }
                Action::Again => actions.extend(port.receive(b"")),
                Action::Line(line) => {
                    self.entered(line);
                    actions.extend(self.input(port));
                }
            }
        }
    }

    /// Ctrl-C of an end's client that waits for its own run: breaks it, or what is in its way and nobody's any more.
    pub fn interrupt(&self, number: usize) {
        let mut runs = self.runs();
        match runs.running {
            Some(other) if other != number && self.ends[other].wire.has_client() => runs.broken.push(number),
            // Without a session there is nothing to break.
            _ => {
                self.current.interrupt();
            }
        }
    }

    /// The session begins an end's run. False when that was interrupted before.
    pub fn begins(&self, number: usize) -> bool {
        let mut runs = self.runs();
        runs.running = Some(number);
        let before = runs.broken.len();
        runs.broken.retain(|broken| *broken != number);
        runs.broken.len() == before
    }

    pub fn run(self: &Arc<Self>, number: usize, source: &[u8], mode: Mode) {
        let text = String::from_utf8_lossy(source).replace("\r\n", "\n").replace('\r', "\n");
        let shared = self.clone();
        self.inbox.post(Box::new(move |prompt: &Prompt<'_>| {
            shared.board.set_interrupt_character(Some(quecpy_serial::CTRL_C));
            let text = if shared.begins(number) { &text } else { INTERRUPTED };
            let result = prompt.run(text, "<stdin>", !mode.is_raw());
            shared.runs().running = None;
            let outcome = match &result {
                Ok(()) => Outcome::Done,
                Err(Ended { kind: Kind::Exit(_), .. }) => Outcome::Exit,
                Err(ended) => Outcome::Failed(&ended.traceback),
            };
            let mut port = shared.ends[number].port();
            let actions = port.finished(outcome);
            shared.act(number, &mut port, actions);
            Next::Continue
        }));
    }

    pub fn complete(self: &Arc<Self>, number: usize, text: String) {
        let shared = self.clone();
        self.inbox.post(Box::new(move |prompt: &Prompt<'_>| {
            let completion = completion(&text, prompt.complete(&text));
            let mut port = shared.ends[number].port();
            let actions = port.completed(&completion);
            shared.act(number, &mut port, actions);
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
