//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

mod array;
mod base64;
mod board;
mod cipher;
mod clock;
mod cmath;
pub mod error;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
mod inflate;
mod math;
mod memory_stream;
mod micropython;
mod number;
mod packed;
mod regex_syntax;
pub mod registry;
mod thread;
mod threads;
pub mod traceback;
mod turns;
mod ubinascii;
mod ucryptolib;
mod uerrno;
mod uhashlib;
mod uio;
mod ujson;
mod uos;
mod urandom;
mod ure;
mod ustruct;
mod usys;
mod utime;
mod uzlib;
mod vfs;

pub use board::Board;
pub use clock::Clock;
pub use frozen::frozen_modules;
pub use threads::Threads;
pub use usys::set_arguments;
