//! The text under edit: a statement of several lines, of which the last one can be edited, and the cursor in it.
//! Positions are bytes; the cursor stands between whole characters, and what a terminal shows is counted in columns.

#[derive(Default)]
pub(crate) struct InputLine {
    text: Vec<u8>,
    /// Where the line under edit begins.
    start: usize,
    cursor: usize,
}

impl InputLine {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// All lines so far are done; a new one begins.
    pub fn end_line(&mut self) {
        self.text.push(b'\n');
        self.start = self.text.len();
        self.cursor = self.start;
    }

    pub fn statement(&self) -> &[u8] {
        &self.text
    }

    pub fn take_statement(&mut self) -> Vec<u8> {
        std::mem::take(self).text
    }

    /// The line under edit.
    pub fn line(&self) -> &[u8] {
        &self.text[self.start..]
    }

    pub fn left(&self) -> &[u8] {
        &self.text[self.start..self.cursor]
    }

    pub fn right(&self) -> &[u8] {
        &self.text[self.cursor..]
    }

    /// The byte before the cursor, the end of the line before included.
    pub fn before(&self) -> Option<u8> {
        self.text[..self.cursor].last().copied()
    }

    pub fn move_cursor(&mut self, back: usize, forward: usize) {
        self.cursor = (self.cursor - back + forward).min(self.text.len());
    }

    /// Inserts at the cursor, which stays before it.
    pub fn insert(&mut self, bytes: &[u8]) {
        self.text.splice(self.cursor..self.cursor, bytes.iter().copied());
    }

    /// Cuts so many bytes before the cursor and behind it; the cursor moves to the cut.
    pub fn cut(&mut self, before: usize, behind: usize) {
        self.text.drain(self.cursor - before..self.cursor + behind);
        self.cursor -= before;
    }

    /// Another text for the line under edit; the cursor moves to its beginning.
    pub fn replace(&mut self, line: &[u8]) {
        self.text.truncate(self.start);
        self.text.extend_from_slice(line);
        self.cursor = self.start;
    }

    /// How many bytes the character before the cursor has; 0 at the beginning of the line.
    pub fn character_left(&self) -> usize {
        let left = self.left();
        left.iter().rposition(|&byte| !is_rest(byte)).map_or(left.len(), |first| left.len() - first)
    }

    /// How many bytes the character behind the cursor has; 0 at the end of the line.
    pub fn character_right(&self) -> usize {
        let right = self.right();
        let rest = right.iter().skip(1).take_while(|&&byte| is_rest(byte)).count();
        right.len().min(1 + rest)
    }

    pub fn word_left(&self) -> usize {
        word(self.left().iter().rev())
    }

    pub fn word_right(&self) -> usize {
        word(self.right().iter())
    }

    /// What Backspace takes away: an indent of four at once, when nothing but blanks stands left of the cursor.
    pub fn backspace(&self) -> usize {
        let left = self.left();
        if left.len() >= 4 && left.iter().all(|&byte| byte == b' ') { 4 } else { self.character_left() }
    }
}

/// Whatever stands before the next word, and that word.
fn word<'a>(bytes: impl Iterator<Item = &'a u8>) -> usize {
    let mut in_word = false;
    bytes
        .take_while(|byte| {
            let letter = byte.is_ascii_alphanumeric() || **byte >= 0x80;
            in_word |= letter;
            letter || !in_word
        })
        .count()
}

/// A byte of a UTF-8 character that is not its first.
fn is_rest(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// How many columns of a terminal this takes.
pub(crate) fn columns(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    String::from_utf8_lossy(text).chars().map(|char| if is_wide(char) { 2 } else { 1 }).sum()
}

/// The blocks of East Asian wide characters and of emoji (Unicode, EastAsianWidth.txt), roughly.
fn is_wide(char: char) -> bool {
    matches!(u32::from(char),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60
        | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, cursor: usize) -> InputLine {
        InputLine { text: text.into(), start: 0, cursor }
    }

    #[test]
    fn characters_are_whole() {
        assert_eq!(line("aü", 3).character_left(), 2);
        assert_eq!(line("你a", 0).character_right(), 3);
        assert_eq!(line("", 0).character_left() + line("", 0).character_right(), 0);
        assert_eq!((columns("你a".as_bytes()), columns("ü".as_bytes())), (3, 1));
    }

    #[test]
    fn words() {
        assert_eq!(line("ab  cd.", 7).word_left(), 3);
        assert_eq!(line("ab  cd.", 2).word_right(), 4);
        assert_eq!(line("..", 0).word_right(), 2);
    }

    #[test]
    fn backspace_takes_an_indent() {
        assert_eq!(line("     x", 5).backspace(), 4);
        assert_eq!(line("   x", 3).backspace(), 1);
        assert_eq!(line("    x", 5).backspace(), 1);
    }
}
