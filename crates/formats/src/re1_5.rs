//! The syntax of MicroPython's regular expressions (re1.5), rewritten in that of the `regex` crate.
//!
//! Only what a pattern means is decided here: `{`, `}` and unknown escapes are plain characters, a class ends at its
//! first `]`, everything is bytes and ASCII. How it is matched is the crate's, which prefers alternatives in the same
//! order, from the left.

use std::fmt::Write;

/// Why a pattern is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Something to repeat, to end or to escape is missing, or a form is not known.
    Form,
    /// A `)` too many.
    Unbalanced,
}

/// Set before the whole: bytes, not characters, and a dot for each of them.
const FLAGS: &str = "(?s-u)";

/// Groups within groups; the crate has a limit of its own beyond this one.
const DEEPEST: usize = 100;

/// The pattern as the crate reads it.
///
/// # Errors
/// What re1.5 refuses.
pub fn translate(pattern: &[u8]) -> Result<String, Refused> {
    let mut rest = pattern.iter().copied().peekable();
    let mut out = String::from(FLAGS);
    let mut open = 0usize;
    // Whether the last thing written can be repeated.
    let mut repeatable = false;
    while let Some(byte) = rest.next() {
        match byte {
            b'\\' => escape(&mut out, rest.next().ok_or(Refused::Form)?),
            b'[' => class(&mut out, &mut rest)?,
            b'.' => out.push('.'),
            b'(' => {
                out.push('(');
                if rest.next_if_eq(&b'?').is_some() {
                    rest.next_if_eq(&b':').ok_or(Refused::Form)?;
                    out.push_str("?:");
                }
                open += 1;
                if open > DEEPEST {
                    return Err(Refused::Form);
                }
                repeatable = false;
                continue;
            }
            b')' => {
                open = open.checked_sub(1).ok_or(Refused::Unbalanced)?;
                out.push(')');
            }
            b'?' | b'*' | b'+' => {
                if !std::mem::take(&mut repeatable) {
                    return Err(Refused::Form);
                }
                out.push(char::from(byte));
                if rest.next_if_eq(&b'?').is_some() {
                    out.push('?');
                }
                continue;
            }
            b'|' | b'^' | b'$' => {
                out.push(char::from(byte));
                repeatable = false;
                continue;
            }
            _ => literal(&mut out, byte),
        }
        repeatable = true;
    }
    if open == 0 { Ok(out) } else { Err(Refused::Form) }
}

fn literal(out: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() {
        out.push(char::from(byte));
    } else {
        // Writing to a String cannot fail.
        let _ = write!(out, "\\x{byte:02x}");
    }
}

/// Whether a letter after a backslash names a class.
const fn names_class(byte: u8) -> bool {
    matches!(byte | 0x20, b'd' | b's' | b'w')
}

fn escape(out: &mut String, byte: u8) {
    if names_class(byte) {
        out.push('\\');
        out.push(char::from(byte));
    } else {
        literal(out, byte);
    }
}

/// What stands between brackets, the opening one being read. An empty class matches nothing, `[^]` any byte.
fn class(out: &mut String, rest: &mut std::iter::Peekable<impl Iterator<Item = u8> + Clone>) -> Result<(), Refused> {
    let negated = rest.next_if_eq(&b'^').is_some();
    let mut members = String::new();
    loop {
        let mut first = rest.next().ok_or(Refused::Form)?;
        if first == b']' {
            break;
        }
        if first == b'\\' {
            first = rest.next().ok_or(Refused::Form)?;
            if names_class(first) {
                escape(&mut members, first);
                continue;
            }
        }
        let mut ahead = rest.clone();
        let last = match (ahead.next(), ahead.next()) {
            // Without its end the class has none either.
            (Some(b'-'), None) => return Err(Refused::Form),
            (Some(b'-'), Some(last)) if last != b']' => {
                *rest = ahead;
                last
            }
            _ => first,
        };
        if first <= last {
            literal(&mut members, first);
            members.push('-');
            literal(&mut members, last);
        }
    }
    match (members.is_empty(), negated) {
        (true, true) => out.push_str(r"[\x00-\xff]"),
        (true, false) => out.push_str(r"[^\x00-\xff]"),
        (false, _) => {
            out.push_str(if negated { "[^" } else { "[" });
            out.push_str(&members);
            out.push(']');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::bytes::Regex;

    fn compiled(pattern: &[u8]) -> Regex {
        Regex::new(&translate(pattern).unwrap()).unwrap()
    }

    #[test]
    fn forms() {
        for (pattern, translated) in [
            ("a+?b*", "a+?b*"),
            ("(?:a|b)c", "(?:a|b)c"),
            (r"\d\S.", r"\d\S."),
            (r"a{2}", r"a\x7b2\x7d"),
            (r"\bx\.", r"bx\x2e"),
            ("[a-c]", "[a-c]"),
            ("[^x]", "[^x-x]"),
            (r"[\d-]", r"[\d\x2d-\x2d]"),
            (r"[a\]]", r"[a-a\x5d-\x5d]"),
            ("[z-a]", r"[^\x00-\xff]"),
            ("[]a]", r"[^\x00-\xff]a\x5d"),
        ] {
            assert_eq!(translate(pattern.as_bytes()).unwrap(), format!("{FLAGS}{translated}"), "{pattern}");
        }
    }

    #[test]
    fn refusals() {
        for pattern in ["*", "a**", "^*", "(a", "[a", "[a-", "[\\", "a\\", "(?P<n>a)", "(?=a)", "(*a)", "a|*", "a??+"] {
            assert_eq!(translate(pattern.as_bytes()), Err(Refused::Form), "{pattern}");
        }
        assert_eq!(translate(b"a)"), Err(Refused::Unbalanced));
    }

    #[test]
    fn every_byte_is_itself_when_escaped() {
        for byte in (0..=255).filter(|b| !names_class(*b)) {
            let re = compiled(&[b'^', b'\\', byte, b'$']);
            for other in 0..=255 {
                assert_eq!(re.is_match(&[other]), other == byte, "{byte} {other}");
            }
            if byte != b'^' && byte != b']' {
                let re = compiled(&[b'[', b'\\', byte, b']']);
                assert!(re.is_match(&[byte]) && !re.is_match(&[byte ^ 1]), "{byte}");
            }
        }
    }

    /// Whatever is not refused, the crate can read.
    #[test]
    fn all_short_patterns_are_refused_or_compile() {
        let alphabet = b"a\\d[]^-(?:)*+|${.";
        let mut patterns: Vec<Vec<u8>> = vec![vec![]];
        for _ in 0..4 {
            let longer =
                patterns.iter().flat_map(|p| alphabet.iter().map(|b| [p.as_slice(), &[*b]].concat())).collect();
            patterns = longer;
            for pattern in &patterns {
                if let Ok(text) = translate(pattern) {
                    assert!(regex_syntax_accepts(&text), "{:?} -> {text}", String::from_utf8_lossy(pattern));
                }
            }
        }
    }

    fn regex_syntax_accepts(text: &str) -> bool {
        regex::bytes::RegexBuilder::new(text).dfa_size_limit(0).build().is_ok()
    }
}
