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
mod datagram;
mod error;
mod handle;
pub mod icmp;
mod living;
mod lookahead;
mod naming;
mod nat;
mod options;
mod peek;
mod poller;
pub mod process;
#[cfg(any(windows, test))]
mod pump;
mod relocation;
mod resolver;
pub mod sandbox;
pub mod serial;
mod socket;
mod stack;
mod state;
mod stream;
mod sys;
pub mod tls;
mod turn;
mod wait;
mod witness;

pub use background::Background;
pub use datagram::Destination;
pub use error::{Error, Result, errno};
pub use living::{Life, Living};
pub use nat::{DEFAULT_ADDRESS, Forward, Nat, Transport};
pub use options::{Opt, number};
pub use peek::Flags;
pub use poller::{ERROR, HANGUP, INVALID, Poller, READ, WRITE};
pub use quecpy_time::{Busy, Deadline, FastForward, Time, Traffic};
pub use resolver::{Override, Resolver, literal};
pub use socket::{Family, Kind, Socket};
pub use stack::{Beyond, Link, Notice, Route, Stack, StackOptions};
pub use state::{Phase, TcpState};
pub use stream::Sent;
pub use sys::{survive_file_limit, take_terminal_signals, tell_window_size};
pub use turn::{Turn, pause};
pub use wait::{Interest, Waiter, Waiters};
pub use witness::Witness;
