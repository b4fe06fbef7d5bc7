//! Editing one line of a statement: which key does what (shared/readline/readline.c).

use crate::history::History;
use crate::input_line::InputLine;
use crate::keys::{Decoder, Key};
use crate::redraw::{Change, apply};
use crate::settings::{LINE_LIMIT, SOURCE_LIMIT, Settings};
use crate::{Completion, completion};

/// What a byte did to the line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// The line is under edit still.
    Going,
    /// The line has ended.
    Ended,
    /// Ctrl-A to Ctrl-E on an empty line, or Ctrl-C on any.
    Control(u8),
    /// Tab behind a word: `LineEditor::completed` goes on.
    Complete(String),
}

const INDENT: &[u8] = b"    ";

pub(crate) struct LineEditor {
    line: InputLine,
    decoder: Decoder,
    history: History,
    prompt: &'static str,
    /// The indent that a line begins with is worked out from the line before.
    indents: bool,
    /// Nothing was typed behind that indent so far.
    just_indented: bool,
    /// The line end seen last, if it is the byte before this one: of CR LF only one counts.
    last_end: Option<u8>,
    /// The beginning of a character of several bytes.
    character: Vec<u8>,
    too_long: bool,
    line_feed: bool,
    unicode: bool,
}

impl LineEditor {
    pub fn new(settings: &Settings) -> Self {
        Self {
            line: InputLine::default(),
            decoder: Decoder::new(settings.word_keys),
            history: History::new(settings.history),
            prompt: "",
            indents: true,
            just_indented: false,
            last_end: None,
            character: Vec::new(),
            too_long: false,
            line_feed: settings.line_feed,
            unicode: settings.unicode_lines,
        }
    }

    /// Forgets the statement and begins another one.
    pub fn begin(&mut self, prompt: &'static str, wire: &mut Vec<u8>) {
        self.line.clear();
        self.too_long = false;
        self.indents = true;
        self.show_prompt(prompt, wire);
    }

    /// The statement goes on with another line.
    pub fn go_on(&mut self, prompt: &'static str, wire: &mut Vec<u8>) {
        self.line.end_line();
        self.show_prompt(prompt, wire);
        if self.indents {
            for _ in 0..indent(self.line.statement()) {
                apply(&mut self.line, Change::Insert(INDENT), wire);
                self.just_indented = true;
            }
        }
    }

    fn show_prompt(&mut self, prompt: &'static str, wire: &mut Vec<u8>) {
        self.decoder.reset();
        self.history.rewind();
        self.character.clear();
        self.just_indented = false;
        self.prompt = prompt;
        wire.extend_from_slice(prompt.as_bytes());
    }

    pub fn statement(&self) -> &[u8] {
        self.line.statement()
    }

    /// The statement, or the limit that it went beyond.
    pub fn take_statement(&mut self) -> Result<Vec<u8>, usize> {
        let statement = self.line.take_statement();
        if self.too_long { Err(LINE_LIMIT) } else { Ok(statement) }
    }

    pub fn too_long(&self) -> bool {
        self.too_long
    }

    pub fn byte(&mut self, byte: u8, wire: &mut Vec<u8>) -> Edit {
        let Some(key) = self.decoder.key(byte) else {
            self.just_indented = false;
            return Edit::Going;
        };
        let edit = match key {
            Key::Byte(byte) => self.plain(byte, wire),
            _ => {
                self.motion(key, wire);
                Edit::Going
            }
        };
        self.just_indented = false;
        edit
    }

    fn plain(&mut self, byte: u8, wire: &mut Vec<u8>) -> Edit {
        let line_end = self.is_line_end(byte);
        match byte {
            1..=5 if self.line.line().is_empty() => return Edit::Control(byte),
            3 => return Edit::Control(byte),
            b'\r' | b'\n' if line_end => return self.end_line(wire),
            8 | 127 => self.change(Change::Cut(self.line.backspace(), 0), wire),
            b'\t' | b' ' if self.just_indented => self.adjust_indent(byte, wire),
            b'\t' => return self.tab(wire),
            32..=126 => {
                self.character.clear();
                self.insert(&[byte], wire);
            }
            128.. if self.unicode => self.character_byte(byte, wire),
            _ => {
                if let Some(key) = control_key(byte) {
                    self.motion(key, wire);
                } else {
                    self.cut_key(byte, wire);
                }
            }
        }
        Edit::Going
    }

    fn is_line_end(&mut self, byte: u8) -> bool {
        let ends = byte == b'\r' || (byte == b'\n' && self.line_feed);
        let counts = ends && self.last_end.is_none_or(|last| last == byte);
        self.last_end = counts.then_some(byte);
        counts
    }

    fn end_line(&mut self, wire: &mut Vec<u8>) -> Edit {
        wire.extend_from_slice(b"\r\n");
        self.history.push(self.line.line());
        Edit::Ended
    }

    fn motion(&mut self, key: Key, wire: &mut Vec<u8>) {
        let line = &self.line;
        let change = match key {
            Key::Left => Change::Back(line.character_left()),
            Key::Right => Change::Forward(line.character_right()),
            Key::Home => Change::Back(line.left().len()),
            Key::End => Change::Forward(line.right().len()),
            Key::Delete => match line.character_right() {
                0 => return,
                bytes => Change::Cut(0, bytes),
            },
            Key::WordLeft => Change::Back(line.word_left()),
            Key::WordRight => Change::Forward(line.word_right()),
            Key::CutWordLeft => Change::Cut(line.word_left(), 0),
            Key::CutWordRight => Change::Cut(0, line.word_right()),
            Key::Up | Key::Down => return self.browse(key, wire),
            Key::Byte(_) | Key::Unknown => return,
        };
        self.change(change, wire);
    }

    fn browse(&mut self, key: Key, wire: &mut Vec<u8>) {
        let line = if key == Key::Up { self.history.older() } else { self.history.newer() };
        if let Some(line) = line {
            apply(&mut self.line, Change::Replace(line), wire);
        }
    }

    fn cut_key(&mut self, byte: u8, wire: &mut Vec<u8>) {
        const CTRL_K: u8 = 11;
        const CTRL_U: u8 = 21;
        match byte {
            CTRL_K => self.change(Change::Cut(0, self.line.right().len()), wire),
            CTRL_U => self.change(Change::Cut(self.line.left().len(), 0), wire),
            _ => {}
        }
    }

    /// A blank typed behind the automatic indent leaves one blank of its last four; a tab leaves all. Either ends the
    /// automatic indent for this statement: a person or a program types his own.
    fn adjust_indent(&mut self, byte: u8, wire: &mut Vec<u8>) {
        self.indents = false;
        if byte == b' ' {
            self.change(Change::Back(3), wire);
            self.line.cut(0, 3);
        }
    }

    fn tab(&mut self, wire: &mut Vec<u8>) -> Edit {
        if self.line.before().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.insert(INDENT, wire);
            return Edit::Going;
        }
        Edit::Complete(String::from_utf8_lossy(self.line.left()).into_owned())
    }

    /// Goes on after `Edit::Complete`.
    pub fn completed(&mut self, completion: &Completion, wire: &mut Vec<u8>) {
        match completion {
            Completion::Nothing => {}
            Completion::Insert(text) => {
                let printable: String = text.chars().filter(|char| !char.is_control()).collect();
                self.insert(printable.as_bytes(), wire);
            }
            Completion::Choices(names) => {
                wire.extend(completion::columns(names));
                wire.extend_from_slice(self.prompt.as_bytes());
                wire.extend_from_slice(self.line.left());
                self.change(Change::Rest, wire);
            }
        }
    }

    /// A byte of a character beyond ASCII: shown when the character is whole, dropped when it cannot become one.
    fn character_byte(&mut self, byte: u8, wire: &mut Vec<u8>) {
        self.character.push(byte);
        let character = std::mem::take(&mut self.character);
        match std::str::from_utf8(&character) {
            Ok(_) => self.insert(&character, wire),
            Err(error) if error.error_len().is_none() => self.character = character,
            Err(_) => {}
        }
    }

    fn insert(&mut self, bytes: &[u8], wire: &mut Vec<u8>) {
        let full = self.line.line().len() + bytes.len() > LINE_LIMIT
            || self.line.statement().len() + bytes.len() > SOURCE_LIMIT;
        if full {
            self.too_long = true;
        } else {
            self.change(Change::Insert(bytes), wire);
        }
    }

    fn change(&mut self, change: Change, wire: &mut Vec<u8>) {
        apply(&mut self.line, change, wire);
    }
}

/// Control characters that stand for a key (MICROPY_REPL_EMACS_KEYS).
fn control_key(byte: u8) -> Option<Key> {
    Some(match byte {
        1 => Key::Home,
        2 => Key::Left,
        4 => Key::Delete,
        5 => Key::End,
        6 => Key::Right,
        14 => Key::Down,
        16 => Key::Up,
        _ => return None,
    })
}

/// How many indents the line behind this text begins with: as many as the line before, one more after a colon, none
/// after two lines of blanks.
fn indent(statement: &[u8]) -> usize {
    let mut lines = statement.split(|&byte| byte == b'\n').rev().skip(1);
    let Some(last) = lines.next() else { return 0 };
    let blanks = |line: &[u8]| line.iter().take_while(|&&byte| byte == b' ').count();
    let is_blank = |line: &[u8]| blanks(line) == line.len();
    if is_blank(last) && lines.next().is_some_and(is_blank) {
        return 0;
    }
    blanks(last) / 4 + usize::from(last.ends_with(b":"))
}

#[cfg(test)]
mod tests {
    use super::indent;

    #[test]
    fn indents_follow_the_line_before() {
        for (statement, expected) in
            [("a\n", 0), ("if a:\n", 1), ("if a:\n    if b:\n", 2), ("if a:\n    \n", 1), ("if a:\n    \n    \n", 0)]
        {
            assert_eq!(indent(statement.as_bytes()), expected, "{statement:?}");
        }
    }
}
