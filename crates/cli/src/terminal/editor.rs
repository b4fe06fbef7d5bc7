//! Line editing: history, completion, continuation lines with their indent, paste mode.

use super::Screen;
use quecpy_runtime::interactive::{Inbox, Next};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{
    Cmd, CompletionType, ConditionalEventHandler, Config, Context, Event, EventContext, EventHandler, Helper, KeyEvent,
    RepeatCount,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::channel;

const PROMPT: &str = ">>> ";
const MORE: &str = "... ";
const PASTE: &str = "=== ";
const PASTE_HELP: &str = "paste mode; Ctrl-C to cancel, Ctrl-D to finish";
/// One level of indentation, as MicroPython's prompt adds it.
const INDENT: &str = "    ";
/// In the person's home folder.
const HISTORY: &str = ".quecpy_history";

/// What was entered.
pub enum Entry {
    /// One statement.
    Statement(String),
    /// Whole lines of a script.
    Pasted(String),
    Nothing,
    /// Ctrl-D.
    End,
}

/// Ctrl-E on an empty line ends it, and is remembered.
struct PasteKey(Arc<AtomicBool>);

impl ConditionalEventHandler for PasteKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        if !context.line().is_empty() {
            return None;
        }
        self.0.store(true, SeqCst);
        Some(Cmd::AcceptLine)
    }
}

/// Completion by the session's own names.
struct Names(Inbox);

impl Completer for Names {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line[..position].to_owned();
        if before.trim().is_empty() {
            return Ok((position, vec![Pair { display: INDENT.into(), replacement: INDENT.into() }]));
        }
        let start = before
            .rfind(|c: char| c != '_' && !c.is_alphanumeric())
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        let (sender, answer) = channel();
        self.0.post(Box::new(move |prompt| {
            let _ = sender.send(prompt.complete(&before));
            Next::Continue
        }));
        let names = answer.recv().unwrap_or_default();
        let pair = |name: String| Pair { display: name.clone(), replacement: name };
        Ok((start, names.into_iter().map(pair).collect()))
    }
}

impl Helper for Names {}
impl Highlighter for Names {}
impl Hinter for Names {
    type Hint = String;
}
impl Validator for Names {}

type LineEditor = rustyline::Editor<Names, FileHistory>;

/// The editor of one terminal.
pub struct Editor {
    editor: Option<LineEditor>,
    screen: Screen,
    pasting: Arc<AtomicBool>,
    history: Option<PathBuf>,
}

impl Editor {
    pub fn new(inbox: Inbox, screen: Screen) -> Self {
        let pasting = Arc::new(AtomicBool::new(false));
        let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false).build();
        let mut editor = LineEditor::with_config(config).ok();
        let history = std::env::home_dir().map(|home| home.join(HISTORY));
        if let Some(editor) = &mut editor {
            editor.set_helper(Some(Names(inbox)));
            let key = EventHandler::Conditional(Box::new(PasteKey(pasting.clone())));
            editor.bind_sequence(KeyEvent::ctrl('E'), key);
            if let Some(history) = &history {
                // There is none the first time.
                let _ = editor.load_history(history);
            }
        }
        Self { editor, screen, pasting, history }
    }

    fn read(&mut self, prompt: &str, initial: &str) -> Result<String, ReadlineError> {
        let Some(editor) = &mut self.editor else { return Err(ReadlineError::Eof) };
        if let Ok(printer) = editor.create_external_printer() {
            self.screen.editing(printer);
        }
        let line = editor.readline_with_initial(prompt, (initial, ""));
        self.screen.free();
        line
    }

    /// A line for a script that reads; `None` after Ctrl-C. Ctrl-D is the end of the input.
    pub fn line(&mut self) -> Option<String> {
        let prompt = self.screen.take_last_line();
        match self.read(&prompt, "") {
            Ok(line) => Some(line + "\n"),
            Err(ReadlineError::Interrupted) => None,
            Err(_) => Some(String::new()),
        }
    }

    /// A statement, over as many lines as it needs.
    pub fn statement(&mut self, needs_more: impl Fn(&str) -> bool) -> Entry {
        let mut text = String::new();
        loop {
            let indent = indent_after(&text);
            let line = match self.read(if text.is_empty() { PROMPT } else { MORE }, &indent) {
                Ok(line) => line,
                Err(ReadlineError::Interrupted) => return Entry::Nothing,
                Err(_) if text.is_empty() => return Entry::End,
                Err(_) => return Entry::Nothing,
            };
            if self.pasting.swap(false, SeqCst) {
                return self.paste();
            }
            // Lines that came from the clipboard in one piece.
            if text.is_empty() && line.trim_end().contains('\n') {
                self.remember(&line);
                return Entry::Pasted(line);
            }
            if text.is_empty() && line.trim().is_empty() {
                return Entry::Nothing;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            // An indent that was offered and not used ends the block.
            text.push_str(if line.trim().is_empty() { "" } else { &line });
            if !needs_more(&text) {
                self.remember(&text);
                return Entry::Statement(text + "\n");
            }
        }
    }

    /// Paste mode: everything up to Ctrl-D, as it is.
    fn paste(&mut self) -> Entry {
        println!("{PASTE_HELP}");
        let mut text = String::new();
        loop {
            match self.read(PASTE, "") {
                Ok(line) => text = text + &line + "\n",
                Err(ReadlineError::Eof) => return Entry::Pasted(text),
                Err(_) => return Entry::Nothing,
            }
        }
    }

    fn remember(&mut self, text: &str) {
        let Some(editor) = &mut self.editor else { return };
        // A history that cannot be written is no reason to stop.
        if editor.add_history_entry(text.trim_end()).unwrap_or(false)
            && let Some(history) = &self.history
        {
            let _ = editor.append_history(history);
        }
    }
}

/// The indent that MicroPython's prompt offers: that of the last line, one deeper after a colon.
fn indent_after(text: &str) -> String {
    let Some(last) = text.lines().last() else { return String::new() };
    let own: String = last.chars().take_while(|c| *c == ' ').collect();
    if last.trim_end().ends_with(':') { own + INDENT } else { own }
}
