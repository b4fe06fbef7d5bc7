//! Responses: bodies of three kinds, and the few headers that go with them. Date and Content-Length are hyper's.

use super::coding::Coding;
use crate::budget::Share;
use hyper::body::{Bytes, Frame, SizeHint};
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

pub const HTML: &str = "text/html; charset=utf-8";
pub const PLAIN: &str = "text/plain; charset=utf-8";
pub const JSON: &str = "application/json";
pub const BINARY: &str = "application/octet-stream";

/// A text below this many bytes is sent as it is, whatever the client accepts: packing saves nothing that matters, and
/// the guide's client prints what it receives. Real servers have such a limit too (nginx's `gzip_min_length`).
const WORTH_PACKING: usize = 512;

/// What follows the head.
pub enum Body {
    Whole(Bytes),
    /// With its share of what the lab keeps.
    Held(Bytes, #[expect(dead_code, reason = "given back when dropped")] Share),
    /// Of no announced length, hence in chunks (RFC 9112 7.1).
    Chunked(VecDeque<Bytes>),
    /// Bytes counting up from 0 to 255 over and over; so many are still to come.
    Counting(u64),
}

/// One period of counting would make small writes; so many are made at once.
const PERIODS: usize = 64;
static COUNT: [u8; 256 * PERIODS] = {
    let mut bytes = [0; 256 * PERIODS];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = (at % 256) as u8;
        at += 1;
    }
    bytes
};

impl Body {
    /// The same with its share, if it is kept in memory.
    pub fn held(self, share: Share) -> Self {
        if let Self::Whole(bytes) = self { Self::Held(bytes, share) } else { self }
    }

    fn next(&mut self) -> Option<Bytes> {
        match self {
            Self::Whole(bytes) | Self::Held(bytes, _) => Some(std::mem::take(bytes)).filter(|b| !b.is_empty()),
            Self::Chunked(chunks) => chunks.pop_front(),
            Self::Counting(0) => None,
            Self::Counting(left) => {
                let n = usize::try_from(*left).map_or(COUNT.len(), |left| left.min(COUNT.len()));
                *left -= n as u64;
                Some(Bytes::from_static(&COUNT[..n]))
            }
        }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Ready(self.next().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) | Self::Held(bytes, _) => bytes.is_empty(),
            Self::Chunked(chunks) => chunks.is_empty(),
            Self::Counting(left) => *left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) | Self::Held(bytes, _) => SizeHint::with_exact(bytes.len() as u64),
            Self::Chunked(_) => SizeHint::default(),
            Self::Counting(left) => SizeHint::with_exact(*left),
        }
    }
}

/// 200 with a body of the given type.
pub fn ok(content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

pub fn whole(content_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    ok(content_type, Body::Whole(body.into()))
}

/// 200 with a text, packed as the client likes it if that is worth it.
pub fn text(head: &Parts, content_type: &'static str, text: String) -> Response<Body> {
    if text.len() < WORTH_PACKING {
        return whole(content_type, text);
    }
    let coding = Coding::wanted(&head.headers);
    let body = coding.map_or_else(|| Bytes::from(text.clone()), |coding| coding.encode(text.as_bytes()).into());
    let mut response = whole(content_type, body);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    response
}

/// A status with a line that says why; for people, as servers' error pages are.
pub fn error(status: StatusCode, why: &str) -> Response<Body> {
    let mut response = whole(PLAIN, format!("{status}: {why}\n"));
    *response.status_mut() = status;
    response
}
