//! The child process that runs the tests of one file: its session, what it tells its parent, and the assertions.

pub mod assertion;
mod capture;
pub(crate) mod convert;
mod diff;
pub(crate) mod fault;
pub(crate) mod kit;
mod native;
mod session;
mod source;
mod stacks;
mod time_is_up;
mod watchdog;

pub use session::run;
