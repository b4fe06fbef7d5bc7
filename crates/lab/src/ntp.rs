//! The time server: SNTP version 4, RFC 4330. Datagrams in, datagrams out; the socket is elsewhere.

use std::time::{SystemTime, UNIX_EPOCH};

/// Header without authentication (section 4).
const LENGTH: usize = 48;
const CLIENT: u8 = 3;
const SERVER: u8 = 4;
/// Directly at a reference clock.
const STRATUM: u8 = 1;
/// The reference clock of a stratum 1 server: here the host's own, uncalibrated (section 4, reference identifier).
const REFERENCE: [u8; 4] = *b"LOCL";
/// log2 of the clock's precision in seconds: about a microsecond.
const PRECISION: i8 = -20;
/// From 1900, NTP's epoch, to 1970 (section 3).
const EPOCH: u64 = 2_208_988_800;

/// The reply to a client's request; `None` for anything else.
pub fn answer(now: SystemTime, request: &[u8]) -> Option<Vec<u8>> {
    let head = request.first_chunk::<LENGTH>()?;
    let (version, mode) = (head[0] >> 3 & 7, head[0] & 7);
    if mode != CLIENT {
        return None;
    }
    let now = timestamp(now);
    let mut reply = Vec::with_capacity(LENGTH);
    reply.extend([version << 3 | SERVER, STRATUM, head[2], PRECISION.to_be_bytes()[0]]);
    reply.extend([0; 8]); // root delay and root dispersion
    reply.extend(REFERENCE);
    reply.extend(now); // when the clock was last set
    reply.extend(&head[40..48]); // originate: the client's transmit timestamp
    reply.extend(now); // receive
    reply.extend(now); // transmit
    Some(reply)
}

/// Seconds since 1900 and a binary fraction. The seconds wrap in 2036; clients take the era nearest to them (section 3).
fn timestamp(time: SystemTime) -> [u8; 8] {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs().wrapping_add(EPOCH) & u64::from(u32::MAX);
    let fraction = (u64::from(since.subsec_nanos()) << 32) / 1_000_000_000;
    (seconds << 32 | fraction).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// 2024-02-29 12:00:00.5 UTC.
    fn leap_day() -> SystemTime {
        UNIX_EPOCH + Duration::new(1_709_208_000, 500_000_000)
    }

    #[test]
    fn fields_of_the_reply() {
        let mut request = [0; 48];
        request[0] = 0x1b; // as ntptime sends it: version 3, client
        request[2] = 6;
        request[40..].copy_from_slice(b"transmit");
        let reply = answer(leap_day(), &request).expect("a reply");
        assert_eq!(reply.len(), 48);
        assert_eq!(reply[..4], [0x1c, 1, 6, 0xec], "no leap warning, version 3, server; stratum 1; poll; precision");
        assert_eq!(&reply[12..16], b"LOCL");
        assert_eq!(&reply[24..32], b"transmit", "originate");
        let half = (3_918_196_800_u64 << 32 | 0x8000_0000).to_be_bytes();
        assert_eq!(reply[32..40], half, "receive");
        assert_eq!(reply[40..48], half, "transmit");
    }

    #[test]
    fn the_clients_version_comes_back() {
        for (first, expected) in [(0x0b, 0x0c), (0x13, 0x14), (0xe3, 0x24)] {
            let mut request = [0; 68]; // with an authenticator
            request[0] = first;
            assert_eq!(answer(leap_day(), &request).map(|r| (r.len(), r[0])), Some((48, expected)));
        }
    }

    #[test]
    fn what_is_no_request_is_ignored() {
        let mut request = [0; 48];
        request[0] = 0x1b;
        assert_eq!(answer(leap_day(), &request[..47]), None);
        assert_eq!(answer(leap_day(), &[]), None);
        for mode in [0, 1, 2, 4, 5, 6, 7] {
            request[0] = 0x18 | mode;
            assert_eq!(answer(leap_day(), &request), None, "mode {mode}");
        }
    }

    #[test]
    fn seconds_wrap_in_2036() {
        let era_1 = UNIX_EPOCH + Duration::from_secs((1 << 32) - EPOCH + 7);
        assert_eq!(timestamp(era_1), (7_u64 << 32).to_be_bytes());
    }
}
