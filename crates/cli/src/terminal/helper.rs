//! What rustyline asks while a line is edited: completions, what a key does, and what it is about to draw.

use super::Screen;
use parking_lot::Mutex;
use quecpy_runtime::interactive::{Inbox, Next};
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Cmd, ConditionalEventHandler, Context, Event, EventContext, Helper, Movement, RepeatCount};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::channel;

/// One level of indentation, as MicroPython's prompt adds it.
pub const INDENT: &str = "    ";

/// What the keys that are special at the prompt look at and leave behind.
#[derive(Default)]
pub struct Keys {
    /// The line is a statement's first: Ctrl-E begins paste mode.
    pub first: AtomicBool,
    /// Ctrl-E was pressed there.
    pub pasting: AtomicBool,
    /// The line is part of a statement, not for a script that reads: names are completed.
    pub statement: AtomicBool,
}

/// Ctrl-E on the empty first line ends it, and is remembered.
pub struct PasteKey(pub Arc<Keys>);

impl ConditionalEventHandler for PasteKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        if !context.line().is_empty() || !self.0.first.load(SeqCst) {
            return None;
        }
        self.0.pasting.store(true, SeqCst);
        Some(Cmd::AcceptLine)
    }
}

/// Backspace in the blanks that a line begins with takes a whole indent, as in MicroPython.
pub struct Backspace;

impl ConditionalEventHandler for Backspace {
    fn handle(&self, _: &Event, n: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let before = context.line().get(..context.pos())?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        let is_indent = n == 1 && line.len() >= INDENT.len() && line.bytes().all(|b| b == b' ');
        is_indent.then_some(Cmd::Dedent(Movement::WholeLine))
    }
}

/// Answers for one editor.
pub struct Answers {
    pub inbox: Inbox,
    pub screen: Screen,
    pub keys: Arc<Keys>,
    /// The prompt of the line that is being edited.
    pub prompt: Mutex<String>,
}

impl Answers {
    pub fn prompt(&self, prompt: &str) {
        prompt.clone_into(&mut self.prompt.lock());
    }
}

impl Completer for Answers {
    type Candidate = Pair;

    /// By the session's own names.
    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        if !self.keys.statement.load(SeqCst) {
            return Ok((position, vec![Pair { display: "\t".into(), replacement: "\t".into() }]));
        }
        let before = line[..position].rsplit('\n').next().unwrap_or_default().to_owned();
        if before.trim().is_empty() {
            return Ok((position, vec![Pair { display: INDENT.into(), replacement: INDENT.into() }]));
        }
        let word = before.rsplit(|c: char| c != '_' && !c.is_alphanumeric()).next().unwrap_or_default();
        let start = position - word.len();
        let (sender, answer) = channel();
        self.inbox.post(Box::new(move |prompt| {
            let _ = sender.send(prompt.complete(&before));
            Next::Continue
        }));
        let names = answer.recv().unwrap_or_default();
        let pair = |name: String| Pair { display: name.clone(), replacement: name };
        Ok((start, names.into_iter().map(pair).collect()))
    }
}

impl Highlighter for Answers {
    /// Nothing is coloured; what is about to be drawn is noted, so that other output can go above it.
    fn highlight<'l>(&self, line: &'l str, cursor: usize) -> Cow<'l, str> {
        let prompt = self.prompt.lock().clone();
        self.screen.editing(prompt, line, cursor);
        Cow::Borrowed(line)
    }

    /// Each key draws the whole line, and so is noted.
    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

impl Helper for Answers {}
impl Hinter for Answers {
    type Hint = String;
}
impl Validator for Answers {}
