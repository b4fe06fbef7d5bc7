//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod arguments;
mod array;
mod atcmd;
mod board;
mod callbacks;
mod cell_locator;
mod classes;
mod cmath;
mod data_call;
pub mod error;
pub mod exception;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
pub mod heap;
pub mod hidden;
mod icmp;
mod machine;
mod math;
mod memory_stream;
mod micropython;
mod misc;
mod modem;
pub mod module;
pub mod mounted;
mod net;
mod number;
mod packed;
mod patterns;
mod pm;
mod power;
mod qr_code;
mod quecgnss;
pub mod registry;
mod secure_data;
mod sim;
mod sms;
mod texts;
mod thread;
mod threads;
mod timing;
pub mod traceback;
pub mod turns;
mod ubinascii;
mod ucryptolib;
mod uerrno;
mod uhashlib;
mod uio;
mod ujson;
pub mod unsimulated;
mod uos;
mod update;
mod urandom;
mod ure;
mod ustruct;
mod usys;
mod utime;
mod uzlib;
mod values;
mod vfs;
mod voice_call;
mod wakeup;
mod wifi_scan;

pub use board::{BoardHandle, of as board};
pub use callbacks::{Callbacks, depth as callback_depth};
pub use frozen::frozen_modules;
pub use power::power_off;
pub use threads::Threads;
pub use usys::set_arguments;
