//! Line editing: history, completion, continuation lines with their indent, paste mode.

use super::Screen;
use super::helper::{Answers, Backspace, INDENT, Keys, PasteKey};
use quecpy_runtime::interactive::Inbox;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, EventHandler, KeyCode, KeyEvent, Modifiers};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

const PROMPT: &str = ">>> ";
const MORE: &str = "... ";
const PASTE: &str = "=== ";
const PASTE_HELP: &str = "paste mode; Ctrl-C to cancel, Ctrl-D to finish\n";
/// In the person's home folder.
const HISTORY: &str = ".quecpy_history";

/// What was entered.
pub enum Entry {
    /// One statement, or whole lines of a script.
    Text(String),
    Nothing,
    /// Ctrl-D.
    End,
}

type LineEditor = rustyline::Editor<Answers, FileHistory>;

/// What a line is for.
#[derive(Clone, Copy, PartialEq)]
enum For {
    /// The first of a statement.
    First,
    /// A further one of it.
    More,
    /// Not to be run: paste mode, a script that reads.
    Text,
}

/// A prompt that tells when rustyline asks for its text: just after it has asked how wide the terminal is.
struct Measured {
    text: String,
    screen: Screen,
}

impl rustyline::Prompt for Measured {
    fn raw(&self) -> &str {
        self.screen.measured();
        &self.text
    }

    fn styled(&self) -> &str {
        &self.text
    }
}

/// The editor of one terminal.
pub struct Editor {
    editor: Option<LineEditor>,
    screen: Screen,
    keys: Arc<Keys>,
    history: Option<PathBuf>,
}

impl Editor {
    pub fn new(inbox: Inbox, screen: Screen) -> Self {
        let keys = Arc::new(Keys::default());
        // "Forced": ask what to draw, NO_COLOR or not.
        let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false).indent_size(4);
        let mut editor = LineEditor::with_config(config.color_mode(ColorMode::Forced).build()).ok();
        let history = std::env::home_dir().map(|home| home.join(HISTORY));
        if let Some(editor) = &mut editor {
            let (screen, own) = (screen.clone(), keys.clone());
            editor.set_helper(Some(Answers { inbox, screen, keys: own, prompt: Default::default() }));
            let paste = EventHandler::Conditional(Box::new(PasteKey(keys.clone())));
            editor.bind_sequence(KeyEvent::ctrl('E'), paste);
            for key in [KeyEvent(KeyCode::Backspace, Modifiers::NONE), KeyEvent::ctrl('H')] {
                editor.bind_sequence(key, EventHandler::Conditional(Box::new(Backspace)));
            }
            if let Some(history) = &history {
                // There is none the first time.
                let _ = editor.load_history(history);
            }
        }
        Self { editor, screen, keys, history }
    }

    fn read(&mut self, prompt: &str, initial: &str, what: For) -> Result<String, ReadlineError> {
        let Some(editor) = &mut self.editor else { return Err(ReadlineError::Eof) };
        self.keys.first.store(what == For::First, SeqCst);
        self.keys.statement.store(what != For::Text, SeqCst);
        // What a script left on the line stays on it.
        let left = self.screen.take_last_line();
        // A terminal that rustyline cannot draw on shows it still.
        let prompt = if is_plain() { prompt.to_owned() } else { left + prompt };
        if let Some(answers) = editor.helper() {
            answers.prompt(&prompt);
        }
        let prompt = Measured { text: prompt, screen: self.screen.clone() };
        let line = editor.readline_with_initial(&prompt, (initial, ""));
        self.screen.free();
        line
    }

    /// A line for a script that reads; `None` after Ctrl-C. Ctrl-D is the end of the input.
    pub fn line(&mut self) -> Option<String> {
        match self.read("", "", For::Text) {
            Ok(line) => Some(line + "\n"),
            Err(e) if is_end(&e) => Some(String::new()),
            Err(_) => None,
        }
    }

    /// A statement, over as many lines as it needs.
    pub fn statement(&mut self, needs_more: impl Fn(&str) -> bool) -> Entry {
        let mut text = String::new();
        loop {
            let indent = indent_after(&text);
            let (prompt, what) = if text.is_empty() { (PROMPT, For::First) } else { (MORE, For::More) };
            let line = match self.read(prompt, &indent, what) {
                Ok(line) => line,
                Err(e) if text.is_empty() && is_end(&e) => return Entry::End,
                Err(_) => return Entry::Nothing,
            };
            if self.keys.pasting.swap(false, SeqCst) {
                return self.paste();
            }
            // Lines that came from the clipboard in one piece.
            if text.is_empty() && line.trim_end().contains('\n') {
                self.remember(&line);
                return Entry::Text(line);
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
                return Entry::Text(text + "\n");
            }
        }
    }

    /// Paste mode: everything up to Ctrl-D, as it is.
    fn paste(&mut self) -> Entry {
        self.screen.say(PASTE_HELP);
        let mut text = String::new();
        loop {
            match self.read(PASTE, "", For::Text) {
                Ok(line) => text = text + &line + "\n",
                Err(ReadlineError::Eof) => return Entry::Text(text),
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

/// The terminals that rustyline only reads lines from.
fn is_plain() -> bool {
    std::env::var("TERM").is_ok_and(|term| ["dumb", "cons25", "emacs"].iter().any(|t| term.eq_ignore_ascii_case(t)))
}

/// Ctrl-D, or the terminal is gone; else it is Ctrl-C, or bytes that are no text.
fn is_end(e: &ReadlineError) -> bool {
    match e {
        ReadlineError::Interrupted => false,
        ReadlineError::Io(e) => e.kind() != ErrorKind::InvalidData,
        _ => true,
    }
}

/// The indent that MicroPython's prompt offers: that of the last line, one deeper after a colon.
fn indent_after(text: &str) -> String {
    let Some(last) = text.lines().last() else { return String::new() };
    let own: String = last.chars().take_while(|c| *c == ' ').collect();
    if last.trim_end().ends_with(':') { own + INDENT } else { own }
}
