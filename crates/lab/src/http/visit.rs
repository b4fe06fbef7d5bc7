//! A request that was read whole, and its sender.

use crate::world::World;
use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use std::net::SocketAddr;
use std::sync::Arc;

/// A request that was read whole.
pub struct Visit {
    pub head: Parts,
    pub body: Bytes,
    /// Name or address, and the port if it was said, that the client asked for.
    pub authority: Authority,
    pub client: Client,
    pub world: Arc<World>,
}

/// The client, and how it came.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    pub peer: SocketAddr,
    /// `http` or `https`.
    pub scheme: &'static str,
}

/// Of a request's body; more is answered with 413.
pub const LARGEST_BODY: usize = 16 << 20;
