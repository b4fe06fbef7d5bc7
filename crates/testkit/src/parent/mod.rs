//! The process that runs the workers: which tests there are, which of them run, and what is reported of them.

pub mod config;
pub mod discover;
pub mod execute;
mod heard;
mod printer;
mod process;
pub mod reporter;
pub mod run;
pub mod select;
mod stop;

pub use printer::Printer;
pub use stop::Stop;
