//! The small services that inetd brought along: echo (RFC 862), discard (RFC 863) and daytime (RFC 867). Their UDP
//! forms are one expression each and stand in the table of services.

use crate::linger::Stream;
use std::time::SystemTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Read before anything is written back; the rest waits in the client's window.
const CHUNK: usize = 16 * 1024;

/// Sends back what comes, until the client ends its side.
pub async fn echo(mut stream: Stream) {
    let mut chunk = vec![0; CHUNK];
    while let Ok(n @ 1..) = stream.read(&mut chunk).await {
        if stream.write_all(&chunk[..n]).await.is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

/// Throws away what comes, until the client ends its side.
pub async fn discard(mut stream: Stream) {
    let mut chunk = vec![0; CHUNK];
    while let Ok(1..) = stream.read(&mut chunk).await {}
    let _ = stream.shutdown().await;
}

/// Tells date and time in one line and ends.
pub async fn daytime(mut stream: Stream, now: SystemTime) {
    if stream.write_all(daytime_line(now).as_bytes()).await.is_ok() {
        let _ = stream.shutdown().await;
    }
}

/// RFC 867 leaves the form to the server; this is HTTP's, in GMT.
pub fn daytime_line(now: SystemTime) -> String {
    format!("{}\r\n", httpdate::fmt_http_date(now))
}
