//! The servers without their sockets, for fuzz targets (`crates/fuzz`): bytes in, bytes out.

use crate::http::Client;
use crate::{dns, http, mqtt, ntp};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;
use tokio::io::{AsyncRead, AsyncWrite};

/// What the servers of one lab share.
#[derive(Debug, Clone)]
pub struct World(Arc<crate::world::World>);

impl Default for World {
    #[expect(clippy::disallowed_methods, reason = "the servers of the lab are beyond the module")]
    fn default() -> Self {
        Self(Arc::new(crate::world::World::new(SystemTime::now)))
    }
}

impl World {
    /// What the name server answers to a datagram.
    #[must_use]
    pub fn dns(&self, query: &[u8]) -> Option<Vec<u8>> {
        dns::answer(&self.0.names, query)
    }

    /// What the time server answers to a datagram.
    #[must_use]
    pub fn ntp(&self, request: &[u8]) -> Option<Vec<u8>> {
        ntp::answer((self.0.clock)(), request)
    }

    /// The web server's side of one connection.
    pub async fn http(&self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        http::serve(self.0.clone(), stream, Client { peer, scheme: "http" }).await;
    }

    /// The broker's side of one connection.
    pub async fn mqtt(&self, stream: impl AsyncRead + AsyncWrite + Send + 'static) {
        mqtt::serve(self.0.broker.clone(), stream).await;
    }
}
