//! The simulated module, as far as it is neither Python nor sockets. No VM and no terminal here.

pub mod area;
pub mod flash;
mod mounts;
pub mod path;

pub use flash::{Error, Flash, Kind, Result, Stat, Storage};
