//! The module's own addresses and ports, and the loopback addresses and ports of the host behind them.
//!
//! A script binds the address that the network gave the module, and ports that an ordinary user may not open. Those
//! are virtual: this table knows which real port stands for which virtual one, and translates both ways.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

/// TCP and UDP ports are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// One `--forward HOSTPORT:MODULEPORT`: the module's port is reached at this port of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forward {
    /// The port of this computer.
    pub host_port: u16,
    /// The module's port.
    pub module_port: u16,
}

impl std::str::FromStr for Forward {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fail = || format!("'{text}': expected HOSTPORT:MODULEPORT, e.g. 8080:80");
        let (host, module) = text.split_once(':').ok_or_else(fail)?;
        let port = |t: &str| t.parse::<u16>().ok().filter(|p| *p > 0).ok_or_else(fail);
        Ok(Self { host_port: port(host)?, module_port: port(module)? })
    }
}

#[derive(Debug)]
struct Entry {
    transport: Transport,
    /// As the script named it; unspecified when it bound every interface.
    virtual_address: SocketAddr,
    real_port: u16,
}

/// The table. Entries live as long as the sockets that made them.
#[derive(Debug)]
pub struct Nat {
    addresses: Vec<IpAddr>,
    forwards: Vec<Forward>,
    entries: Mutex<HashMap<u64, Entry>>,
    /// Counts changes, so that others may remember what they looked up.
    generation: AtomicU64,
}

/// An entry of the table; gone when dropped.
#[derive(Debug)]
pub struct Lease {
    nat: Arc<Nat>,
    key: u64,
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.nat.entries.lock().remove(&self.key);
        self.nat.generation.fetch_add(1, Relaxed);
    }
}

/// The module's address until a data call gives it another: a private address as carriers hand them out.
pub const DEFAULT_ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 73, 21, 6);

impl Nat {
    pub(crate) fn new(addresses: Vec<IpAddr>, forwards: Vec<Forward>) -> Self {
        Self { addresses, forwards, entries: Mutex::default(), generation: AtomicU64::new(0) }
    }

    /// Grows whenever a translation may have changed.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Relaxed)
    }

    /// The module's address of the first PDP context.
    #[must_use]
    pub fn module_address(&self) -> IpAddr {
        self.addresses.first().copied().unwrap_or(IpAddr::V4(DEFAULT_ADDRESS))
    }

    /// Whether `ip` is one of the module's own.
    #[must_use]
    pub fn is_own(&self, ip: IpAddr) -> bool {
        self.addresses.contains(&ip)
    }

    /// Whether binding `ip` means a virtual address: every interface, or one of the module's own.
    #[must_use]
    pub fn is_virtual(&self, ip: IpAddr) -> bool {
        ip.is_unspecified() || self.is_own(ip)
    }

    /// The port of the host that `--forward` fixes for a port of the module.
    #[must_use]
    pub fn forwarded(&self, module_port: u16) -> Option<u16> {
        self.forwards.iter().find(|f| f.module_port == module_port).map(|f| f.host_port)
    }

    pub(crate) fn lease(self: &Arc<Self>, key: u64, transport: Transport, bound: SocketAddr, real_port: u16) -> Lease {
        let entry = Entry { transport, virtual_address: bound, real_port };
        self.entries.lock().insert(key, entry);
        self.generation.fetch_add(1, Relaxed);
        Lease { nat: self.clone(), key }
    }

    /// Whether a socket of the module is bound there already: at that address, or one of the two at every interface.
    #[must_use]
    pub fn is_taken(&self, transport: Transport, at: SocketAddr) -> bool {
        self.entries.lock().values().any(|e| {
            let other = e.virtual_address;
            let overlap = other.ip() == at.ip() || other.ip().is_unspecified() || at.ip().is_unspecified();
            e.transport == transport && other.port() == at.port() && overlap
        })
    }

    /// Where a connect or datagram to `to` goes if the module itself serves it: a port it bound under one of its
    /// addresses, or under every interface and reached by its loopback address.
    #[must_use]
    pub fn inward(&self, transport: Transport, to: SocketAddr) -> Option<SocketAddr> {
        let own = self.is_own(to.ip());
        if !own && !to.ip().is_loopback() && !to.ip().is_unspecified() {
            return None;
        }
        let entries = self.entries.lock();
        let served = |e: &&Entry| {
            let at = e.virtual_address;
            e.transport == transport
                && at.port() == to.port()
                && (at.ip().is_unspecified() || (own && at.ip() == to.ip()))
        };
        entries.values().find(served).map(|e| SocketAddr::new(loopback_like(to.ip()), e.real_port))
    }

    /// The address a script sees for a peer at `from`: a socket of the module itself shows its virtual address.
    #[must_use]
    pub fn outward(&self, transport: Transport, from: SocketAddr) -> SocketAddr {
        if !from.ip().is_loopback() {
            return from;
        }
        let entries = self.entries.lock();
        match entries.values().find(|e| e.transport == transport && e.real_port == from.port()) {
            Some(e) if e.virtual_address.ip().is_unspecified() => SocketAddr::new(from.ip(), e.virtual_address.port()),
            Some(e) => e.virtual_address,
            None => from,
        }
    }
}

/// The loopback address of the same family.
#[must_use]
pub fn loopback_like(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().expect(text)
    }

    #[test]
    fn a_port_of_the_module_is_translated_both_ways_while_its_socket_lives() {
        let nat = Arc::new(Nat::new(vec![DEFAULT_ADDRESS.into()], vec![]));
        let own = SocketAddr::from((DEFAULT_ADDRESS, 80));
        assert_eq!(nat.inward(Transport::Tcp, own), None);
        let lease = nat.lease(7, Transport::Tcp, own, 40_000);
        assert_eq!(nat.inward(Transport::Tcp, own), Some(at("127.0.0.1:40000")));
        assert_eq!(nat.inward(Transport::Udp, own), None);
        assert_eq!(nat.inward(Transport::Tcp, at("127.0.0.1:80")), None, "the host's own port 80");
        assert_eq!(nat.outward(Transport::Tcp, at("127.0.0.1:40000")), own);
        assert_eq!(nat.outward(Transport::Tcp, at("127.0.0.1:40001")), at("127.0.0.1:40001"));
        drop(lease);
        assert_eq!(nat.inward(Transport::Tcp, own), None);
    }

    #[test]
    fn every_interface_is_reached_by_own_address_and_loopback() {
        let nat = Arc::new(Nat::new(vec![DEFAULT_ADDRESS.into()], vec![]));
        let _lease = nat.lease(1, Transport::Tcp, at("0.0.0.0:80"), 40_000);
        let own = SocketAddr::from((DEFAULT_ADDRESS, 80));
        assert_eq!(nat.inward(Transport::Tcp, own), Some(at("127.0.0.1:40000")));
        assert_eq!(nat.inward(Transport::Tcp, at("127.0.0.1:80")), Some(at("127.0.0.1:40000")));
        assert_eq!(nat.inward(Transport::Tcp, at("8.8.8.8:80")), None);
    }

    #[test]
    fn forward_option() {
        assert_eq!("8080:80".parse(), Ok(Forward { host_port: 8080, module_port: 80 }));
        for bad in ["", "80", "80:", ":80", "0:80", "a:80", "80:99999"] {
            assert!(bad.parse::<Forward>().is_err(), "{bad}");
        }
    }
}
