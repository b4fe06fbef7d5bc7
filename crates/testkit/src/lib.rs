//! `quecpy test`: pytest-style tests for scripts.
//!
//! The parent process ([`run`]) finds the files, selects and reports; each file runs in a worker process of its own
//! ([`worker`]), so that a crash ends no more than the file. What pytest users write, the module `pytest`, is Python in
//! `frozen/`; what it needs of the host is `native`.

#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod assertion;
mod board;
mod capture;
mod commands;
pub mod config;
mod convert;
mod diff;
pub mod discover;
pub mod events;
pub mod execute;
mod native;
mod network;
mod printer;
mod process;
pub mod reporter;
pub mod run;
mod script;
pub mod select;
mod server;
mod source;
mod stacks;
mod watchdog;
pub mod worker;

pub use execute::Stop;
pub use printer::Printer;
pub use reporter::pretty::Style;
pub use run::{Options, run};
pub use worker::Setup;

/// How the files of the Python half are called in tracebacks.
const FROZEN: [&str; 2] = ["_pytest_", "pytest.py"];
