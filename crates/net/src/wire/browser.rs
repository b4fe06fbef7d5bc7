//! Tells the bytes of web browsers from those of clients of a serial port. A page that a person looks at can have the
//! browser send to any TCP port of this computer, and a prompt would run what is in it. So whoever begins as HTTP, TLS or
//! TURN do is no client: those are what a page can cause (fetch, forms, WebSocket, https, RTCPeerConnection).

/// How a connection begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// These bytes are too few to tell.
    Open,
    Client,
    Http,
    Tls,
    Turn,
}

/// The methods that browsers know (Fetch standard, "method"), those that it forbids, and the preface of HTTP/2. Any other
/// needs the consent of the server, asked for by OPTIONS.
const METHODS: [&[u8]; 10] =
    [b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"CONNECT", b"PRI"];
/// A request's target: a path, `*`, or (to a proxy) a URL. CONNECT has a host.
const TARGETS: [&[u8]; 3] = [b"/", b"*", b"http"];

/// The record type of a handshake and the major version (RFC 8446, section 5.1).
const TLS: &[u8] = &[0x16, 0x03];
/// Bytes 4 to 7 of every STUN and TURN message (RFC 8489, section 5). Two before them are the type, whose first two bits
/// are zero, two the length.
const STUN_COOKIE: &[u8] = &[0x21, 0x12, 0xa4, 0x42];

/// What begins with these bytes, all that came so far.
pub fn beginning(bytes: &[u8]) -> Beginning {
    let kinds = [(http(bytes), Beginning::Http), (begins(bytes, TLS), Beginning::Tls), (turn(bytes), Beginning::Turn)];
    let known = kinds.iter().find(|(is, _)| *is == Some(true)).map(|(_, kind)| *kind);
    let open = kinds.iter().any(|(is, _)| is.is_none());
    known.unwrap_or(if open { Beginning::Open } else { Beginning::Client })
}

/// Whether the bytes begin so; `None` when there are too few of them.
fn begins(bytes: &[u8], with: &[u8]) -> Option<bool> {
    let both = bytes.len().min(with.len());
    if bytes[..both] != with[..both] {
        return Some(false);
    }
    (both == with.len()).then_some(true)
}

/// True if one is, false if none can be.
fn any(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_open = false;
    for one in all {
        match one {
            Some(true) => return Some(true),
            Some(false) => {}
            None => is_open = true,
        }
    }
    (!is_open).then_some(false)
}

fn http(bytes: &[u8]) -> Option<bool> {
    any(METHODS.iter().map(|method| {
        if begins(bytes, method)? && begins(&bytes[method.len()..], b" ")? {
            let target = &bytes[method.len() + 1..];
            return if *method == b"CONNECT" { Some(true) } else { any(TARGETS.iter().map(|t| begins(target, t))) };
        }
        Some(false)
    }))
}

fn turn(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [] => None,
        // No client of a serial port begins with NUL.
        [0, ..] => begins(bytes.get(4..).unwrap_or_default(), STUN_COOKIE),
        _ => Some(false),
    }
}

impl Beginning {
    /// What a browser is told; none for a client.
    pub fn refusal(self) -> Option<Vec<u8>> {
        const WHY: &str = "quecpy: this is the serial port of a module, which takes no requests of web browsers\n";
        match self {
            Self::Open | Self::Client => None,
            Self::Http => Some(
                format!(
                    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: \
                     close\r\nCache-Control: no-store\r\n\r\n{WHY}",
                    WHY.len()
                )
                .into_bytes(),
            ),
            // A fatal alert, handshake_failure (RFC 8446, section 6).
            Self::Tls => Some(vec![0x15, 3, 3, 0, 2, 2, 40]),
            Self::Turn => Some(WHY.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_send_is_known_as_soon_as_it_can_be() {
        for (text, kind) in [
            (&b"GET /"[..], Beginning::Http),
            (b"POST /x HTTP/1.1\r\n", Beginning::Http),
            (b"OPTIONS *", Beginning::Http),
            (b"GET http://x/ HTTP/1.1", Beginning::Http),
            (b"CONNECT host:1", Beginning::Http),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Beginning::Http),
            (b"\x16\x03\x01\x02", Beginning::Tls),
            (b"\0\x03\0\x08\x21\x12\xa4\x42", Beginning::Turn),
        ] {
            assert_eq!(beginning(text), kind, "{text:?}");
            assert!(kind.refusal().is_some());
        }
        for text in [&b""[..], b"G", b"GET", b"GET ", b"P", b"PO", b"OPTIONS ", b"GET ht", b"\x16", b"\0", b"\0\x03\0"]
        {
            assert_eq!(beginning(text), Beginning::Open, "{text:?}");
        }
    }

    #[test]
    fn clients_are_let_in_at_once() {
        for text in [
            &b"\r"[..],
            b"\r\x03",
            b"\x01",
            b"\x04",
            b"\xff\xfb\x2c",
            b"import",
            b"print('GET / HTTP/1.1')",
            b"GET = 5",
            b"GETTER",
            b"POST=1",
            b"Get /",
            b"PUTT ",
            b"\x16\r",
            b"\0\x01\0\x08abcd",
            b" GET /",
            b"\r\nPOST / HTTP/1.1",
        ] {
            assert_eq!(beginning(text), Beginning::Client, "{text:?}");
        }
    }
}
