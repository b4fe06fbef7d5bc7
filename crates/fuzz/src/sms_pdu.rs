//! Short messages on the air: whatever is taken apart can be put together again and is then the same; whatever is sent arrives.

use crate::target::Target;
use quecpy_formats::sms_pdu::{Coding, Message, Time, decode, encode, from_hex, length, septets, to_hex};

pub const TARGET: Target = Target { name: "sms_pdu", run, seeds, words: WORDS, inputs: 20_000 };

const WORDS: &[&[u8]] = &[
    b"\x00",
    b"\x91",
    b"\x81",
    b"\xd0",
    b"\x04",
    b"\x11",
    b"\x44",
    b"\x40",
    b"\x08",
    b"\x18",
    b"\xa0",
    b"\x8c",
    b"\x1b",
    b"\x0b\x91\x68\x31",
];

fn seeds() -> Vec<Vec<u8>> {
    let time = Some(Time { fields: [21, 2, 28, 23, 59, 7], zone: -22 });
    let message =
        |text: &str, coding, time| Message { number: "+8613000000000".into(), text: text.into(), coding, time };
    let messages = [
        message("hello {€}", Coding::Gsm7, None),
        message("hello", Coding::Gsm7, time),
        message("你好😀", Coding::Ucs2, time),
        message("", Coding::Ucs2, None),
    ];
    messages.iter().filter_map(|m| encode(m, "+8613010331500")).collect()
}

fn run(bytes: &[u8]) {
    assert_eq!(from_hex(&to_hex(bytes)).as_deref(), Some(bytes));
    let _ = length(bytes);
    as_pdu(bytes);
    as_text(&String::from_utf8_lossy(bytes));
}

/// What was understood is said again in one way, and understood as the same.
fn as_pdu(bytes: &[u8]) {
    let Some(message) = decode(bytes) else { return };
    let Some(again) = encode(&message, "") else { return };
    let Some(understood) = decode(&again) else { panic!("{message:?} became {again:02x?}, which is no PDU") };
    assert_eq!((&understood.text, understood.coding), (&message.text, message.coding));
    assert_eq!(encode(&understood, "").as_ref(), Some(&again));
}

/// A text that fits arrives as it was sent.
fn as_text(text: &str) {
    for coding in [Coding::Gsm7, Coding::Ucs2] {
        let message = Message { number: "10086".into(), text: text.to_owned(), coding, time: None };
        let fits = match coding {
            Coding::Gsm7 => septets(text).is_some_and(|all| all.len() <= 160),
            Coding::Ucs2 => text.encode_utf16().count() <= 70,
        };
        let pdu = encode(&message, "+8613010331500");
        assert_eq!(pdu.is_some(), fits, "{text:?} as {coding:?}");
        let Some(pdu) = pdu else { continue };
        assert_eq!(decode(&pdu), Some(message));
    }
}
