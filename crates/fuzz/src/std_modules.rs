//! `ujson`, `ure`, `ustruct` and `uzlib` as a script calls them. What has to hold is written in Python, beside this file.

use crate::script::{Answer, Check};
use crate::target::Target;
use serde_json::Value;

pub const UJSON: Target = Target { name: "ujson", run: ujson, seeds: json_seeds, words: JSON_WORDS, inputs: 6000 };
pub const URE: Target =
    Target { name: "ure", run: ure, seeds: crate::re1_5::seeds, words: crate::re1_5::WORDS, inputs: 4000 };
pub const USTRUCT: Target =
    Target { name: "ustruct", run: ustruct, seeds: struct_seeds, words: STRUCT_WORDS, inputs: 6000 };
pub const UZLIB: Target = Target { name: "uzlib", run: uzlib, seeds: zlib_seeds, words: ZLIB_WORDS, inputs: 3000 };

const JSON_WORDS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\u00e4",
    b"\\ud83d\\ude00",
    b"\\ud800",
    b"\\\"",
    b"null",
    b"true",
    b"false",
    b"1e5",
    b"-0",
    b"0.1",
    b"1e999",
    b"123456789012345678901234567890",
    b" ",
    b"\n",
    b"\"a\":",
    b"[[[[[[[[[[[[[[[[[[[[",
    b"\xff",
    b"+",
    b"-",
    b".",
    b"e",
];

fn json_seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        br#"{"a": [1, 2.5, -3e2, null, true, false], "b": {"c": "d\n\u4f60"}}"#,
        br#"[1.5, "x", {"": []}, [[[]]], -0.0]"#,
        br#""text""#,
        b"12",
    ])
}

const STRUCT_WORDS: &[&[u8]] =
    &[b"<", b">", b"@", b"!", b"=", b"3s", b"x", b"b", b"H", b"i", b"Q", b"f", b"d", b"P", b"99999999", b" ", b"\x04"];

fn struct_seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\x06>2H3sd12345678",
        b"\x05@bIqx\xff\xff\xff\xff",
        b"\x04<fxQ\x00\x00\xc0\x7f",
        b"\x02BBab",
    ])
}

const ZLIB_WORDS: &[&[u8]] = &[b"\x78\x9c", b"\x1f\x8b\x08\x00", b"\x00", b"\n", b"\x03\x00"];

fn zlib_seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\x00\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27",
        b"\xf8\x4b\x4c\x4a\xe6\x4a\x4a\x4e\x01\x00",
        b"\x1f\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00",
    ])
}

/// Calls the function of a file in this thread's session for it.
macro_rules! checked {
    ($file:literal, $data:expr) => {{
        thread_local! {
            static CHECK: Check = Check::new(include_str!($file));
        }
        CHECK.with(|check| check.call($data))
    }};
}

/// What strict JSON is, comes out of `loads` and `dumps` with the same meaning.
fn ujson(data: &[u8]) {
    let answer: Answer = checked!("std_modules/ujson.py", data);
    let Ok(expected) = serde_json::from_slice::<Value>(data) else { return };
    let text = answer.unwrap_or_else(|| panic!("{expected} is JSON"));
    let got: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert!(means(&expected, &got), "{expected} became {got}");
}

/// Numbers within the digits that a module prints.
fn means(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(0.0), b.as_f64().unwrap_or(1.0));
            (a - b).abs() <= a.abs() * 1e-6
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| means(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| means(a, b)))
        }
        _ => a == b,
    }
}

fn ure(data: &[u8]) {
    checked!("std_modules/ure.py", data);
}

fn ustruct(data: &[u8]) {
    checked!("std_modules/ustruct.py", data);
}

fn uzlib(data: &[u8]) {
    checked!("std_modules/uzlib.py", data);
}
