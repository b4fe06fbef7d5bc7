//! THE table of pages, the same for every name. The page `/` is made from it.

use super::inspect::inspect;
use super::reply::{self, Body, HTML, PLAIN};
use super::visit::{LARGEST_BODY, Visit};
use hyper::body::Bytes;
use hyper::header::{ALLOW, HeaderValue, LOCATION, WWW_AUTHENTICATE};
use hyper::{Response, StatusCode};
use std::fmt::Write;

/// One row: what stands at a path.
struct Page {
    /// `{...}` at the end stands for anything.
    path: &'static str,
    /// Any, if empty. HEAD is allowed wherever GET is.
    methods: &'static [&'static str],
    about: &'static str,
    /// Gets what `{...}` stands for, else an empty text.
    answer: fn(&Visit, &str) -> Response<Body>,
}

const GET: &[&str] = &["GET"];

static PAGES: &[Page] = &[
    Page { path: "/", methods: GET, about: "this list", answer: list },
    Page { path: "/News", methods: GET, about: "a short page", answer: news },
    Page { path: "/large", methods: GET, about: "16 KiB of text", answer: large },
    Page { path: "/bytes/{n}", methods: GET, about: "n bytes: 0, 1, ... 255, 0, 1, ...", answer: bytes },
    Page { path: "/chunked", methods: GET, about: "a text in chunks", answer: chunked },
    Page { path: "/status/{code}", methods: &[], about: "an answer with this status", answer: status },
    Page { path: "/redirect", methods: GET, about: "302, see /News", answer: redirect },
    Page { path: "/ca.pem", methods: GET, about: "the certificate that signs for every name here", answer: authority },
    Page { path: "/ip", methods: GET, about: "the client's address", answer: ip },
    Page { path: "/get", methods: GET, about: "the request as JSON", answer: inspect },
    Page { path: "/post", methods: &["POST"], about: "the request as JSON", answer: inspect },
    Page { path: "/put", methods: &["PUT"], about: "the request as JSON", answer: inspect },
    Page { path: "/anything", methods: &[], about: "any request as JSON", answer: inspect },
    Page { path: "/anything/{path}", methods: &[], about: "the same", answer: inspect },
];

impl Page {
    /// What `{...}` stands for in `path`, if the page stands there.
    fn matches<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.path.split_once('{') {
            Some((prefix, _)) => path.strip_prefix(prefix),
            None => (path == self.path).then_some(""),
        }
    }

    fn allows(&self, method: &str) -> bool {
        let asked = if method == "HEAD" { "GET" } else { method };
        self.methods.is_empty() || self.methods.contains(&asked)
    }
}

fn authority(visit: &Visit, _: &str) -> Response<Body> {
    reply::whole(PLAIN, visit.world.authority.pem().to_owned())
}

/// The page that was asked for, or why there is none.
pub fn answer(visit: &Visit) -> Response<Body> {
    let found = PAGES.iter().find_map(|page| Some((page, page.matches(visit.head.uri.path())?)));
    match found {
        Some((page, argument)) if page.allows(visit.head.method.as_str()) => (page.answer)(visit, argument),
        Some((page, _)) => {
            let methods = page.methods.join(", ").replace("GET", "GET, HEAD");
            let mut response = reply::error(StatusCode::METHOD_NOT_ALLOWED, &format!("{} takes {methods}", page.path));
            let allow = HeaderValue::try_from(methods).expect("names of methods are visible ASCII");
            response.headers_mut().insert(ALLOW, allow);
            response
        }
        None => reply::error(StatusCode::NOT_FOUND, "there is no such page; / lists them all"),
    }
}

fn list(visit: &Visit, _: &str) -> Response<Body> {
    let host = visit.authority.host();
    let mut page = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{host}</title></head>\n\
         <body><h1>{host}</h1>\n<p>quecpy's lab serves these pages under every name:</p>\n<ul>\n"
    );
    for Page { path, methods, about, .. } in PAGES {
        let methods = if methods.is_empty() { "any method".to_owned() } else { methods.join(", ") };
        let _ = writeln!(page, "<li>{path}: {about} ({methods})</li>");
    }
    page.push_str("</ul></body></html>\n");
    reply::text(&visit.head, HTML, page)
}

/// With its head well below 1024 bytes: the guide's client receives once, and prints what that gives.
fn news(visit: &Visit, _: &str) -> Response<Body> {
    let host = visit.authority.host();
    let page = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>News</title></head>\n\
         <body><h1>News</h1>\n\
         <p>{host} has been reached: this page came over a real TCP connection.</p>\n\
         <p>It is served by quecpy's lab, without the internet. / lists what else there is.</p>\n\
         </body></html>\n"
    );
    reply::text(&visit.head, HTML, page)
}

/// 256 lines of 64 bytes, each with its number.
fn large(visit: &Visit, _: &str) -> Response<Body> {
    let line = |n| format!("line {n:3} of 256: the quick brown fox jumps over the lazy dog...\n");
    reply::text(&visit.head, PLAIN, (1..=256).map(line).collect())
}

fn bytes(_: &Visit, n: &str) -> Response<Body> {
    match n.parse() {
        Ok(n) if n <= LARGEST_BODY as u64 => reply::ok(reply::BINARY, Body::Counting(n)),
        _ => reply::error(StatusCode::BAD_REQUEST, "/bytes/ takes a number of up to 16777216 (16 MiB)"),
    }
}

fn chunked(_: &Visit, _: &str) -> Response<Body> {
    let chunk = |n| Bytes::from(format!("chunk {n} of 5\n"));
    reply::ok(PLAIN, Body::Chunked((1..=5).map(chunk).collect()))
}

/// 1xx is not offered: such a status announces an answer and is none (RFC 9110 15.2).
fn status(visit: &Visit, code: &str) -> Response<Body> {
    let code = code.parse().ok().filter(|code| (200..=599).contains(code));
    let Some(status) = code.and_then(|code| StatusCode::from_u16(code).ok()) else {
        return reply::error(StatusCode::BAD_REQUEST, "/status/ takes a number from 200 to 599");
    };
    if status == StatusCode::NO_CONTENT || status == StatusCode::RESET_CONTENT || status == StatusCode::NOT_MODIFIED {
        let mut response = Response::new(Body::Whole(Bytes::new()));
        *response.status_mut() = status;
        return response;
    }
    let mut response = reply::error(status, "as you asked");
    match code {
        Some(301 | 302 | 303 | 307 | 308) => see_news(visit, &mut response),
        Some(401) => {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"lab\""));
        }
        _ => {}
    }
    response
}

fn redirect(visit: &Visit, _: &str) -> Response<Body> {
    let mut response = reply::error(StatusCode::FOUND, "see /News");
    see_news(visit, &mut response);
    response
}

/// With an absolute URL, as nginx sends it: small clients do not know relative ones.
fn see_news(visit: &Visit, response: &mut Response<Body>) {
    let url = format!("{}://{}/News", visit.client.scheme, visit.authority);
    let url = HeaderValue::try_from(url).expect("an authority is visible ASCII");
    response.headers_mut().insert(LOCATION, url);
}

fn ip(visit: &Visit, _: &str) -> Response<Body> {
    reply::whole(PLAIN, format!("{}\n", visit.client.peer.ip()))
}
