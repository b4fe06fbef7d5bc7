//! A socket: making, naming, connecting, accepting, moving bytes, closing.

mod access;
mod address;
mod connection;
mod datagram;
mod handle;
mod kind;
mod lookahead;
mod name;
mod options;
mod peek;
mod phase;
mod relocate;
mod relocation;
mod set_option;
#[expect(clippy::module_inception, reason = "the type that the folder is about")]
mod socket;
mod state;
mod stream;
mod watchers;

pub use datagram::Destination;
pub(crate) use handle::Handle;
pub use kind::{Family, Kind};
pub(crate) use lookahead::Buffer;
pub use options::{Opt, number};
pub use peek::Flags;
pub use phase::Phase;
pub use socket::Socket;
pub use stream::Sent;
pub(crate) use watchers::Watch;
