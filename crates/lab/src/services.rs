//! THE table of what the lab serves. Routes and the summary are derived from it; a further server is a further row.

use crate::linger::Stream;
use crate::world::World;
use crate::{dns, http, inetd, mqtt, ntp};
use quecpy_net::Transport;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

/// The talk with one client, to its end. Errors end it; there is nobody to tell.
pub type Conversation = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How a service talks.
#[derive(Debug, Clone, Copy)]
pub enum Serve {
    /// Every connection is a conversation with a peer.
    Tcp(fn(Arc<World>, Stream, SocketAddr) -> Conversation),
    /// Every datagram is answered with one or none.
    Udp(fn(&World, &[u8]) -> Option<Vec<u8>>),
}

impl Serve {
    pub fn transport(self) -> Transport {
        match self {
            Self::Tcp(_) => Transport::Tcp,
            Self::Udp(_) => Transport::Udp,
        }
    }
}

/// One row: what is served at one port.
#[derive(Debug)]
pub struct Service {
    pub name: &'static str,
    pub port: u16,
    pub serve: Serve,
}

const fn tcp(name: &'static str, port: u16, serve: fn(Arc<World>, Stream, SocketAddr) -> Conversation) -> Service {
    Service { name, port, serve: Serve::Tcp(serve) }
}

const fn udp(name: &'static str, port: u16, serve: fn(&World, &[u8]) -> Option<Vec<u8>>) -> Service {
    Service { name, port, serve: Serve::Udp(serve) }
}

/// The rows of one name stand together. Ports are those of IANA's registry.
pub static SERVICES: &[Service] = &[
    tcp("HTTP", 80, |world, stream, peer| Box::pin(http::serve(world, stream, http::Client { peer, scheme: "http" }))),
    tcp("HTTPS", 443, |world, stream, peer| {
        Box::pin(async move {
            if let Some(stream) = world.authority.accept(stream).await {
                http::serve(world, stream, http::Client { peer, scheme: "https" }).await;
            }
        })
    }),
    tcp("MQTT", 1883, |world, stream, _| Box::pin(mqtt::serve(world.broker.clone(), stream))),
    tcp("MQTT over TLS", 8883, |world, stream, _| {
        Box::pin(async move {
            if let Some(stream) = world.authority.accept(stream).await {
                mqtt::serve(world.broker.clone(), stream).await;
            }
        })
    }),
    tcp("echo", 7, |_, stream, _| Box::pin(inetd::echo(stream))),
    udp("echo", 7, |_, datagram| Some(datagram.to_vec())),
    tcp("discard", 9, |_, stream, _| Box::pin(inetd::discard(stream))),
    udp("discard", 9, |_, _| None),
    tcp("daytime", 13, |world, stream, _| Box::pin(inetd::daytime(stream, (world.clock)()))),
    udp("daytime", 13, |world, _| Some(inetd::daytime_line((world.clock)()).into_bytes())),
    tcp("DNS", 53, |world, stream, _| Box::pin(dns::serve(world, stream))),
    udp("DNS", 53, |world, datagram| dns::answer(&world.names, datagram)),
    udp("NTP", 123, |world, datagram| ntp::answer((world.clock)(), datagram)),
];

/// One line: `lab: HTTP on 80, echo on 7 (TCP, UDP), ...`.
pub fn summary<'a>(services: impl Iterator<Item = &'a Service>) -> String {
    let services: Vec<_> = services.collect();
    let tell = |rows: &[&Service]| {
        let both = if rows.len() > 1 { " (TCP, UDP)" } else { "" };
        format!("{} on {}{both}", rows[0].name, rows[0].port)
    };
    let told: Vec<_> = services.chunk_by(|a, b| (a.name, a.port) == (b.name, b.port)).map(tell).collect();
    format!("lab: {}; every name has an address", told.join(", "))
}
