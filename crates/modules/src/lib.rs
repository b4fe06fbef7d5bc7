//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

mod array;
mod base64;
mod board;
mod callbacks;
mod cipher;
mod classes;
mod cmath;
mod data_call;
pub mod error;
pub mod exception;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
mod inflate;
mod machine;
mod math;
mod memory_stream;
mod micropython;
mod misc;
mod modem;
mod net;
mod number;
mod packed;
mod power;
mod regex_syntax;
pub mod registry;
mod sim;
mod texts;
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
mod values;
mod vfs;

pub use board::{BoardHandle, of as board};
pub use callbacks::{Callbacks, depth as callback_depth};
pub use frozen::frozen_modules;
pub use power::power_off;
pub use threads::Threads;
pub use usys::set_arguments;
