//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

mod board;
mod callbacks;
pub mod error;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
mod micropython;
mod power;
pub mod registry;
mod thread;
mod threads;
pub mod traceback;
mod turns;
mod uerrno;
mod ujson;
pub mod unsimulated;
mod uos;
mod ustruct;
mod usys;
mod utime;

pub use board::{BoardHandle, of as board};
pub use callbacks::{Callbacks, depth as callback_depth};
pub use frozen::frozen_modules;
pub use power::power_off;
pub use threads::Threads;
pub use usys::set_arguments;
