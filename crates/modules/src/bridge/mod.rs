//! What lies between the VM and the device: the session's state as Python sees it, values, classes, callbacks, exceptions.

pub mod arguments;
pub(crate) mod callback_queue;
pub(crate) mod callbacks;
pub(crate) mod classes;
pub mod error;
pub mod exceptions;
pub mod firmware;
pub mod heap;
pub mod hidden;
pub(crate) mod integers;
pub mod module;
pub(crate) mod mount_table;
pub(crate) mod power_off;
pub(crate) mod session;
pub(crate) mod thread_table;
pub(crate) mod timing;
pub(crate) mod values;
