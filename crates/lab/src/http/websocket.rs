//! WebSocket (RFC 6455): every path of the web server takes an upgrade and echoes the messages that come.

use super::reply::{self, Body};
use futures_util::{SinkExt, StreamExt};
use hyper::header::{CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// Of a message; a larger one ends the connection. Modules have no memory for it.
const LARGEST: usize = 1 << 20;

/// Whether a request asks for an upgrade to WebSocket.
pub fn is_asked_for(head: &Parts) -> bool {
    let upgrade = head.headers.get(UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Agrees, and talks once hyper has given the connection away.
pub fn agree(head: &Parts, upgrade: hyper::upgrade::OnUpgrade) -> Response<Body> {
    let Some(key) = head.headers.get(SEC_WEBSOCKET_KEY) else {
        return reply::error(StatusCode::BAD_REQUEST, "an upgrade to WebSocket needs the header Sec-WebSocket-Key");
    };
    let accept = derive_accept_key(key.as_bytes());
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            let limits = WebSocketConfig::default().max_message_size(Some(LARGEST)).max_frame_size(Some(LARGEST));
            echo(WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(limits)).await).await;
        }
    });
    let mut response = Response::new(Body::Whole(hyper::body::Bytes::new()));
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accept) = HeaderValue::try_from(accept) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    response
}

/// Texts and bytes go back as they came; pings are answered by the library.
async fn echo(mut stream: WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>) {
    while let Some(Ok(message)) = stream.next().await {
        let answer = match message {
            Message::Text(_) | Message::Binary(_) => message,
            Message::Close(_) => break,
            _ => continue,
        };
        if stream.send(answer).await.is_err() {
            return;
        }
    }
    let _ = stream.close(None).await;
}
