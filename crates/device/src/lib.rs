//! The simulated module, as far as it is neither Python nor sockets. No VM and no terminal here.

#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod board;
pub mod cells;
pub mod cellular;
pub mod description;
pub mod dialling;
pub mod event;
pub mod firmware;
pub mod flash;
pub mod peripherals;
pub mod power;
pub mod services;
pub mod sim;
pub mod time;

pub use board::Board;
pub use description::Description;
pub use event::{Event, Source, Value};
pub use flash::{Error, Flash, Kind, Result, Stat, Storage};
pub use power::Request;
pub use time::{Clock, Time};
