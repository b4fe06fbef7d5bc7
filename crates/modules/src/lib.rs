//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

mod board;
mod clock;
pub mod error;
pub mod exception;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
mod micropython;
mod patterns;
pub mod registry;
mod texts;
mod thread;
mod threads;
pub mod traceback;
mod turns;
mod uerrno;
mod ujson;
mod uos;
mod ustruct;
mod usys;
mod utime;

pub use board::Board;
pub use clock::Clock;
pub use frozen::frozen_modules;
pub use threads::Threads;
pub use usys::set_arguments;
