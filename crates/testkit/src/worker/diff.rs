//! `difflib.ndiff`, for explanations of compared texts: the same algorithm (Ratcliff and Obershelp's matching blocks,
//! then the best pairs of similar lines), the same output.

use std::collections::HashMap;
use std::hash::Hash;

/// `equal` blocks and what is between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Equal,
    Replace,
    Delete,
    Insert,
}

type Opcode = (Tag, usize, usize, usize, usize);

struct Matcher<'a, T> {
    a: &'a [T],
    b: &'a [T],
    places: HashMap<&'a T, Vec<usize>>,
    /// Elements of `b` that do not start a match.
    junk: fn(&T) -> bool,
}

impl<'a, T: Eq + Hash> Matcher<'a, T> {
    fn new(a: &'a [T], b: &'a [T], junk: fn(&T) -> bool) -> Self {
        let mut places: HashMap<&T, Vec<usize>> = HashMap::new();
        for (i, element) in b.iter().enumerate() {
            places.entry(element).or_default().push(i);
        }
        places.retain(|element, _| !junk(element));
        if b.len() >= 200 {
            let popular = b.len() / 100 + 1;
            places.retain(|_, at| at.len() <= popular);
        }
        Self { a, b, places, junk }
    }

    fn longest(&self, a_lo: usize, a_hi: usize, b_lo: usize, b_hi: usize) -> (usize, usize, usize) {
        let (mut best_i, mut best_j, mut size) = (a_lo, b_lo, 0);
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for i in a_lo..a_hi {
            let mut next = HashMap::new();
            for &j in self.places.get(&self.a[i]).map_or(&[][..], Vec::as_slice) {
                if j < b_lo {
                    continue;
                }
                if j >= b_hi {
                    break;
                }
                let k = j.checked_sub(1).and_then(|j| lengths.get(&j)).copied().unwrap_or(0) + 1;
                next.insert(j, k);
                if k > size {
                    (best_i, best_j, size) = (i + 1 - k, j + 1 - k, k);
                }
            }
            lengths = next;
        }
        for junk in [false, true] {
            let fits = |element: &T| (self.junk)(element) == junk;
            while best_i > a_lo
                && best_j > b_lo
                && fits(&self.b[best_j - 1])
                && self.a[best_i - 1] == self.b[best_j - 1]
            {
                (best_i, best_j, size) = (best_i - 1, best_j - 1, size + 1);
            }
            while best_i + size < a_hi
                && best_j + size < b_hi
                && fits(&self.b[best_j + size])
                && self.a[best_i + size] == self.b[best_j + size]
            {
                size += 1;
            }
        }
        (best_i, best_j, size)
    }

    fn blocks(&self) -> Vec<(usize, usize, usize)> {
        let mut queue = vec![(0, self.a.len(), 0, self.b.len())];
        let mut found = Vec::new();
        while let Some((a_lo, a_hi, b_lo, b_hi)) = queue.pop() {
            let (i, j, k) = self.longest(a_lo, a_hi, b_lo, b_hi);
            if k == 0 {
                continue;
            }
            found.push((i, j, k));
            if a_lo < i && b_lo < j {
                queue.push((a_lo, i, b_lo, j));
            }
            if i + k < a_hi && j + k < b_hi {
                queue.push((i + k, a_hi, j + k, b_hi));
            }
        }
        found.sort_unstable();
        let mut joined: Vec<(usize, usize, usize)> = Vec::new();
        for (i, j, k) in found {
            match joined.last_mut() {
                Some((i0, j0, k0)) if *i0 + *k0 == i && *j0 + *k0 == j => *k0 += k,
                _ => joined.push((i, j, k)),
            }
        }
        joined.push((self.a.len(), self.b.len(), 0));
        joined
    }

    fn opcodes(&self) -> Vec<Opcode> {
        let (mut i, mut j) = (0, 0);
        let mut codes = Vec::new();
        for (at_a, at_b, size) in self.blocks() {
            let tag = match (i < at_a, j < at_b) {
                (true, true) => Some(Tag::Replace),
                (true, false) => Some(Tag::Delete),
                (false, true) => Some(Tag::Insert),
                (false, false) => None,
            };
            codes.extend(tag.map(|tag| (tag, i, at_a, j, at_b)));
            (i, j) = (at_a + size, at_b + size);
            if size > 0 {
                codes.push((Tag::Equal, at_a, i, at_b, j));
            }
        }
        codes
    }

    fn ratio(&self) -> f64 {
        let matches: usize = self.blocks().iter().map(|b| b.2).sum();
        let length = self.a.len() + self.b.len();
        if length == 0 { 1.0 } else { 2.0 * to_f64(matches) / to_f64(length) }
    }
}

fn to_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The lines of the comparison; a line's own end stays on it, as far as it had one.
#[must_use]
pub fn ndiff(a: &[String], b: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for (tag, a_lo, a_hi, b_lo, b_hi) in Matcher::new(a, b, |_| false).opcodes() {
        match tag {
            Tag::Equal => dump(&mut out, ' ', &a[a_lo..a_hi]),
            Tag::Delete => dump(&mut out, '-', &a[a_lo..a_hi]),
            Tag::Insert => dump(&mut out, '+', &b[b_lo..b_hi]),
            Tag::Replace => similar(&mut out, &a[a_lo..a_hi], &b[b_lo..b_hi]),
        }
    }
    out
}

fn dump(out: &mut Vec<String>, mark: char, lines: &[String]) {
    out.extend(lines.iter().map(|line| format!("{mark} {line}")));
}

fn plain(out: &mut Vec<String>, a: &[String], b: &[String]) {
    if b.len() < a.len() {
        dump(out, '+', b);
        dump(out, '-', a);
    } else {
        dump(out, '-', a);
        dump(out, '+', b);
    }
}

fn is_blank(c: &char) -> bool {
    matches!(c, ' ' | '\t')
}

/// The first best pair of similar lines is shown with marks below; what is before and after it likewise.
fn similar(out: &mut Vec<String>, a: &[String], b: &[String]) {
    let chars = |lines: &[String]| lines.iter().map(|l| l.chars().collect::<Vec<_>>()).collect::<Vec<_>>();
    let (a_chars, b_chars) = (chars(a), chars(b));
    let mut best: Option<(f64, usize, usize)> = None;
    let mut equal: Option<(usize, usize)> = None;
    for (j, right) in b_chars.iter().enumerate() {
        for (i, left) in a_chars.iter().enumerate() {
            if left == right {
                equal = equal.or(Some((i, j)));
                continue;
            }
            let ratio = Matcher::new(left, right, is_blank).ratio();
            if ratio > best.map_or(0.74, |b| b.0) {
                best = Some((ratio, i, j));
            }
        }
    }
    let (i, j, marked) = match (best.filter(|b| b.0 >= 0.75), equal) {
        (Some((_, i, j)), _) => (i, j, true),
        (None, Some((i, j))) => (i, j, false),
        (None, None) => return plain(out, a, b),
    };
    between(out, &a[..i], &b[..j]);
    if marked {
        marks(out, &a_chars[i], &b_chars[j]);
    } else {
        out.push(format!("  {}", a[i]));
    }
    between(out, &a[i + 1..], &b[j + 1..]);
}

fn between(out: &mut Vec<String>, a: &[String], b: &[String]) {
    match (a.is_empty(), b.is_empty()) {
        (false, false) => similar(out, a, b),
        (false, true) => dump(out, '-', a),
        (true, false) => dump(out, '+', b),
        (true, true) => {}
    }
}

fn marks(out: &mut Vec<String>, a: &[char], b: &[char]) {
    let (mut of_a, mut of_b) = (String::new(), String::new());
    for (tag, a_lo, a_hi, b_lo, b_hi) in Matcher::new(a, b, is_blank).opcodes() {
        let (left, right) = match tag {
            Tag::Equal => (' ', ' '),
            Tag::Replace => ('^', '^'),
            Tag::Delete => ('-', '-'),
            Tag::Insert => ('+', '+'),
        };
        of_a.extend(std::iter::repeat_n(left, a_hi - a_lo));
        of_b.extend(std::iter::repeat_n(right, b_hi - b_lo));
    }
    for (mark, line, below) in [('-', a, of_a), ('+', b, of_b)] {
        out.push(format!("{mark} {}", line.iter().collect::<String>()));
        // A tab above stays one below, so that the marks stand under what they mark.
        let kept: String =
            below.chars().zip(line).map(|(m, c)| if m == ' ' && c.is_whitespace() { *c } else { m }).collect();
        let kept = kept.trim_end();
        if !kept.is_empty() {
            out.push(format!("? {kept}\n"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(all: &[&str]) -> Vec<String> {
        all.iter().map(|l| (*l).to_owned()).collect()
    }

    #[test]
    fn similar_lines_are_marked() {
        let diff = ndiff(&lines(&["one\n", "two\n", "three\n"]), &lines(&["ore\n", "tree\n", "emu\n"]));
        let expected =
            ["- one\n", "?  ^\n", "+ ore\n", "?  ^\n", "- two\n", "- three\n", "?  -\n", "+ tree\n", "+ emu\n"];
        assert_eq!(diff, expected);
    }

    #[test]
    fn different_lines_are_not() {
        assert_eq!(ndiff(&lines(&["abc"]), &lines(&["xyz"])), ["- abc", "+ xyz"]);
        assert_eq!(ndiff(&lines(&["a", "b"]), &lines(&["b"])), ["- a", "  b"]);
        assert_eq!(ndiff(&[], &[]), Vec::<String>::new());
    }
}
