//! The socket engine of quecpy: sockets on [`socket2`] as the Python module `usocket` of a Quectel module needs
//! them. Plain Rust: no VM, no exceptions; errors carry Linux's numbers.
//!
//! ```
//! use quecpy_net::{Family, Kind, Socket, Stack, StackOptions};
//!
//! let stack = Stack::new(StackOptions::default());
//! let server = Socket::new(&stack, Family::V4, Kind::Stream, 0)?;
//! server.bind("127.0.0.1:0".parse().unwrap())?;
//! server.listen(1)?;
//! let client = Socket::new(&stack, Family::V4, Kind::Stream, 0)?;
//! client.connect(server.local_address()?)?;
//! let (connection, _peer) = server.accept(false)?;
//! connection.send_all(b"hello\n")?;
//! assert_eq!(client.readline(usize::MAX)?.as_deref(), Some(&b"hello\n"[..]));
//! # Ok::<(), quecpy_net::Error>(())
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod background;
pub mod errno;
mod error;
mod gil;
pub mod heap;
pub mod icmp;
mod keep_alive;
mod leaks;
mod nat;
mod poller;
pub mod process;
#[cfg(any(windows, test))]
mod pump;
mod resolver;
pub mod sandbox;
mod socket;
mod stack;
mod sys;
pub mod tls;
mod upstream;
mod wait;
pub mod wire;

pub use background::Background;
pub use error::{Error, Result};
pub use gil::{Gil, pause};
pub use keep_alive::{KeepAlive, KeepAliveGuard};
pub use leaks::LeakLog;
pub use nat::{DEFAULT_ADDRESS, Forward, Nat, Transport};
pub use poller::{ERROR, HANGUP, INVALID, Poller, READ, WRITE};
pub use quecpy_time::{Busy, Deadline, FastForward, Time, Traffic};
pub use resolver::{Override, Resolver, literal};
pub use socket::{Destination, Family, Flags, Kind, Opt, Phase, Sent, Socket, number};
pub use stack::{Notice, Stack, StackOptions};
pub use sys::{CountingAllocator, TcpState, survive_file_limit, take_terminal_signals, tell_window_size};
pub use upstream::{Link, Route, Upstream};
pub use wait::{Interest, Waiter, Waiters};
