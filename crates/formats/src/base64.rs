//! Base 64 as MicroPython's `ubinascii` has it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// With padding, without a line end.
pub fn encode(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for group in data.chunks(3) {
        let bits = group.iter().chain([0, 0].iter()).take(3).fold(0usize, |bits, b| bits << 8 | usize::from(*b));
        let letters = [18, 12, 6, 0].map(|shift| ALPHABET[bits >> shift & 63]);
        let used = group.len() + 1;
        out.extend_from_slice(&letters[..used]);
        out.resize(out.len() + 4 - used, b'=');
    }
    out
}

fn value(letter: u8) -> Option<u32> {
    let index = ALPHABET.iter().position(|a| *a == letter)?;
    u32::try_from(index).ok()
}

/// What is not of the alphabet is skipped, and what follows the padding is not looked at. None: the padding is wrong.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count, mut padded) = (0u32, 0, false);
    for letter in text {
        if *letter == b'=' {
            if count == 2 || (count == 4 && padded) {
                count = 0;
                break;
            }
            padded = true;
        }
        let Some(sextet) = value(*letter) else { continue };
        padded = false;
        bits = bits << 6 | sextet;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count).to_le_bytes()[0]);
        }
    }
    (count == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for length in 0..20u8 {
            let data: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37) ^ 0xa5).collect();
            assert_eq!(decode(&encode(&data)), Some(data));
        }
        assert_eq!(encode(b"ab"), b"YWI=");
    }

    #[test]
    fn leniency() {
        for (text, data) in [
            ("YQ==", Some("a")),
            ("Y W-I\n=", Some("ab")),
            ("YQ==YQ==", Some("a")),
            ("YWJjZA==junk", Some("abcd")),
            ("", Some("")),
            ("=", Some("")),
            ("YQ", None),
            ("YQ=", None),
            ("YWI", None),
            ("Y", None),
            ("Y=Q=", None),
        ] {
            assert_eq!(decode(text.as_bytes()).as_deref(), data.map(str::as_bytes), "{text}");
        }
    }
}
