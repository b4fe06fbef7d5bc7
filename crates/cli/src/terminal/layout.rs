//! Where text stands in a terminal: counted as rustyline counts, whose line is drawn anew here.

use rustyline::GraphemeClusterMode;
use unicode_segmentation::UnicodeSegmentation;

/// From the row and column where the text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    row: usize,
    column: usize,
}

const START: Position = Position { row: 0, column: 0 };

/// A prompt and the line behind it, as last drawn.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    pub prompt: String,
    pub line: String,
    /// The cursor, a byte of `line`.
    pub cursor: usize,
    /// How wide rustyline believed the terminal to be, which hears of a change a moment later.
    pub believed: usize,
    /// How wide it was; none: the line was drawn here, and not by rustyline.
    pub columns: Option<usize>,
}

fn up(rows: usize) -> String {
    if rows > 0 { format!("\x1b[{rows}A") } else { String::new() }
}

impl Drawn {
    /// Where the cursor and the end of the line stand in a terminal of so many columns.
    fn places(&self, columns: usize) -> (Position, Position) {
        let before = self.line.get(..self.cursor).unwrap_or(&self.line);
        let prompt = after(&self.prompt, START, columns);
        (wrapped(after(before, prompt, columns), columns), wrapped(after(&self.line, prompt, columns), columns))
    }

    /// Whether the line ends with a full row: the row behind it then begins with a line feed of rustyline's own.
    fn has_own_end(&self, end: Position) -> bool {
        end.column == 0 && end.row > 0 && !self.line.ends_with('\n')
    }

    /// Whether it stands on one row in a terminal of so many columns.
    pub fn is_one_row(&self, columns: usize) -> bool {
        self.places(columns).1.row == 0
    }

    /// The row of the terminal, counted from the line's first, that the cursor is on now that there are so many columns.
    fn row(&self, columns: usize) -> usize {
        let (cursor, end) = self.places(self.believed);
        let prompt = after(&self.prompt, START, columns);
        // Behind a full row the cursor stays on it, unless there was a line feed.
        let last = after(&self.line, prompt, columns).row + usize::from(self.has_own_end(end));
        if self.columns == Some(columns) && self.believed != columns {
            // From the last row rustyline went up as many rows as it believed.
            return last.saturating_sub(end.row.saturating_sub(cursor.row));
        }
        // The terminal has broken the rows anew, and kept the cursor in its place.
        if self.cursor < self.line.len() { self.places(columns).0.row } else { last }
    }

    /// The terminal has another width than rustyline believed. What wipes out the line, and leaves the cursor where
    /// rustyline takes it to be, which then draws the line as if its rows were the old ones.
    pub fn wiped_out(&self, columns: usize) -> String {
        let (cursor, end) = self.places(self.believed);
        let down = "\n".repeat(end.row);
        format!("{}\r\x1b[J{down}{}", up(self.row(columns)), up(end.row.saturating_sub(cursor.row)))
    }

    /// What draws `text`, whole lines, above the line.
    pub fn with_above(&self, text: &str, columns: usize) -> String {
        let (cursor, end) = self.places(columns);
        let wrap = if self.has_own_end(end) { "\n" } else { "" };
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
    let rows = after(line, START, columns).row;
    if rows == 0 {
        return line;
    }
    let begins = line.char_indices().map(|(at, _)| at).find(|at| after(&line[..*at], START, columns).row == rows);
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
        assert_eq!(after("abc", START, 4), Position { row: 0, column: 3 });
        assert_eq!(after("abc你", START, 4), Position { row: 1, column: 2 });
        assert_eq!(after("\x1b[31mab\x1b[0m", START, 4), Position { row: 0, column: 2 });
        assert_eq!(wrapped(after("abcd", START, 4), 4), Position { row: 1, column: 0 });
    }

    #[test]
    fn text_goes_above_a_line_of_two_rows() {
        let drawn =
            Drawn { prompt: ">>> ".into(), line: "1234567890".into(), cursor: 2, believed: 10, columns: Some(10) };
        assert_eq!(drawn.with_above("tick\n", 10), "\r\x1b[Jtick\n>>> 1234567890\x1b[1A\r\x1b[6C");
        let at_end = Drawn { cursor: 10, ..drawn };
        assert_eq!(at_end.with_above("tick\n", 10), "\x1b[1A\r\x1b[Jtick\n>>> 1234567890\r\x1b[4C");
    }

    #[test]
    fn a_line_whose_rows_were_broken_anew_is_wiped_out_whole() {
        // 14 columns of text: two rows of 10, three of 6, one of 20.
        let at = |cursor| Drawn {
            prompt: ">>> ".into(),
            line: "1234567890".into(),
            cursor,
            believed: 10,
            columns: Some(10),
        };
        assert_eq!(at(10).wiped_out(6), "\x1b[2A\r\x1b[J\n");
        assert_eq!(at(10).wiped_out(20), "\r\x1b[J\n");
        assert_eq!(at(2).wiped_out(6), "\x1b[1A\r\x1b[J\n\x1b[1A");
        // A full row, behind which the cursor stands on a row of its own.
        let full = Drawn { prompt: ">>> ".into(), line: "123456".into(), cursor: 6, ..at(0) };
        assert_eq!(full.wiped_out(6), "\x1b[2A\r\x1b[J\n");
        assert_eq!(full.wiped_out(5), "\x1b[2A\r\x1b[J\n");
        // Full rows that the terminal made itself.
        assert_eq!(at(10).wiped_out(7), "\x1b[1A\r\x1b[J\n");
        assert_eq!(at(10).wiped_out(14), "\r\x1b[J\n");
        // Drawn when the terminal had 6 columns already: from its third row rustyline went up one.
        let late = Drawn { columns: Some(6), ..at(2) };
        assert_eq!(late.wiped_out(6), "\x1b[1A\r\x1b[J\n\x1b[1A");
        assert_eq!(Drawn { columns: Some(6), ..at(10) }.wiped_out(6), "\x1b[2A\r\x1b[J\n");
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
