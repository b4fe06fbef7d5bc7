//! `quecpy test`: pytest-style tests for scripts.
//!
//! The parent process ([`run()`]) finds the files, selects and reports; each file runs in a worker process of its own
//! ([`worker`]), so that a crash ends no more than the file. What pytest users write, the module `pytest`, is Python in
//! `frozen/`; what it needs of the host is `native`.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod commands;
pub mod events;
pub mod exit_code;
mod fixtures;
mod parent;
mod setup;
pub mod worker;

pub use parent::reporter::pretty::Style;
pub use parent::run::run;
pub use parent::{Options, Printer, Stop, config, discover};
pub use setup::Setup;
pub use worker::assertion;
