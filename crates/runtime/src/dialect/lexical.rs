//! What MicroPython's lexer makes of source that the parser reads otherwise (`py/lexer.c`, `py/parsenum.c`): a number takes all
//! letters, digits and dots behind it, an f-string's expressions are found by their brackets, `\N{}` is not there. No tree
//! is looked at here, only text.

/// What is said of a number that is none.
const INTEGER: &str = "invalid syntax for integer with base 10";
const INTEGERS: [(u8, &str); 3] = [
    (b'x', "invalid syntax for integer with base 16"),
    (b'o', "invalid syntax for integer with base 8"),
    (b'b', "invalid syntax for integer with base 2"),
];
const NUMBER: &str = "invalid syntax for number";

/// `1and 0`, `0x1.real`: what MicroPython says of a number that ends where something follows at once.
pub fn number_runs_on(number: &str, rest: &str) -> Option<&'static str> {
    let next = *rest.as_bytes().first()?;
    if !(next.is_ascii_alphanumeric() || next == b'_' || next == b'.' || next >= 0x80) {
        return None;
    }
    let token = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let has = |letters: [u8; 2]| number.bytes().chain(token.clone()).any(|b| letters.contains(&b));
    if has([b'.'; 2]) {
        return Some(NUMBER);
    }
    let lower = number.as_bytes().get(1).map(u8::to_ascii_lowercase);
    if let Some((_, text)) = INTEGERS.into_iter().find(|(letter, _)| Some(*letter) == lower) {
        return Some(text);
    }
    Some(if has([b'e', b'E']) { NUMBER } else { INTEGER })
}

/// Whether a literal that is not raw has a character by its name.
pub fn has_named_character(literal: &str) -> bool {
    let opening = literal.find(['\'', '"']).unwrap_or(0);
    if literal[..opening].contains(['r', 'R']) {
        return false;
    }
    let mut bytes = literal.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.next() == Some(b'N') {
            return true;
        }
    }
    false
}

/// Where an expression of an f-string ends, which begins a source. Brackets and braces are counted, also those in texts; it
/// ends at a colon, a closing brace or a conversion that is in none.
pub fn expression_end(source: &str) -> usize {
    let bytes = source.as_bytes();
    let mut level = 0isize;
    for (i, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b':' | b'}' => true,
            b'!' => matches!((bytes.get(i + 1), bytes.get(i + 2)), (Some(b'r' | b's'), Some(b':' | b'}'))),
            _ => false,
        };
        if level == 0 && ends {
            return i;
        }
        match byte {
            b'[' | b'{' => level += 1,
            b']' | b'}' => level -= 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Source in which numbers have no underscores that only MicroPython takes (`1__0`, `1_`), if there are any. What is taken
/// out is put behind the number as blanks: all else stays where it is.
pub fn plain_numbers(source: &str) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let mut changed = false;
    let mut rest = source;
    while !rest.is_empty() {
        let (token, is_number) = token(rest);
        let (text, behind) = rest.split_at(token);
        if is_number && (text.contains("__") || text.ends_with('_')) {
            let digits: String = text.chars().filter(|c| *c != '_').collect();
            out.push_str(&digits);
            out.extend(std::iter::repeat_n(' ', text.len() - digits.len()));
            changed = true;
        } else {
            out.push_str(text);
        }
        rest = behind;
    }
    changed.then_some(out)
}

/// The length of the first token of a source, and whether it is a number. Texts and comments are tokens; of the rest only names
/// and numbers are told from what is between them.
fn token(source: &str) -> (usize, bool) {
    let bytes = source.as_bytes();
    let while_ = |fits: fn(u8) -> bool| bytes.iter().position(|b| !fits(*b)).unwrap_or(bytes.len());
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    match bytes[0] {
        b'#' => (while_(|b| b != b'\n'), false),
        b'\'' | b'"' => (text_length(bytes), false),
        b'0'..=b'9' => (while_(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')), true),
        first if is_word(first) => (while_(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80), false),
        _ => (1, false),
    }
}

fn text_length(bytes: &[u8]) -> usize {
    let quote = bytes[0];
    let quotes = if bytes.starts_with(&[quote; 3]) { 3 } else { 1 };
    let mut i = quotes;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'\n' if quotes == 1 => return i,
            b if b == quote && bytes[i..].starts_with(&[quote; 3][..quotes]) => return i + quotes,
            _ => {}
        }
        i += 1;
    }
    // A backslash before a character of several bytes never ends within it: quotes and line ends are ASCII.
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_what_follows() {
        assert_eq!(number_runs_on("1", "and 0"), Some("invalid syntax for integer with base 10"));
        assert_eq!(number_runs_on("0x1", ".real"), Some("invalid syntax for number"));
        assert_eq!(number_runs_on("0x1", "g"), Some("invalid syntax for integer with base 16"));
        assert_eq!(number_runs_on("1.5", "if x"), Some("invalid syntax for number"));
        assert_eq!(number_runs_on("1", " and 0"), None);
        assert_eq!(number_runs_on("1", ")"), None);
    }

    #[test]
    fn characters_by_name() {
        assert!(has_named_character(r#""\N{DOT}""#));
        assert!(has_named_character(r"b'\\\N'"));
        assert!(!has_named_character(r"'\\N'"));
        assert!(!has_named_character(r"r'\N{DOT}'"));
    }

    #[test]
    fn expressions_of_f_strings() {
        for whole in ["x", "d['a:b']", "x != y", "[i for i in x]", "f(')')"] {
            assert_eq!(expression_end(&format!("{whole}}} text")), whole.len(), "{whole}");
        }
        for cut in ["'a { b'", "'a ] b'", "len(':')", "(x := 1)", "lambda: 1"] {
            assert_ne!(expression_end(&format!("{cut}}} text")), cut.len(), "{cut}");
        }
    }

    #[test]
    fn underscores_in_numbers() {
        assert_eq!(plain_numbers("x_1 = 1__1 # 1_\n'1_'"), Some("x_1 = 11   # 1_\n'1_'".to_owned()));
        assert_eq!(plain_numbers("1_"), Some("1 ".to_owned()));
        assert_eq!(plain_numbers("1_000 + a__1 + '''\n1_'''"), None);
        assert_eq!(plain_numbers("'é\\"), None);
    }
}
