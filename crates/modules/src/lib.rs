//! The Python modules of a QuecPython module, beside `usocket` and `uselect`, which have a crate of their own.
//!
//! [`registry`] is the one table of all module names. A native module is a file here with the module's name.

pub mod error;
mod gc;
mod micropython;
pub mod registry;
mod thread;
pub mod traceback;
mod uerrno;
mod ujson;
mod ustruct;
mod usys;
mod utime;

pub use thread::Threads;
pub use usys::set_arguments;
