//! The simulated module, as far as it is neither Python nor sockets. No VM and no terminal here.

#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod board;
pub mod board_file;
pub mod event;
pub mod firmware;
pub mod flash;
pub mod peripherals;
pub mod power;
pub mod radio;
pub mod services;
pub mod time;

pub use board::Board;
pub use board_file::Description;
pub use event::{Event, Source, Value};
pub use flash::{Error, Flash, Kind, Result, Stat, Storage};
pub use power::Request;
pub use time::{Clock, Time};
