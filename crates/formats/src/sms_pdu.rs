//! Short messages as they are on the air (3GPP TS 23.040): SMS-DELIVER for what arrives, SMS-SUBMIT for what is sent,
//! texts in the 7-bit alphabet of TS 23.038 or in UCS-2.

/// How a text is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// GSM's alphabet of 7 bits (3GPP TS 23.038).
    Gsm7,
    /// UTF-16, big-endian.
    Ucs2,
}

impl Coding {
    /// The data coding scheme's octet.
    const fn scheme(self) -> u8 {
        match self {
            Self::Gsm7 => 0,
            Self::Ucs2 => 8,
        }
    }
}

/// The basic table of TS 23.038; 0x1b leads to the other.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§\
                     ¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension.
const EXTENDED: [(u8, char); 10] = [
    (0x0a, '\u{c}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2f, '\\'),
    (0x3c, '['),
    (0x3d, '~'),
    (0x3e, ']'),
    (0x40, '|'),
    (0x65, '€'),
];
const ESCAPE: u8 = 0x1b;
/// Septets, and UTF-16 units, that one message holds.
const MOST_SEPTETS: usize = 160;
const MOST_UNITS: usize = 70;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who sent it, or whom it goes to; `+` before an international number.
    pub number: String,
    /// The message's text.
    pub text: String,
    /// How the text was coded.
    pub coding: Coding,
    /// When the service centre had it; a message that is sent has no time.
    pub time: Option<Time>,
}

/// Local time with its zone in quarters of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Year from 2000, month, day, hour, minute, second.
    pub fields: [u8; 6],
    /// The time zone of the service centre, in quarters of an hour.
    pub zone: i8,
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [y, mo, d, h, mi, s] = self.fields;
        write!(f, "20{y:02}-{mo:02}-{d:02} {h:02}:{mi:02}:{s:02}")
    }
}

/// The septets of a text; `None` if it has a character that the alphabet lacks.
#[must_use]
pub fn septets(text: &str) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for c in text.chars() {
        if let Some(at) = BASIC.chars().position(|b| b == c).filter(|at| *at != usize::from(ESCAPE)) {
            all.push(u8::try_from(at).ok()?);
        } else {
            let (code, _) = EXTENDED.iter().find(|(_, e)| *e == c)?;
            all.extend([ESCAPE, *code]);
        }
    }
    Some(all)
}

fn from_septets(all: &[u8]) -> String {
    let mut escaped = false;
    let mut text = String::new();
    for code in all {
        if !escaped && *code == ESCAPE {
            escaped = true;
            continue;
        }
        let extended = EXTENDED.iter().find(|(c, _)| escaped && c == code).map(|(_, c)| *c);
        // What the extension lacks is shown as the basic character of that code (TS 23.038, 6.2.1.1).
        text.extend(extended.or_else(|| BASIC.chars().nth(usize::from(*code))));
        escaped = false;
    }
    text
}

fn pack(septets: &[u8]) -> Vec<u8> {
    let mut out = vec![0; (septets.len() * 7).div_ceil(8)];
    for (i, septet) in septets.iter().enumerate() {
        let (byte, shift) = (i * 7 / 8, i * 7 % 8);
        let bits = u16::from(*septet) << shift;
        out[byte] |= bits.to_le_bytes()[0];
        if shift > 1 {
            out[byte + 1] |= bits.to_le_bytes()[1];
        }
    }
    out
}

fn unpack(bytes: &[u8], count: usize) -> Vec<u8> {
    let septet = |i: usize| {
        let (byte, shift) = (i * 7 / 8, i * 7 % 8);
        let bits = u16::from_le_bytes([*bytes.get(byte)?, bytes.get(byte + 1).copied().unwrap_or(0)]);
        Some((bits >> shift).to_le_bytes()[0] & 0x7f)
    };
    (0..count).map_while(septet).collect()
}

/// Digits in swapped half-octets, 0xf behind an odd number of them.
fn semi_octets(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().map(code_of_digit).collect();
    digits.chunks(2).map(|pair| pair[0] | (pair.get(1).unwrap_or(&0xf) << 4)).collect()
}

/// Digits and the other signs that a number may have (TS 23.040, 9.1.2.3).
const DIGITS: &[u8; 15] = b"0123456789*#abc";

fn code_of_digit(digit: u8) -> u8 {
    let at = DIGITS.iter().position(|d| *d == digit);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn from_semi_octets(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|b| [b & 0xf, b >> 4]);
    halves.filter_map(|h| DIGITS.get(usize::from(h))).map(|d| char::from(*d)).collect()
}

const INTERNATIONAL: u8 = 0x91;
const UNKNOWN: u8 = 0x81;

fn kind_and_digits(number: &str) -> (u8, Vec<u8>, usize) {
    let (kind, digits) = number.strip_prefix('+').map_or((UNKNOWN, number), |d| (INTERNATIONAL, d));
    let digits: String = digits.chars().filter(|c| c.is_ascii() && DIGITS.contains(&(*c as u8))).take(20).collect();
    (kind, semi_octets(&digits), digits.len())
}

fn number_of(kind: u8, bytes: &[u8], digits: usize) -> String {
    if kind & 0x70 == 0x50 {
        // A name instead of a number, in the 7-bit alphabet.
        return from_septets(&unpack(bytes, digits * 4 / 7));
    }
    let mut number = from_semi_octets(bytes);
    number.truncate(digits);
    if kind & 0x70 == 0x10 { format!("+{number}") } else { number }
}

/// The service centre, before the message itself: its length counts octets.
fn centre(number: &str) -> Vec<u8> {
    let (kind, digits, count) = kind_and_digits(number);
    match u8::try_from(digits.len() + 1) {
        Ok(length) if count > 0 => [&[length, kind][..], &digits].concat(),
        _ => vec![0],
    }
}

fn address(number: &str) -> Vec<u8> {
    let (kind, digits, count) = kind_and_digits(number);
    [&[u8::try_from(count).unwrap_or(0), kind][..], &digits].concat()
}

/// A text's length and octets; `None` if it is too long for one message or has no such characters.
fn user_data(text: &str, coding: Coding) -> Option<Vec<u8>> {
    let (length, octets) = match coding {
        Coding::Gsm7 => {
            let septets = septets(text)?;
            (septets.len(), pack(&septets))
        }
        Coding::Ucs2 => {
            let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            (octets.len(), octets)
        }
    };
    let most = if coding == Coding::Gsm7 { MOST_SEPTETS } else { 2 * MOST_UNITS };
    let length = u8::try_from(length).ok().filter(|n| usize::from(*n) <= most)?;
    Some([&[length][..], &octets].concat())
}

fn swapped(n: u8) -> u8 {
    ((n % 10) << 4) | (n / 10 % 10)
}

fn time_stamp(time: Time) -> Vec<u8> {
    let sign = if time.zone < 0 { 8 } else { 0 };
    let mut octets: Vec<u8> = time.fields.iter().map(|n| swapped(*n)).collect();
    octets.push(swapped(time.zone.unsigned_abs()) | sign);
    octets
}

fn time_of(octets: &[u8]) -> Option<Time> {
    // What is no digit counts as 0 (TS 23.040, 9.2.3.11).
    let digit = |half: u8| if half < 10 { half } else { 0 };
    let number = |b: &u8| digit(b & 0xf) * 10 + digit(b >> 4);
    let (zone, fields) = octets.split_last()?;
    let quarters = i8::try_from(number(&(zone & 0xf7))).ok()?;
    let fields: Vec<u8> = fields.iter().map(number).collect();
    Some(Time { fields: fields.try_into().ok()?, zone: if zone & 8 == 0 { quarters } else { -quarters } })
}

/// The message with its service centre before it; `None` if it does not fit. One with a time is an SMS-DELIVER, one
/// without an SMS-SUBMIT.
#[must_use]
pub fn encode(message: &Message, service_centre: &str) -> Option<Vec<u8>> {
    let mut out = centre(service_centre);
    match message.time {
        // No more messages to come.
        Some(_) => out.push(0x04),
        // With a relative validity period; the reference number is the network's business.
        None => out.extend([0x11, 0]),
    }
    out.extend(address(&message.number));
    out.extend([0, message.coding.scheme()]);
    match message.time {
        Some(time) => out.extend(time_stamp(time)),
        // Four days.
        None => out.push(0xaa),
    }
    out.extend(user_data(&message.text, message.coding)?);
    Some(out)
}

/// Octets without the service centre's: the length that `AT+CMGS` and `decodePdu` name.
#[must_use]
pub fn length(pdu: &[u8]) -> Option<usize> {
    pdu.len().checked_sub(1 + usize::from(*pdu.first()?))
}

/// Reads octets from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn octet(&mut self) -> Option<u8> {
        self.take(1).map(|o| o[0])
    }
}

/// Takes a PDU apart; `None` for what is none.
#[must_use]
pub fn decode(pdu: &[u8]) -> Option<Message> {
    let mut rest = Reader(pdu);
    let centre = rest.octet()?;
    rest.take(centre.into())?;
    let first = rest.octet()?;
    let submitted = match first & 3 {
        0 => false,
        1 => {
            rest.octet()?;
            true
        }
        _ => return None,
    };
    let digits = usize::from(rest.octet()?);
    let kind = rest.octet()?;
    let number = number_of(kind, rest.take(digits.div_ceil(2))?, digits);
    rest.octet()?;
    let scheme = rest.octet()?;
    let time = if submitted {
        let period = [0, 7, 1, 7][usize::from((first >> 3) & 3)];
        rest.take(period)?;
        None
    } else {
        Some(time_of(rest.take(7)?)?)
    };
    let count = usize::from(rest.octet()?);
    let header = if first & 0x40 == 0 { 0 } else { usize::from(*rest.0.first()?) + 1 };
    let coding = if scheme & 0x0c == 8 { Coding::Ucs2 } else { Coding::Gsm7 };
    let text = match coding {
        Coding::Ucs2 => {
            let octets = rest.take(count)?.get(header..)?;
            let units: Vec<u16> = octets.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        Coding::Gsm7 => {
            let septets = unpack(rest.take((count * 7).div_ceil(8))?, count);
            // The header ends on the border of a septet.
            from_septets(septets.get((header * 8).div_ceil(7)..)?)
        }
    };
    Some(Message { number, text, coding, time })
}

/// Octets as hexadecimal text, as modules write them.
#[must_use]
pub fn to_hex(octets: &[u8]) -> String {
    octets.iter().map(|o| format!("{o:02X}")).collect()
}

/// `None` if that is no hexadecimal text.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
#[path = "sms_pdu_tests.rs"]
mod tests;
