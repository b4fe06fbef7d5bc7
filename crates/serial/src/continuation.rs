//! Whether a statement at the friendly prompt needs another line. MicroPython does not parse for that: it looks at the
//! first word, counts brackets and follows quotes, and so does this (py/repl.c).

/// A statement that begins with one of these goes on until an empty line.
const COMPOUND: [&[u8]; 8] = [b"if", b"while", b"for", b"try", b"with", b"def", b"class", b"async"];

/// Whether `statement`, all lines so far, needs another one.
#[must_use]
pub fn needs_more(statement: &[u8]) -> bool {
    let Some(&last) = statement.last() else { return false };
    let scan = Scan::of(statement);
    match scan.quote {
        Quote::Triple(_) => return true,
        Quote::None if scan.open_bracket() => return true,
        _ => {}
    }
    last == b'\\' || (is_compound(statement) && last != b'\n')
}

fn is_compound(statement: &[u8]) -> bool {
    let begins_with =
        |word: &[u8]| statement.strip_prefix(word).is_some_and(|rest| rest.first().is_none_or(|&next| !is_name(next)));
    statement[0] == b'@' || COMPOUND.into_iter().any(begins_with)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[derive(Clone, Copy, PartialEq)]
enum Quote {
    None,
    Single(u8),
    Triple(u8),
}

struct Scan {
    quote: Quote,
    /// How many of `()`, `[]` and `{}` are open.
    open: [isize; 3],
}

impl Scan {
    fn of(text: &[u8]) -> Self {
        let mut scan = Self { quote: Quote::None, open: [0; 3] };
        let mut rest = text;
        while let Some(&first) = rest.first() {
            let used = match first {
                b'\'' | b'"' => scan.quote_mark(first, rest),
                b'\\' if scan.quote != Quote::None && matches!(rest.get(1), Some(b'\'' | b'"' | b'\\')) => 2,
                _ => {
                    scan.bracket(first);
                    1
                }
            };
            rest = &rest[used..];
        }
        scan
    }

    /// Opens or closes a string; returns how many bytes that took.
    fn quote_mark(&mut self, mark: u8, rest: &[u8]) -> usize {
        let triple = rest.starts_with(&[mark; 3]);
        match self.quote {
            Quote::None if triple => self.quote = Quote::Triple(mark),
            Quote::None => self.quote = Quote::Single(mark),
            Quote::Triple(open) if open == mark && triple => self.quote = Quote::None,
            Quote::Single(open) if open == mark => {
                self.quote = Quote::None;
                return 1;
            }
            _ => return 1,
        }
        if triple { 3 } else { 1 }
    }

    fn bracket(&mut self, byte: u8) {
        if self.quote != Quote::None {
            return;
        }
        let (kind, step) = match byte {
            b'(' => (0, 1),
            b')' => (0, -1),
            b'[' => (1, 1),
            b']' => (1, -1),
            b'{' => (2, 1),
            b'}' => (2, -1),
            _ => return,
        };
        self.open[kind] += step;
    }

    fn open_bracket(&self) -> bool {
        self.open.iter().any(|&open| open > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::needs_more;

    #[test]
    fn goes_on() {
        for text in
            ["if a:", "@deco", "def f():\n  pass", "f(", "x = [1,\n", "'''a", "\"\"\"a'''", "a + \\", "async def f():"]
        {
            assert!(needs_more(text.as_bytes()), "{text:?}");
        }
        for text in ["class A: pass", "f('(', [", "{'a': ')'", "'''a\\'''", "for", "while(1): pass"] {
            assert!(needs_more(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn is_whole() {
        for text in
            ["", "a", "iffy = 1", "def_ = 1", "def f(): pass\n", "f()", "'(", "'''a'''", "f(')')", "''", "'\\''"]
        {
            assert!(!needs_more(text.as_bytes()), "{text:?}");
        }
        for text in ["\"'''\"", "match x:"] {
            assert!(!needs_more(text.as_bytes()), "{text:?}");
        }
    }
}
