//! The network upstream of the module: the real internet, or the lab.

use crate::nat::Transport;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Where a connect or datagram to an address beyond this host goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// There, on loopback.
    To(SocketAddr),
    /// Nobody listens at that port.
    Refuse,
    /// The module has no network.
    Offline,
}

/// What lies beyond the host when it is not the real internet: the lab.
pub trait Upstream: Send + Sync {
    /// The address of a name; `None` if it has none.
    fn name(&self, host: &str) -> Option<IpAddr>;
    /// Where `to`, an address outside this host, is served.
    fn route(&self, transport: Transport, to: SocketAddr) -> Route;
    /// Has its servers answer what they were asked so far, for virtual time to stand still meanwhile. False where that
    /// cannot be known.
    fn settle(&self) -> bool {
        false
    }
}

/// Whether the network beyond the module can be reached now.
pub type Link = Arc<dyn Fn() -> bool + Send + Sync>;
