//! The embedded offline internet: real servers on loopback, on ports the host chose, that the sockets of a simulated
//! module reach under public names and addresses. Scripts, rules of waiting and virtual addresses are not here: those
//! are `quecpy_net`'s, which asks the lab through [`Upstream`] who somebody is and where he is served.
//!
//! ```
//! use quecpy_lab::Lab;
//! use quecpy_net::{Family, Kind, Socket, Stack, StackOptions};
//!
//! let stack = Stack::new(StackOptions { upstream: Some(Lab::start()?), ..StackOptions::default() });
//! let found = stack.resolver.resolve("www.example.com", 80, &stack.waiters)?;
//! let socket = Socket::new(&stack, Family::V4, Kind::Stream, 0)?;
//! socket.connect(found[0])?;
//! socket.send_all(b"GET /News HTTP/1.1\r\nHost: www.example.com\r\n\r\n").map_err(|(_, e)| e)?;
//! assert!(socket.recv(1024)?.starts_with(b"HTTP/1.1 200 OK\r\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is served is the table in `services`; routes and [`Lab::summary`] follow from it. No server sets a time limit
//! on a silent client: a script may sleep for as long as it likes, and an idle connection costs a few kilobytes.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod budget;
mod dns;
mod engine;
mod http;
#[doc(hidden)]
pub mod in_memory;
mod inetd;
mod linger;
mod listen;
mod mqtt;
mod names;
mod ntp;
mod services;
mod tls;
mod world;

pub use engine::{Activity, Engine};

use quecpy_net::{Route, Transport, Upstream};
use services::{SERVICES, Service};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::SystemTime;
use world::World;

/// A row of the table, and where it really listens.
#[derive(Debug)]
struct Port {
    service: &'static Service,
    real: SocketAddr,
}

/// A running lab; its thread and its ports are gone when the last `Arc` is dropped.
#[derive(Debug)]
pub struct Lab {
    world: Arc<World>,
    ports: Vec<Port>,
    engine: Engine,
}

impl Lab {
    /// Binds every service on 127.0.0.1 and starts the one thread that serves them all. Clients may connect as soon
    /// as this returns.
    ///
    /// # Errors
    /// What the host says when it has no more descriptors, ports or threads.
    pub fn start() -> io::Result<Arc<Self>> {
        Self::serve(SERVICES)
    }

    #[expect(clippy::disallowed_methods, reason = "the servers of the lab are beyond the module")]
    fn serve(services: &'static [Service]) -> io::Result<Arc<Self>> {
        let world = Arc::new(World::new(SystemTime::now));
        let (engine, ports) = Engine::start("lab", |runtime, activity| {
            let listen = |service| listen::start(runtime, activity, &world, service).map(|real| Port { service, real });
            services.iter().map(listen).collect::<io::Result<Vec<_>>>()
        })?;
        Ok(Arc::new(Self { world, ports, engine }))
    }

    /// The certificate of the authority that signs for every name of the lab, as PEM. Scripts find it at the page
    /// `/ca.pem` of any name.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        self.world.authority.pem()
    }

    /// One line that says what is served, for the person at the keyboard.
    #[must_use]
    pub fn summary(&self) -> String {
        services::summary(self.ports.iter().map(|port| port.service))
    }
}

impl Upstream for Lab {
    fn name(&self, host: &str) -> Option<IpAddr> {
        self.world.names.address(host).map(IpAddr::V4)
    }

    fn route(&self, transport: Transport, to: SocketAddr) -> Route {
        let served = |port: &&Port| port.service.serve.transport() == transport && port.service.port == to.port();
        match self.ports.iter().find(served) {
            Some(port) if is_public(to.ip()) => Route::To(port.real),
            _ => Route::Refuse,
        }
    }

    fn settle(&self) -> bool {
        self.engine.settle();
        true
    }
}

/// Whether an address may belong to a server on the internet. Private and link-local networks, multicast and
/// broadcast stay as empty as they are behind a real module. The blocks for documentation (RFC 5737) and benchmarks
/// (RFC 2544) count as public: scripts use the first as placeholders, and the lab's names live in the second.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            let this_network = first == 0;
            let shared_by_carriers = first == 100 && second & 0xc0 == 64; // RFC 6598: 100.64.0.0/10
            let reserved = first >= 240; // RFC 1112; with broadcast
            let inside = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast();
            !(inside || this_network || shared_by_carriers || reserved)
        }
        IpAddr::V6(v6) => {
            let inside = v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local();
            !(inside || v6.is_unicast_link_local() || v6.is_multicast())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses() {
        for public in ["8.8.8.8", "198.18.0.1", "192.0.2.1", "100.128.0.1", "2001:db8::1", "::ffff:8.8.8.8"] {
            assert!(is_public(public.parse().expect(public)), "{public}");
        }
        for inside in
            ["10.0.0.1", "192.168.1.1", "169.254.1.1", "224.0.0.1", "255.255.255.255", "0.0.0.1", "100.64.0.1"]
        {
            assert!(!is_public(inside.parse().expect(inside)), "{inside}");
        }
        for inside in ["::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1"] {
            assert!(!is_public(inside.parse().expect(inside)), "{inside}");
        }
    }
}
