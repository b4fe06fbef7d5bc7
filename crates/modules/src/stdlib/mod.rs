//! The modules that MicroPython has, a file each, named as the module.

pub(crate) mod _thread;
pub(crate) mod binary;
pub(crate) mod cmath;
pub mod files;
pub(crate) mod framebuf;
pub(crate) mod gc;
pub(crate) mod heapq;
pub(crate) mod math;
pub(crate) mod micropython;
pub(crate) mod platform;
pub mod semaphore;
pub(crate) mod uerrno;
pub(crate) mod ujson;
pub(crate) mod urandom;
pub(crate) mod ure;
pub(crate) mod usys;
pub(crate) mod utime;

pub use micropython::optimisation;
