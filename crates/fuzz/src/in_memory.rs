//! A client of a server of the lab, over memory instead of sockets.

use std::future::Future;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// What a connection may keep under way.
const ROOM: usize = 1 << 16;
/// A server that takes longer over one client has forgotten it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where servers and clients run: on this thread.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Says all of `bytes`, then nothing more, and reads to the end.
///
/// # Panics
/// If the server does not come to an end.
pub async fn converse<F>(serve: impl FnOnce(DuplexStream) -> F, bytes: &[u8]) -> Vec<u8>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (client, server) = tokio::io::duplex(ROOM);
    let serving = tokio::spawn(serve(server));
    let (mut read, mut write) = tokio::io::split(client);
    let mut answer = Vec::new();
    let saying = async {
        // A server that does not like what it hears ends the connection.
        let _ = write.write_all(bytes).await;
        let _ = write.shutdown().await;
    };
    let talk = async { tokio::join!(saying, read.read_to_end(&mut answer)).1 };
    let ended = timeout(PATIENCE, talk).await.expect("the server ends the connection when its client does");
    ended.expect("memory does not fail");
    timeout(PATIENCE, serving).await.expect("the server ends").expect("the server does not panic");
    answer
}
