//! The checksum of zlib and gzip.

/// CRC-32 of `data`, going on from that of what came before it (0 for nothing).
#[must_use]
pub fn crc32(before: u32, data: &[u8]) -> u32 {
    !data.iter().fold(!before, |crc, byte| crc >> 8 ^ TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)])
}

/// What each byte does (RFC 1952, 8; flate2's own does not go on from a number).
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xedb8_8320 };
            bit += 1;
        }
        table[byte as usize] = crc;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_from_what_came_before() {
        // The check value of CRC-32 (RFC 1952, 8).
        assert_eq!(crc32(0, b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(crc32(0, b"1234"), b"56789"), 0xcbf4_3926);
    }
}
