//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

mod atcmd;
mod board;
mod callbacks;
mod cell_locator;
mod data_call;
pub mod error;
pub mod file;
pub mod firmware;
mod frozen;
mod gc;
mod micropython;
mod modem;
mod net;
mod pm;
mod power;
mod quecgnss;
pub mod registry;
mod secure_data;
mod sim;
mod sms;
mod thread;
mod threads;
pub mod traceback;
mod turns;
mod uerrno;
mod ujson;
mod uos;
mod update;
mod ustruct;
mod usys;
mod utime;
mod values;
mod voice_call;
mod wakeup;
mod wifi_scan;

pub use board::{BoardHandle, of as board};
pub use callbacks::{Callbacks, depth as callback_depth};
pub use frozen::frozen_modules;
pub use power::power_off;
pub use threads::Threads;
pub use usys::set_arguments;
