//! Patterns of `ure`: each is refused or compiles; matching ends in time; a pattern of plain characters finds what a search
//! for them finds.

use crate::target::Target;
use quecpy_formats::re1_5::translate;
use regex::bytes::Regex;

pub const TARGET: Target = Target { name: "re1_5", run, seeds, words: WORDS, inputs: 8000 };

pub const WORDS: &[&[u8]] = &[
    b"(", b")", b"(?:", b"*", b"+", b"?", b"*?", b"|", b"^", b"$", b".", b"[", b"]", b"[^", b"-", b"\\d", b"\\W",
    b"\\s", b"\\", b"{", b"}", b"a", b"b", b"\xff", b"\n", b"\x00", b"\\1", b"(a*)*",
];

pub fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"(a+)(b)?\xfeaab",
        b"[a-z]+?[^0-9]\xfeabc1",
        b"^\\s*(\\w+)|x$\xfe  foo",
        b"(a*)*b\xfeaaaaaaaaaaaaaaaaaaaaaaaa",
        b"(?:a|b)*c\xfeababc",
        b"\\[\\]{2}\xfe[]{2}",
    ])
}

fn run(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0xfe);
    let (pattern, text) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let plain = pattern.iter().all(|byte| !b"()[]*+?|^$.\\".contains(byte));
    let Ok(translated) = translate(pattern) else {
        assert!(!plain);
        return;
    };
    let Ok(regex) = Regex::new(&translated) else {
        // Only what is too large for the crate.
        assert!(!plain && pattern.len() > 8, "{translated}");
        return;
    };
    let found = regex.captures(text).and_then(|c| c.get(0)).map(|m| m.start());
    if plain {
        let expected =
            if pattern.is_empty() { Some(0) } else { text.windows(pattern.len()).position(|w| w == pattern) };
        assert_eq!(found, expected);
    }
    for group in
        regex.captures_iter(text).take(100).flat_map(|c| c.iter().flatten().map(|m| m.range()).collect::<Vec<_>>())
    {
        assert!(group.end <= text.len());
    }
}
