//! One port's state: whether the REPL or a script has it, and the bytes that wait.

use crate::control::END;
use crate::friendly_repl::{FriendlyRepl, Step};
use crate::line_editor::Edit;
use crate::raw_repl::RawRepl;
use crate::settings::{Banner, CTRL_C, INPUT_LIMIT, OUTPUT_LIMIT, Settings};
use crate::turn::Turn;
use crate::waiting::Waiting;
use crate::{Action, Completion, Line, Mode, Outcome};

/// The main serial port of one module.
///
/// A new port belongs to the module's start (`boot.py`, `main.py`): pass what those print through [`Port::output`], then
/// call [`Port::start`]. From then on give every byte that comes to [`Port::receive`], at any time, and do the
/// [`Action`]s that it and the other calls return, in their order. Nothing here blocks or waits.
///
/// While something runs, what comes is kept for its stdin ([`Port::take_input`], [`Port::input`]), except the interrupt
/// character; what nobody has read when the run ends is for the prompt, as on a module.
pub struct Port {
    banner: Banner,
    friendly: FriendlyRepl,
    raw: RawRepl,
    is_raw: bool,
    owner: Owner,
    interrupt: Option<u8>,
    waiting: Waiting,
}

/// Whether the REPL or a script has the port.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    /// Bytes are for the prompt.
    Repl,
    /// The prompt waits for `completed`.
    Completing,
    /// Something runs: bytes are its stdin.
    Run(Occupied),
    /// It called `input()`: bytes edit that line.
    Input(Occupied),
}

#[derive(Clone, Copy, PartialEq)]
enum Occupied {
    /// The module's start.
    Starting,
    Source(Mode),
}

impl Port {
    /// A port at its friendly prompt.
    pub fn new(settings: Settings) -> Self {
        Self {
            friendly: FriendlyRepl::new(&settings),
            raw: RawRepl::new(settings.raw_paste),
            banner: settings.banner,
            is_raw: false,
            owner: Owner::Run(Occupied::Starting),
            interrupt: Some(CTRL_C),
            waiting: Waiting::default(),
        }
    }

    /// The start is over, the first one or that after [`Action::SoftReset`]: greets, and prompts in the mode that the port
    /// was in before.
    pub fn start(&mut self) -> Vec<Action> {
        let mut turn = Turn::default();
        self.owner = Owner::Repl;
        if self.is_raw {
            self.raw.greet(&mut turn.wire);
        } else {
            self.greet(&mut turn);
        }
        self.go_on(turn)
    }

    /// The module starts, the first time or after [`Action::SoftReset`]: it waits for [`Port::start`].
    pub fn is_starting(&self) -> bool {
        matches!(self.owner, Owner::Run(Occupied::Starting) | Owner::Input(Occupied::Starting))
    }

    /// The VM was started anew, and not because of this port: a person at its prompt is told, a program is not.
    pub fn restarted(&mut self) -> Vec<Action> {
        let mut turn = Turn::default();
        if self.owner == Owner::Repl && !self.is_raw {
            turn.wire.extend_from_slice(b"\r\n");
            turn.wire.extend_from_slice(self.banner.soft_reset.as_bytes());
            self.greet(&mut turn);
        }
        self.go_on(turn)
    }

    /// Another client is at the wire: what the one before had begun and not ended is forgotten, and what waits of it, since
    /// the answers would be taken for those to the new client. What runs goes on.
    pub fn new_client(&mut self) {
        let mut unseen = Vec::new();
        self.waiting.clear();
        match self.owner {
            Owner::Repl | Owner::Completing if self.is_raw => self.raw.prompt(&mut unseen),
            Owner::Repl | Owner::Completing => {
                self.owner = Owner::Repl;
                self.friendly.prompt(&mut unseen);
            }
            Owner::Input(_) => self.friendly.editor.begin("", &mut unseen),
            Owner::Run(_) => {}
        }
    }

    /// Bytes came from the wire; none, to go on after [`Action::Again`]. More than [`Port::room`] may be lost.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<Action> {
        let mut turn = Turn::default();
        self.consume(&mut turn);
        for &byte in bytes {
            if self.waiting.is_empty() && self.consumes() && turn.wire.len() < OUTPUT_LIMIT {
                self.byte(byte, &mut turn);
            } else if self.is_interrupt(byte) {
                self.break_in(&mut turn);
            } else {
                self.waiting.push(byte);
            }
        }
        self.go_on(turn)
    }

    /// What something printed, stdout and stderr alike, as the wire wants it: with `\r\n` for each `\n`. Bytes that are to
    /// stay as they are (`sys.stdout.buffer`) go to the wire without this. Nothing is kept here: the thread that runs the script waits until
    /// the wire has taken it.
    pub fn output(&self, bytes: &[u8]) -> Vec<u8> {
        crate::cooked(bytes)
    }

    /// The run has ended: the error in the form of its mode, a prompt, and on with the bytes that wait. Without a run,
    /// nothing.
    pub fn finished(&mut self, outcome: Outcome) -> Vec<Action> {
        let (Owner::Run(Occupied::Source(mode)) | Owner::Input(Occupied::Source(mode))) = self.owner else {
            return Vec::new();
        };
        let mut turn = Turn::default();
        let error = match outcome {
            Outcome::Failed(text) => crate::cooked::cooked_error(text),
            Outcome::Done | Outcome::Exit => Vec::new(),
        };
        if mode.is_raw() {
            turn.wire.push(END);
            turn.wire.extend(error);
            turn.wire.push(END);
        } else {
            turn.wire.extend(error);
        }
        match outcome {
            Outcome::Exit => self.soft_reset(&mut turn),
            _ => self.prompt(&mut turn),
        }
        self.go_on(turn)
    }

    /// Answers [`Action::Complete`].
    pub fn completed(&mut self, completion: &Completion) -> Vec<Action> {
        let mut turn = Turn::default();
        if self.owner == Owner::Completing {
            self.owner = Owner::Repl;
            self.friendly.completed(completion, &mut turn.wire);
        }
        self.go_on(turn)
    }

    /// What runs called `input()`, and its prompt is printed already: reads a line, edited as at the prompt. The answer,
    /// now or later, is [`Action::Line`], or [`Action::Interrupt`], which ends it too.
    pub fn input(&mut self) -> Vec<Action> {
        let mut turn = Turn::default();
        if let Owner::Run(occupied) = self.owner {
            self.owner = Owner::Input(occupied);
            self.friendly.editor.begin("", &mut turn.wire);
        }
        self.go_on(turn)
    }

    /// What called `input()` waits for no line any more, and nothing has come that says so: bytes are its stdin again.
    pub fn cancel_input(&mut self) {
        if let Owner::Input(occupied) = self.owner {
            self.owner = Owner::Run(occupied);
        }
    }

    /// At most so many of the bytes that came for the stdin of what runs.
    pub fn take_input(&mut self, most: usize) -> Vec<u8> {
        match self.owner {
            Owner::Run(_) => self.waiting.take(most),
            _ => Vec::new(),
        }
    }

    /// How many bytes wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many more may wait. A reader of no more than this from the wire loses nothing, but will not see an interrupt
    /// behind it.
    pub fn room(&self) -> usize {
        INPUT_LIMIT - self.waiting.len()
    }

    /// Something runs, or the module starts.
    pub fn is_running(&self) -> bool {
        matches!(self.owner, Owner::Run(_) | Owner::Input(_))
    }

    /// The port is in raw mode, and stays in it over a soft reset.
    pub fn is_raw(&self) -> bool {
        self.is_raw
    }

    /// The byte that interrupts what runs; none: `micropython.kbd_intr(-1)`. Each run begins with Ctrl-C.
    pub fn set_interrupt(&mut self, byte: Option<u8>) {
        self.interrupt = byte;
    }

    /// Ends an answer: takes what waits, and says if some of that is left over.
    fn go_on(&mut self, mut turn: Turn) -> Vec<Action> {
        self.consume(&mut turn);
        if self.consumes() && !self.waiting.is_empty() {
            turn.act(Action::Again);
        }
        turn.actions()
    }

    fn consume(&mut self, turn: &mut Turn) {
        while self.consumes() && turn.wire.len() < OUTPUT_LIMIT {
            let Some(byte) = self.waiting.pop() else { break };
            self.byte(byte, turn);
        }
    }

    fn consumes(&self) -> bool {
        matches!(self.owner, Owner::Repl | Owner::Input(_))
    }

    fn byte(&mut self, byte: u8, turn: &mut Turn) {
        if self.is_interrupt(byte) {
            return self.break_in(turn);
        }
        if let Owner::Input(occupied) = self.owner {
            return self.input_byte(byte, occupied, turn);
        }
        let step =
            if self.is_raw { self.raw.byte(byte, &mut turn.wire) } else { self.friendly.byte(byte, &mut turn.wire) };
        match step {
            Step::Going => {}
            Step::Run(source, mode) => {
                turn.act(Action::Run { source, mode });
                self.occupy(Occupied::Source(mode), turn);
            }
            Step::Complete(text) => {
                self.owner = Owner::Completing;
                turn.act(Action::Complete { text });
            }
            Step::SoftReset => self.soft_reset(turn),
            Step::Raw => {
                self.is_raw = true;
                self.raw.greet(&mut turn.wire);
            }
            Step::Greeting => {
                self.is_raw = false;
                self.greet(turn);
            }
        }
    }

    fn input_byte(&mut self, byte: u8, occupied: Occupied, turn: &mut Turn) {
        let editor = &mut self.friendly.editor;
        let line = match editor.byte(byte, &mut turn.wire) {
            Edit::Going | Edit::Complete(_) => return,
            Edit::Control(CTRL_C) => return self.break_in(turn),
            Edit::Control(END) => Line::End,
            Edit::Control(_) | Edit::Ended => match editor.take_statement() {
                Ok(line) => Line::Text(String::from_utf8_lossy(&line).into_owned()),
                Err(_) => Line::TooLong,
            },
        };
        self.owner = Owner::Run(occupied);
        turn.act(Action::Line(line));
    }

    fn soft_reset(&mut self, turn: &mut Turn) {
        turn.wire.extend_from_slice(self.banner.soft_reset.as_bytes());
        turn.act(Action::SoftReset);
        self.occupy(Occupied::Starting, turn);
    }

    fn greet(&mut self, turn: &mut Turn) {
        turn.wire.extend_from_slice(self.banner.greeting.as_bytes());
        self.friendly.prompt(&mut turn.wire);
    }

    fn prompt(&mut self, turn: &mut Turn) {
        self.owner = Owner::Repl;
        if self.is_raw {
            self.raw.prompt(&mut turn.wire);
        } else {
            self.friendly.prompt(&mut turn.wire);
        }
    }

    /// From now on bytes are for what runs, and those that wait as well: among them may be an interrupt.
    fn occupy(&mut self, occupied: Occupied, turn: &mut Turn) {
        self.owner = Owner::Run(occupied);
        self.interrupt = Some(CTRL_C);
        if self.waiting.remove(CTRL_C) {
            self.break_in(turn);
        }
    }

    fn is_interrupt(&self, byte: u8) -> bool {
        self.is_running() && self.interrupt == Some(byte)
    }

    fn break_in(&mut self, turn: &mut Turn) {
        self.cancel_input();
        turn.interrupt();
    }
}
