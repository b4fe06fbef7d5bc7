//! `uos`, `uio`, `open` and what is mounted.

pub mod file;
pub(crate) mod io_base;
pub(crate) mod memory_stream;
pub(crate) mod partitions;
pub(crate) mod relative;
pub(crate) mod ring;
pub mod script_vfs;
pub mod stream;
pub(crate) mod uio;
pub(crate) mod uos;
pub(crate) mod vfs;
