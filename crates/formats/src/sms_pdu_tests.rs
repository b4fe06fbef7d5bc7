//! Tests of PDUs: known ones, and that whatever is encoded comes back.

use super::*;

const CENTRE: &str = "+8613010331500";

fn message(number: &str, text: &str, coding: Coding) -> Message {
    let time = Some(Time { fields: [21, 2, 28, 23, 59, 7], zone: 32 });
    Message { number: number.into(), text: text.into(), coding, time }
}

/// Numbers without an order that a reader would see, the same in every run (a linear congruential generator with the
/// constants of Knuth's MMIX).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

#[test]
fn the_alphabet_is_complete() {
    assert_eq!(BASIC.chars().count(), 128);
    assert_eq!(septets("@Aa{"), Some(vec![0, 0x41, 0x61, 0x1b, 0x28]));
    assert_eq!(septets("你"), None);
}

#[test]
fn septets_are_packed_as_in_the_standards_example() {
    // The well-known "hellohello".
    assert_eq!(to_hex(&pack(&septets("hellohello").unwrap())), "E8329BFD4697D9EC37");
}

#[test]
fn a_delivered_message_is_read() {
    let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
    let read = decode(&from_hex(pdu).unwrap()).unwrap();
    assert_eq!((read.number.as_str(), read.text.as_str()), ("+31641600986", "How are you?"));
    assert_eq!(read.time.unwrap().to_string(), "2002-08-26 19:37:41");
    assert_eq!(length(&from_hex(pdu).unwrap()), Some(pdu.len() / 2 - 8));
}

#[test]
fn a_submitted_message_is_read() {
    let read = decode(&from_hex("0011000B916407281553F80000AA0AE8329BFD4697D9EC37").unwrap()).unwrap();
    assert_eq!((read.number.as_str(), read.text.as_str(), read.time), ("+46708251358", "hellohello", None));
}

#[test]
fn what_is_encoded_comes_back() {
    let mut draw = Draw(1);
    let alphabets: [(Coding, Vec<char>); 2] = [
        (Coding::Gsm7, BASIC.chars().filter(|c| *c != '\u{1b}').chain(EXTENDED.map(|(_, c)| c)).collect()),
        (Coding::Ucs2, "aZ9 \n中文字符äß€😀".chars().collect()),
    ];
    for round in 0..4000 {
        let (coding, letters) = &alphabets[round % 2];
        let text: String = (0..draw.below(90)).map(|_| letters[draw.below(letters.len())]).collect();
        let digits: String = (0..draw.below(20) + 1).map(|_| char::from(DIGITS[draw.below(10)])).collect();
        let number = if draw.below(2) == 0 { format!("+{digits}") } else { digits };
        let mut sent = message(&number, &text, *coding);
        sent.time = sent.time.filter(|_| draw.below(2) == 0).map(|t| Time { zone: -12 + draw.below(60) as i8, ..t });
        match encode(&sent, CENTRE) {
            Some(pdu) => assert_eq!(decode(&pdu).as_ref(), Some(&sent)),
            None => assert!(
                *coding == Coding::Ucs2 && text.encode_utf16().count() > MOST_UNITS
                    || septets(&text).is_none_or(|s| s.len() > MOST_SEPTETS)
            ),
        }
    }
}

#[test]
fn any_octets_are_survived() {
    let mut draw = Draw(2);
    let good = encode(&message("+123", "text", Coding::Gsm7), CENTRE).unwrap();
    for round in 0..20_000 {
        let octets: Vec<u8> = if round % 2 == 0 {
            (0..draw.below(60)).map(|_| draw.below(256) as u8).collect()
        } else {
            let mut octets = good.clone();
            let at = draw.below(octets.len());
            octets[at] = draw.below(256) as u8;
            octets.truncate(draw.below(octets.len()) + 1);
            octets
        };
        let _ = (decode(&octets), length(&octets));
    }
    for text in ["", "0", "zz", "é", "00é0"] {
        assert!(from_hex(text).is_none_or(|o| o.is_empty()));
    }
}

#[test]
fn what_does_not_fit_one_message_is_refused() {
    assert!(encode(&message("1", &"a".repeat(160), Coding::Gsm7), CENTRE).is_some());
    assert!(encode(&message("1", &"a".repeat(161), Coding::Gsm7), CENTRE).is_none());
    assert!(encode(&message("1", &"字".repeat(71), Coding::Ucs2), "").is_none());
    assert!(encode(&message("1", "字", Coding::Gsm7), CENTRE).is_none());
}
