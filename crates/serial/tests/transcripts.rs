//! What a real MicroPython answered, byte by byte; transcripts/README.md tells the format.

#![expect(clippy::unwrap_used, reason = "a transcript in another form fails its test")]

mod common;

use std::fmt::Write as _;

use common::{Module, Run};
use quecpy_serial::{Banner, Completion, Mode, Settings};

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first != b'\\' {
            bytes.push(first);
            continue;
        }
        let used = match rest[0] {
            b'x' => {
                let digits = std::str::from_utf8(&rest[1..3]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                3
            }
            letter => {
                bytes.push(match letter {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    _ => letter,
                });
                1
            }
        };
        rest = &rest[used..];
    }
    bytes
}

fn escape(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'\\' => text.push_str("\\\\"),
            b' ' if at + 1 == bytes.len() => text.push_str("\\x20"),
            32..127 => text.push(char::from(byte)),
            _ => write!(text, "\\x{byte:02x}").unwrap(),
        }
    }
    text
}

fn mode(name: &str) -> Mode {
    match name {
        "friendly" => Mode::Friendly,
        "paste" => Mode::Paste,
        "raw" => Mode::Raw,
        "raw_paste" => Mode::RawPaste,
        _ => panic!("no such mode: {name}"),
    }
}

fn completion(text: &str) -> Completion {
    match text {
        "" => Completion::Nothing,
        _ if text.contains('|') => Completion::Choices(text.split('|').map(str::to_owned).collect()),
        _ => Completion::Insert(text.to_owned()),
    }
}

/// Sends what is to be sent and compares the answer: the lines of one `>`.
fn exchange(module: &mut Module, name: &str, lines: &[&str]) {
    let mut sent = Vec::new();
    let mut expected = String::new();
    for line in lines {
        let (kind, text) = line.split_at(1);
        let text = text.strip_prefix(' ').unwrap_or(text);
        let last = || panic!("{name}: {line:?} belongs to a run");
        match kind {
            ">" => sent = unescape(text),
            "<" => expected = text.to_owned(),
            "?" => module.completions.push_back(completion(text)),
            "$" => {
                let (name, source) = text.split_once(' ').unwrap_or((text, ""));
                module.runs.push_back(Run {
                    mode: mode(name),
                    source: unescape(source),
                    output: Vec::new(),
                    error: None,
                });
            }
            "=" => module.runs.back_mut().unwrap_or_else(last).output = unescape(text),
            "!" => module.runs.back_mut().unwrap_or_else(last).error = Some(String::from_utf8(unescape(text)).unwrap()),
            _ => panic!("{name}: {line:?}"),
        }
    }
    let actions = module.port.receive(&sent);
    module.act(actions);
    let received = escape(&std::mem::take(&mut module.wire));
    assert_eq!(received, expected, "{name}: {}", lines.join("\n"));
    assert!(module.runs.is_empty() && module.completions.is_empty(), "{name}: not asked for: {lines:?}");
}

fn settings(text: &str) -> Settings {
    let greeting = text.lines().find_map(|line| line.strip_prefix("@ ")).expect("a transcript has a greeting");
    let greeting = String::from_utf8(unescape(greeting)).unwrap();
    Settings {
        banner: Banner { greeting, ..Banner::default() },
        word_keys: text.lines().any(|line| line == "# set: word_keys"),
        ..Settings::default()
    }
}

fn play(name: &str, text: &str) {
    let mut module = Module::new(settings(text));
    let actions = module.port.start();
    module.act(actions);
    module.wire.clear();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(['#', '@']) && !line.is_empty()).collect();
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(|line| line.starts_with('>')).map_or(rest.len(), |at| at + 1);
        exchange(&mut module, name, &rest[..end]);
        rest = &rest[end..];
    }
}

macro_rules! transcripts {
    ($($name:ident),+ $(,)?) => {
        $(#[test]
        fn $name() {
            let name = stringify!($name);
            play(name, include_str!(concat!("transcripts/", stringify!($name), ".txt")));
        })+

        #[test]
        fn every_transcript_is_played() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let count = files.filter(|path| path.extension().is_some_and(|ext| ext == "txt")).count();
            assert_eq!(count, [$(stringify!($name)),+].len());
        }
    };
}

transcripts!(friendly, indent, keys, paste, raw, raw_paste, tab);
