//! Line ends as a terminal wants them.

/// Every `\n` becomes `\r\n`, whatever stands before it: what MicroPython does to all that a script prints.
pub fn cooked(bytes: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(bytes.len() + 16);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(text) => {
                wire.extend_from_slice(text);
                wire.extend_from_slice(b"\r\n");
            }
            None => wire.extend_from_slice(line),
        }
    }
    wire
}

/// The text of an error, cooked, on lines of its own.
pub(crate) fn cooked_error(text: &str) -> Vec<u8> {
    let mut wire = cooked(text.as_bytes());
    if !wire.is_empty() && !wire.ends_with(b"\n") {
        wire.extend_from_slice(b"\r\n");
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_feeds_get_a_carriage_return() {
        assert_eq!(cooked(b"a\nb\r\n\nc"), b"a\r\nb\r\r\n\r\nc");
        assert_eq!(cooked(b""), b"");
        assert_eq!(cooked_error("E: x"), b"E: x\r\n");
        assert_eq!(cooked_error(""), b"");
    }
}
