//! The web server: HTTP/1.1 by hyper, for every name. Here is what a connection and a request go through; what stands
//! at which path is in `pages`.

mod coding;
mod inspect;
mod pages;
mod reply;
mod visit;
mod websocket;

pub use visit::Client;

use crate::budget::{Budget, Share};
use crate::world::World;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, HOST, HeaderValue, SERVER};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use reply::Body;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use visit::{LARGEST_BODY, Visit};

/// Of a request's head; more is answered with 431. nginx takes four headers of 8 KiB.
const LARGEST_HEAD: usize = 32 << 10;

/// Answers the requests of one connection.
pub async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(world: Arc<World>, stream: S, client: Client) {
    let service = service_fn(|request| respond(world.clone(), request, client));
    let connection = http1::Builder::new()
        .keep_alive(true)
        // A client may end its side behind its request and still wait for the answer.
        .half_close(true)
        // The guide's client writes `GET  /News  HTTP/1.1`; real servers such as nginx answer it.
        .allow_multiple_spaces_in_request_line_delimiters(true)
        // Scripts look for `Content-Length` as it is usually spelt.
        .title_case_headers(true)
        .max_header_size(LARGEST_HEAD)
        .max_buf_size(2 * LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // A client that breaks off or talks nonsense has been answered by hyper as far as that is possible.
    let _ = connection.await;
}

async fn respond(
    world: Arc<World>,
    mut request: Request<Incoming>,
    client: Client,
) -> Result<Response<Body>, hyper::Error> {
    let upgrade = hyper::upgrade::on(&mut request);
    let (head, body) = request.into_parts();
    let mut response = match authority(&head) {
        None => reply::error(StatusCode::BAD_REQUEST, "an HTTP/1.1 request needs exactly one sound Host header"),
        Some(_) if announced(&head).is_some_and(|length| length > LARGEST_BODY) => too_large(),
        Some(_) if websocket::is_asked_for(&head) => websocket::agree(&head, upgrade),
        Some(authority) => match collect(body, &world.bodies).await? {
            None => too_large(),
            Some((body, _share)) => {
                held(&world.bodies.clone(), pages::answer(&Visit { head, body, authority, client, world }))
            }
        },
    };
    response.headers_mut().insert(SERVER, HeaderValue::from_static("quecpy-lab"));
    Ok(response)
}

/// The host that the client means: the request's target, else its Host header (RFC 9112 3.2), which HTTP/1.0 may leave out.
fn authority(head: &Parts) -> Option<Authority> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let said = match (hosts.next(), hosts.next()) {
        (Some(host), None) => Authority::try_from(host.as_bytes()).ok()?,
        (None, _) if head.version == Version::HTTP_10 => Authority::from_static("localhost"),
        _ => return None,
    };
    Some(head.uri.authority().cloned().unwrap_or(said))
}

fn announced(head: &Parts) -> Option<usize> {
    head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// An answer that waits for its client to read it, if there is room for it.
fn held(bodies: &Budget, answer: Response<Body>) -> Response<Body> {
    let length = answer.body().size_hint().exact().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    match bodies.share(length) {
        Some(share) => answer.map(|body| body.held(share)),
        None => reply::error(StatusCode::SERVICE_UNAVAILABLE, "too many clients do not read their answers"),
    }
}

/// The whole body, and its share of what the lab keeps; `None` if it is too large.
async fn collect(mut body: Incoming, bodies: &Budget) -> Result<Option<(Bytes, Option<Share>)>, hyper::Error> {
    let mut whole = Vec::new();
    let mut share = bodies.share(0);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        // Trailers are of no interest.
        let Ok(data) = frame?.into_data() else { continue };
        let fits = share.as_mut().is_some_and(|share| share.grow(data.len()));
        if !fits || whole.len() + data.len() > LARGEST_BODY {
            return Ok(None);
        }
        whole.extend_from_slice(&data);
    }
    Ok(Some((whole.into(), share)))
}

fn too_large() -> Response<Body> {
    reply::error(StatusCode::PAYLOAD_TOO_LARGE, "the lab takes bodies of up to 16 MiB, and 128 MiB at a time")
}
