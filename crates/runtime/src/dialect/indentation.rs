//! How lines begin and end, as MicroPython's lexer reads them (`py/lexer.c`): a tab in indentation reaches to the next
//! multiple of eight columns and may be mixed with blanks (a published Quectel listing needs it), and a line ends with
//! LF, CR or both, also within a string. The parser would refuse the one and keep the CR of the other.

use std::borrow::Cow;

/// Width of a tab (`TAB_SIZE` of MicroPython's lexer).
const TAB: usize = 8;

/// Source with plain line ends, and with blanks for the tabs of its indentation. Lines stay where they are.
#[must_use]
pub fn plain_lines(source: &str) -> Cow<'_, str> {
    if !source.contains('\r') {
        return expand_indentation(source);
    }
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(expand_indentation(&source).into_owned())
}

/// Replaces tabs in indentation by blanks. Strings, comments and everything after the first visible character of a
/// line stay untouched; so do lines within brackets or strings, whose indentation means nothing.
fn expand_indentation(source: &str) -> Cow<'_, str> {
    let has_tabs = source.contains('\t');
    if has_tabs { Cow::Owned(Expander::new(source).run()) } else { Cow::Borrowed(source) }
}

/// Walks source far enough to know which line starts are indentation.
struct Expander<'a> {
    source: &'a str,
    at: usize,
    brackets: usize,
    out: String,
}

impl<'a> Expander<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, at: 0, brackets: 0, out: String::with_capacity(source.len() + source.len() / 4) }
    }

    fn run(mut self) -> String {
        while self.at < self.source.len() {
            self.indentation();
            self.logical_line();
        }
        self.out
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// Copies source up to `end`.
    fn copy_to(&mut self, end: usize) {
        let end = end.min(self.source.len());
        self.out.push_str(&self.source[self.at..end]);
        self.at = end;
    }

    fn indentation(&mut self) {
        let mut column = 0;
        loop {
            match self.peek() {
                Some(b' ') => column += 1,
                Some(b'\t') => column = (column / TAB + 1) * TAB,
                // A form feed starts the count anew, as in Python.
                Some(b'\x0c') => column = 0,
                _ => break,
            }
            self.at += 1;
        }
        self.out.extend(std::iter::repeat_n(' ', column));
    }

    /// Copies up to and with the line end that closes a logical line.
    fn logical_line(&mut self) {
        while let Some(b) = self.peek() {
            match b {
                b'\n' => {
                    self.copy_to(self.at + 1);
                    if self.brackets == 0 {
                        return;
                    }
                }
                b'\\' => self.escaped(),
                b'#' => {
                    let rest = &self.source.as_bytes()[self.at..];
                    let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                    self.copy_to(self.at + length);
                }
                b'\'' | b'"' => self.string(b),
                b'(' | b'[' | b'{' => {
                    self.brackets += 1;
                    self.copy_to(self.at + 1);
                }
                b')' | b']' | b'}' => {
                    self.brackets = self.brackets.saturating_sub(1);
                    self.copy_to(self.at + 1);
                }
                _ => self.copy_to(self.at + char_length(b)),
            }
        }
    }

    /// A backslash and what it escapes; a line end of two characters counts as one.
    fn escaped(&mut self) {
        self.copy_to(self.at + 1);
        match self.peek() {
            Some(b'\r') if self.source.as_bytes().get(self.at + 1) == Some(&b'\n') => self.copy_to(self.at + 2),
            Some(b) => self.copy_to(self.at + char_length(b)),
            None => {}
        }
    }

    fn string(&mut self, quote: u8) {
        let triple = self.source.as_bytes()[self.at..].starts_with(&[quote; 3]);
        let quotes = if triple { 3 } else { 1 };
        self.copy_to(self.at + quotes);
        while let Some(b) = self.peek() {
            match b {
                b'\\' => self.escaped(),
                // An unclosed string is the parser's to report.
                b'\n' if !triple => return,
                b if b == quote && self.source.as_bytes()[self.at..].starts_with(&[quote; 3][..quotes]) => {
                    return self.copy_to(self.at + quotes);
                }
                b => self.copy_to(self.at + char_length(b)),
            }
        }
    }
}

/// Bytes of the UTF-8 character that starts with `first`.
fn char_length(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_to_the_next_multiple_of_eight() {
        let source = "if x:\n\ta\n        b\n    \tc\n";
        assert_eq!(expand_indentation(source), "if x:\n        a\n        b\n        c\n");
    }

    #[test]
    fn strings_comments_and_brackets_keep_their_tabs() {
        for kept in [
            "x = '\t'\n",
            "x = 1\t# a\tb\n",
            "x = '''\n\ty\n'''\n",
            "x = (\n\t1,\n\t2)\n",
            "x = \"\"\"a\n\t\"b\\\"\"\"\"\n",
            "x = 1 + \\\n\t2\n",
        ] {
            assert_eq!(expand_indentation(kept), kept);
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "def f():\n\tif 1:\n\t\treturn '''\n\t'''\n\r\n\t# 中文\t\n\tx = {\n\t}\n";
        let expanded = expand_indentation(source);
        assert_eq!(expanded.lines().count(), source.lines().count());
        assert!(expanded.contains("\n        # 中文\t\n"));
    }

    #[test]
    fn a_line_ends_with_lf_alone() {
        assert_eq!(plain_lines("a\r\nb\rc\n\r\r\n"), "a\nb\nc\n\n\n");
        assert_eq!(plain_lines("if x:\r\n\ty\r\n"), "if x:\n        y\n");
    }

    #[test]
    fn unclosed_things_end() {
        for bad in ["\t'", "\t'''", "\t(", "\t\\", "\t'\\", "\t\"a\n\tb"] {
            let _ = expand_indentation(bad);
        }
    }
}
