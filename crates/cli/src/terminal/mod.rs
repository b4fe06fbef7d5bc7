//! The interactive prompt in a terminal: a thread that edits lines and has the session run them.

mod editor;
mod screen;

pub use screen::Screen;

use editor::{Editor, Entry};
use quecpy_runtime::interactive::{Ended, Inbox, Kind, Next};
use quecpy_runtime::{Console, Interrupter};
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// What the terminal's thread hears of while a text runs.
enum Event {
    Done(Result<(), Ended>),
    /// The script reads its standard input.
    Wants(Sender<String>),
}

/// The script's standard input at a prompt: a line at a time, edited like any other.
struct TypedInput {
    events: Sender<Event>,
    rest: Vec<u8>,
}

impl Read for TypedInput {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            let (sender, line) = channel();
            let gone = |_| std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
            self.events.send(Event::Wants(sender)).map_err(|_| gone(()))?;
            self.rest = line.recv().map_err(|_| gone(()))?.into_bytes();
        }
        let n = room.len().min(self.rest.len());
        room[..n].copy_from_slice(&self.rest[..n]);
        self.rest.drain(..n);
        Ok(n)
    }
}

/// Whom Ctrl-C breaks: the current session.
pub type Current = Arc<Mutex<Option<Interrupter>>>;

/// The terminal's side of a session.
pub struct Terminal {
    pub inbox: Inbox,
    pub console: Console,
    screen: Screen,
    sender: Sender<Event>,
    events: Receiver<Event>,
    current: Current,
}

impl Terminal {
    /// A terminal; nothing is asked of it yet.
    pub fn new(current: Current) -> Self {
        let (sender, events) = channel();
        let screen = Screen::default();
        let input = TypedInput { events: sender.clone(), rest: Vec::new() };
        let console = Console::new(input, screen.clone(), screen.clone());
        Self { inbox: Inbox::default(), console, screen, sender, events, current }
    }

    /// Starts the thread that talks.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(self, banner: String) -> std::io::Result<()> {
        let talk = move || {
            Talk { editor: Editor::new(self.inbox.clone(), self.screen.clone()), terminal: self, fresh: false }
                .run(&banner)
        };
        std::thread::Builder::new().name("prompt".into()).spawn(talk).map(drop)
    }
}

/// The thread's work.
struct Talk {
    editor: Editor,
    terminal: Terminal,
    /// Nothing was entered since the last soft reset.
    fresh: bool,
}

/// What leaves the prompt, as in Python's own.
const LEAVING: [&str; 4] = ["exit()", "quit()", "exit", "quit"];

impl Talk {
    fn run(mut self, banner: &str) {
        self.ready();
        println!("{banner}");
        loop {
            match self.editor.statement(continuation::needs_more) {
                Entry::Statement(text) if LEAVING.contains(&text.trim()) => return self.leave(),
                Entry::Statement(text) => {
                    if !self.run_text(text, true) {
                        return;
                    }
                }
                Entry::Pasted(text) => {
                    if !self.run_text(text, false) {
                        return;
                    }
                }
                Entry::Nothing => {}
                // A second one at once leaves.
                Entry::End if self.fresh => return self.leave(),
                Entry::End => {
                    self.soft_reset();
                    println!("{banner}");
                    self.fresh = true;
                    continue;
                }
            }
            self.fresh = false;
        }
    }

    fn leave(&self) {
        self.terminal.inbox.post(Box::new(|_| Next::Quit));
    }

    /// Waits until the session takes jobs.
    fn ready(&self) {
        let (sender, ready) = channel();
        self.terminal.inbox.post(Box::new(move |_| {
            let _ = sender.send(());
            Next::Continue
        }));
        let _ = ready.recv();
    }

    /// Runs a text. False when the session is to end.
    fn run_text(&mut self, text: String, single: bool) -> bool {
        let done = self.terminal.sender.clone();
        self.terminal.inbox.post(Box::new(move |prompt| {
            let result = prompt.run(&text, "<stdin>", single);
            let next = match &result {
                Err(Ended { kind: Kind::Exit, .. }) => Next::Quit,
                _ => Next::Continue,
            };
            let _ = done.send(Event::Done(result));
            next
        }));
        while let Ok(event) = self.terminal.events.recv() {
            match event {
                Event::Wants(answer) => self.answer(&answer),
                Event::Done(Ok(())) => return true,
                Event::Done(Err(ended)) if ended.kind == Kind::Exit => return false,
                Event::Done(Err(ended)) => {
                    print!("{}", ended.traceback);
                    return true;
                }
            }
        }
        false
    }

    /// Reads a line for the script.
    fn answer(&mut self, answer: &Sender<String>) {
        match self.editor.line() {
            Some(line) => drop(answer.send(line)),
            // Ctrl-C: the script that waits for the line is interrupted.
            None => {
                if let Some(interrupter) = &*self.terminal.current.lock().unwrap_or_else(PoisonError::into_inner) {
                    interrupter.interrupt();
                }
            }
        }
    }

    /// Ctrl-D: a new VM on the same board.
    fn soft_reset(&self) {
        self.terminal.inbox.post(Box::new(|_| Next::SoftReset));
        self.ready();
    }
}
