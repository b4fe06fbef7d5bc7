//! Content codings: which one a client wants (RFC 9110 12.5.3), and making it.

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;
use std::io::Write;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Gzip,
    /// The zlib format, RFC 1950: what `deflate` means in HTTP (RFC 9110 8.4.1.2).
    Deflate,
}

impl Coding {
    /// The coding the client likes best; between equals gzip, which most servers prefer. `None`: as it is.
    pub fn wanted(headers: &HeaderMap) -> Option<Self> {
        let mut best = (0.0, None);
        for line in headers.get_all(ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok()) {
            for element in line.split(',') {
                let (name, quality) = element.split_once(';').unwrap_or((element, ""));
                let coding = match name.trim().to_ascii_lowercase().as_str() {
                    "gzip" | "x-gzip" | "*" => Self::Gzip,
                    "deflate" => Self::Deflate,
                    _ => continue,
                };
                let quality = quality.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
                if quality > best.0 || (quality == best.0 && quality > 0.0 && coding == Self::Gzip) {
                    best = (quality, Some(coding));
                }
            }
        }
        best.1
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
        }
    }

    pub fn encode(self, bytes: &[u8]) -> Vec<u8> {
        const NEVER: &str = "a vector takes every write";
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(bytes).expect(NEVER);
                encoder.finish().expect(NEVER)
            }
            Self::Deflate => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(bytes).expect(NEVER);
                encoder.finish().expect(NEVER)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_likes_best() {
        let wanted = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, hyper::header::HeaderValue::from_static(text));
            Coding::wanted(&headers)
        };
        assert_eq!(Coding::wanted(&HeaderMap::new()), None);
        assert_eq!(wanted("deflate"), Some(Coding::Deflate));
        assert_eq!(wanted("deflate, GZIP"), Some(Coding::Gzip));
        assert_eq!(wanted("gzip;q=0.5, deflate;q=0.8"), Some(Coding::Deflate));
        assert_eq!(wanted("gzip; q=0, deflate"), Some(Coding::Deflate));
        assert_eq!(wanted("*"), Some(Coding::Gzip));
        assert_eq!(wanted("*;q=0"), None);
        for none in ["", "identity", "br", "gzip;q=0", "deflate;q=nonsense", ",;,=;"] {
            assert_eq!(wanted(none), None, "{none}");
        }
    }
}
