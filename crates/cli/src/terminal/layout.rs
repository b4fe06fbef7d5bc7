//! Where text stands in a terminal: counted as rustyline counts, whose line is drawn anew here.

use rustyline::GraphemeClusterMode;
use unicode_segmentation::UnicodeSegmentation;

/// From the row and column where the text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    row: usize,
    column: usize,
}

/// A prompt and the line behind it, as last drawn.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    pub prompt: String,
    pub line: String,
    /// The cursor, a byte of `line`.
    pub cursor: usize,
}

impl Drawn {
    /// What draws `text`, whole lines, above the line.
    pub fn with_above(&self, text: &str, columns: usize) -> String {
        let start = Position { row: 0, column: 0 };
        let before = self.line.get(..self.cursor).unwrap_or(&self.line);
        let prompt = after(&self.prompt, start, columns);
        let cursor = wrapped(after(before, prompt, columns), columns);
        let end = wrapped(after(&self.line, prompt, columns), columns);
        let wrap = if end.column == 0 && end.row > 0 && !self.line.ends_with('\n') { "\n" } else { "" };
        let up = |rows: usize| if rows > 0 { format!("\x1b[{rows}A") } else { String::new() };
        let right = if cursor.column > 0 { format!("\x1b[{}C", cursor.column) } else { String::new() };
        format!(
            "{}\r\x1b[J{text}{}{}{wrap}{}\r{right}",
            up(cursor.row),
            self.prompt,
            self.line,
            up(end.row.saturating_sub(cursor.row))
        )
    }
}

fn after(text: &str, from: Position, columns: usize) -> Position {
    let mode = GraphemeClusterMode::from_env();
    let mut position = from;
    let mut rest = text;
    while let Some(cluster) = rest.graphemes(true).next() {
        let skipped = escape(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        rest = &rest[cluster.len()..];
        if cluster.ends_with('\n') {
            position = Position { row: position.row + 1, column: 0 };
            continue;
        }
        let width = if cluster == "\t" { 8 - position.column % 8 } else { usize::from(mode.width(cluster)) };
        position.column += width;
        if position.column > columns {
            position = Position { row: position.row + 1, column: width };
        }
    }
    position
}

/// A full row has its cursor on the next.
fn wrapped(position: Position, columns: usize) -> Position {
    if position.column == columns { Position { row: position.row + 1, column: 0 } } else { position }
}

/// The length of the escape sequence that `text` begins with.
fn escape(text: &str) -> usize {
    let Some(sequence) = text.strip_prefix("\x1b[") else { return 0 };
    sequence.find(|c: char| ('@'..='~').contains(&c)).map_or(text.len(), |end| end + 3)
}

/// The part of a line without its end that stands on the last row, to be part of a prompt.
pub fn last_row(line: &str, columns: usize) -> &str {
    let line = line.rsplit(['\n', '\r']).next().unwrap_or_default();
    let start = Position { row: 0, column: 0 };
    let rows = after(line, start, columns).row;
    if rows == 0 {
        return line;
    }
    let begins = line.char_indices().map(|(at, _)| at).find(|at| after(&line[..*at], start, columns).row == rows);
    begins.map_or("", |at| {
        // The character that made the new row stands on it.
        let before = line[..at].char_indices().next_back().map_or(0, |(i, _)| i);
        &line[before..]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_character_does_not_stand_on_two_rows() {
        let start = Position { row: 0, column: 0 };
        assert_eq!(after("abc", start, 4), Position { row: 0, column: 3 });
        assert_eq!(after("abc你", start, 4), Position { row: 1, column: 2 });
        assert_eq!(after("\x1b[31mab\x1b[0m", start, 4), Position { row: 0, column: 2 });
        assert_eq!(wrapped(after("abcd", start, 4), 4), Position { row: 1, column: 0 });
    }

    #[test]
    fn text_goes_above_a_line_of_two_rows() {
        let drawn = Drawn { prompt: ">>> ".into(), line: "1234567890".into(), cursor: 2 };
        assert_eq!(drawn.with_above("tick\n", 10), "\r\x1b[Jtick\n>>> 1234567890\x1b[1A\r\x1b[6C");
        let at_end = Drawn { cursor: 10, ..drawn };
        assert_eq!(at_end.with_above("tick\n", 10), "\x1b[1A\r\x1b[Jtick\n>>> 1234567890\r\x1b[4C");
    }

    #[test]
    fn what_stands_on_the_last_row() {
        assert_eq!(last_row("abc", 4), "abc");
        assert_eq!(last_row("10%\r20%", 4), "20%");
        assert_eq!(last_row("abcdef", 4), "ef");
        assert_eq!(last_row("abc你x", 4), "你x");
        assert_eq!(last_row("", 4), "");
    }
}
