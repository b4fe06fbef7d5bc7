//! The interactive prompt in a terminal: a thread that edits lines and has the session run them.

mod editor;
mod helper;
mod layout;
mod screen;

pub use screen::Screen;

use editor::{Editor, Entry};
use quecpy_runtime::front::{Current, Front};
use quecpy_runtime::interactive::{Ended, Inbox, Kind, Next};
use quecpy_runtime::{Console, Outcome};
use quecpy_serial::continuation;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Said when the module restarts.
pub const RESTARTS: &str = "quecpy: the module restarts";

/// What the terminal's thread hears of while a text runs.
enum Event {
    Done(Result<(), Ended>),
    /// The module restarts, or its power goes.
    Power,
    /// The script reads its standard input.
    Wants(Sender<String>),
}

/// Tells the terminal's thread of the end of a text, also of one that is never run because the module restarts before.
struct Report {
    events: Sender<Event>,
    result: Option<Result<(), Ended>>,
}

impl Report {
    fn tell(mut self, result: Result<(), Ended>) {
        self.result = Some(result);
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        // Without the thread there is nobody at the prompt.
        let _ = self.events.send(self.result.take().map_or(Event::Power, Event::Done));
    }
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
            // Ctrl-C: no line, and no end of the input either.
            self.rest = line.recv().map_err(|_| gone(()))?.into_bytes();
        }
        let n = room.len().min(self.rest.len());
        room[..n].copy_from_slice(&self.rest[..n]);
        self.rest.drain(..n);
        Ok(n)
    }
}

/// The terminal as a session's front end.
pub struct Terminal {
    inbox: Inbox,
    console: Console,
    /// Taken by the thread that talks.
    talk: Option<Talk>,
    /// Tells it the banner, once.
    start: Option<Sender<String>>,
    /// The module has restarted and has not greeted yet.
    restarted: bool,
    left: Left,
}

impl Terminal {
    /// A terminal; nothing is asked of it yet.
    pub fn new(current: Current) -> Self {
        let (sender, events) = channel();
        let screen = Screen::default();
        let input = TypedInput { events: sender.clone(), rest: Vec::new() };
        let console = Console::typed(input, screen.clone());
        let inbox = Inbox::default();
        let talk = Talk { screen, inbox: inbox.clone(), sender, events, current, fresh: false };
        Self { inbox, console, talk: Some(talk), start: None, restarted: false, left: Left::default() }
    }
}

impl Front for Terminal {
    fn console(&self) -> Console {
        self.console.clone()
    }

    fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    fn starting(&mut self, _banner: &str) -> Result<(), String> {
        let Some(talk) = self.talk.take() else { return Ok(()) };
        let (start, banner) = channel::<String>();
        self.start = Some(start);
        let leaving = Leaving(self.left.clone(), self.inbox.clone());
        let work = move || {
            let _leaving = leaving;
            // The thread that edits lines is the one that Ctrl-Z stops: it has put the terminal back for the shell, and draws
            // its line anew when it goes on. And it is the one that draws its line anew when the window's size changes.
            quecpy_net::take_terminal_signals(true);
            if let Ok(banner) = banner.recv() {
                talk.run(&banner);
            }
        };
        let started = std::thread::Builder::new().name("prompt".into()).spawn(work);
        started.map(drop).map_err(|e| format!("cannot start the prompt: {e}"))
    }

    fn ready(&mut self, banner: &str) -> Result<(), String> {
        if let Some(start) = self.start.take() {
            // The thread waits for nothing else.
            let _ = start.send(banner.to_owned());
        }
        if std::mem::take(&mut self.restarted) {
            // As below.
            let _ = self.console.print(format!("{banner}\n").as_bytes());
        }
        Ok(())
    }

    fn soft_reset(&self) {
        // Where nobody hears it, nobody misses it.
        let _ = self.console.print(b"MPY: soft reboot\n");
    }

    fn restarting(&mut self) {
        self.restarted = self.start.is_none();
        // As above.
        let _ = self.console.print(format!("{RESTARTS}\n").as_bytes());
        if self.left.0.load(SeqCst) {
            // Forgotten with the jobs of the session before.
            Left::quit(&self.inbox);
        }
    }

    fn runs_main(&self) -> bool {
        true
    }
}

/// The thread that talks has ended, however that came: the session does not wait for it any more.
#[derive(Clone, Default)]
struct Left(Arc<AtomicBool>);

impl Left {
    fn quit(inbox: &Inbox) {
        inbox.post(Box::new(|_| Next::Quit(Outcome::Done)));
    }
}

/// Says so when dropped.
struct Leaving(Left, Inbox);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.0.store(true, SeqCst);
        Left::quit(&self.1);
    }
}

/// The thread's work.
struct Talk {
    screen: Screen,
    inbox: Inbox,
    sender: Sender<Event>,
    events: Receiver<Event>,
    current: Current,
    /// Nothing was entered since the last soft reset.
    fresh: bool,
}

/// What leaves the prompt, as in Python's own.
const LEAVING: [&str; 4] = ["exit()", "quit()", "exit", "quit"];

impl Talk {
    fn run(mut self, banner: &str) {
        let mut editor = Editor::new(self.inbox.clone(), self.screen.clone());
        self.ready();
        self.screen.say(&format!("{banner}\n"));
        loop {
            match editor.statement(|text| continuation::needs_more(text.as_bytes())) {
                Entry::Text(text) if LEAVING.contains(&text.trim()) => return,
                Entry::Text(text) => {
                    if !self.run_text(text, &mut editor) {
                        return;
                    }
                }
                Entry::Nothing => {}
                // A second one at once leaves.
                Entry::End if self.fresh => return,
                Entry::End => {
                    self.soft_reset();
                    self.screen.say(&format!("{banner}\n"));
                    self.fresh = true;
                    continue;
                }
            }
            self.fresh = false;
        }
    }

    /// Waits until the session takes jobs.
    fn ready(&self) {
        loop {
            let (sender, ready) = channel();
            self.inbox.post(Box::new(move |_| {
                let _ = sender.send(());
                Next::Continue
            }));
            // A module that restarts forgets its jobs.
            if ready.recv().is_ok() {
                return;
            }
        }
    }

    /// Runs a text. False when the session is to end.
    fn run_text(&self, text: String, editor: &mut Editor) -> bool {
        let report = Report { events: self.sender.clone(), result: None };
        self.inbox.post(Box::new(move |prompt| {
            let result = prompt.run(&text, "<stdin>", true);
            if prompt.is_powering_off() {
                return Next::Continue;
            }
            let next = match &result {
                Err(Ended { kind: Kind::Exit(outcome), .. }) => Next::Quit(*outcome),
                _ => Next::Continue,
            };
            report.tell(result);
            next
        }));
        while let Ok(event) = self.events.recv() {
            if matches!(event, Event::Done(_)) {
                self.current.next_job();
            }
            match event {
                Event::Wants(answer) => self.answer(&answer, editor),
                Event::Done(Ok(())) => return true,
                Event::Done(Err(ended)) if matches!(ended.kind, Kind::Exit(_)) => return false,
                Event::Done(Err(ended)) => {
                    self.screen.say(&ended.traceback);
                    return true;
                }
                Event::Power => {
                    self.ready();
                    return true;
                }
            }
        }
        false
    }

    /// Reads a line for the script.
    fn answer(&self, answer: &Sender<String>, editor: &mut Editor) {
        match editor.line() {
            Some(line) => drop(answer.send(line)),
            // Ctrl-C: the script that waits for the line is interrupted.
            None => {
                self.current.interrupt();
            }
        }
    }

    /// Ctrl-D: a new VM on the same board.
    fn soft_reset(&self) {
        self.inbox.post(Box::new(|_| Next::SoftReset));
        self.ready();
        // Lines that threads of the old VM have asked for.
        while self.events.try_recv().is_ok() {}
    }
}
