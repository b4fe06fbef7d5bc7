//! From a row of the table to a listening socket: binding, accepting, receiving. What is said on a connection is not
//! here.

use crate::Activity;
use crate::linger::Lingering;
use crate::services::{Serve, Service};
use crate::world::World;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, UdpSocket};
use tokio::runtime::Runtime;

/// Every server of the lab listens here.
const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// The largest datagram that IPv4 carries.
const LARGEST: usize = 65_535;
/// How long to let others work when the host cannot give a connection, e.g. for want of descriptors.
const BREATH: Duration = Duration::from_millis(20);

/// Binds and begins to serve; returns where. To be called with `runtime` entered.
pub fn start(runtime: &Runtime, activity: &Activity, world: &Arc<World>, service: &Service) -> io::Result<SocketAddr> {
    let (world, activity) = (world.clone(), activity.clone());
    match service.serve {
        Serve::Tcp(converse) => {
            let listener = std::net::TcpListener::bind(LOOPBACK)?;
            listener.set_nonblocking(true)?;
            let real = listener.local_addr()?;
            let listener = TcpListener::from_std(listener)?;
            runtime.spawn(async move {
                loop {
                    match listener.accept().await {
                        Ok((stream, peer)) => {
                            activity.happened();
                            // An answer in parts should not wait for the acknowledgement of its first.
                            let _ = stream.set_nodelay(true);
                            tokio::spawn(converse(world.clone(), Lingering::new(stream, activity.clone()), peer));
                        }
                        Err(_) => tokio::time::sleep(BREATH).await,
                    }
                }
            });
            Ok(real)
        }
        Serve::Udp(answer) => {
            let socket = std::net::UdpSocket::bind(LOOPBACK)?;
            socket.set_nonblocking(true)?;
            let real = socket.local_addr()?;
            let socket = UdpSocket::from_std(socket)?;
            runtime.spawn(async move {
                let mut room = vec![0; LARGEST];
                loop {
                    match socket.recv_from(&mut room).await {
                        Ok((n, from)) => {
                            activity.happened();
                            if let Some(reply) = answer(&world, &room[..n]) {
                                // A reply that the host does not take is a lost datagram.
                                let _ = socket.send_to(&reply, from).await;
                            }
                        }
                        // Windows reports here that the sender of an earlier datagram is gone.
                        Err(_) => tokio::time::sleep(BREATH).await,
                    }
                }
            });
            Ok(real)
        }
    }
}
