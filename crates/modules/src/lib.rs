//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file with the module's name: in `stdlib` what
//! MicroPython has, in `quectel` what Quectel adds, in folders of their own the large ones; `frozen` has those in Python,
//! `bridge` what lies between the VM and the device.

#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod bridge;
mod frozen;
mod machine;
mod misc;
mod quectel;
pub mod registry;
pub mod stdlib;
pub mod unsimulated;

pub use crate::bridge::callback_queue::Callbacks;
pub use crate::bridge::callbacks::depth as callback_depth;
pub use crate::bridge::power_off::power_off;
pub use crate::bridge::session::{BoardHandle, of as board};
pub use crate::bridge::thread_table::Threads;
pub use crate::stdlib::usys::{run_at_exit, set_arguments};
pub use frozen::frozen_modules;
