//! The process that runs the workers: which tests there are, which of them run, and what is reported of them.

mod cache;
pub mod config;
pub mod discover;
pub mod execute;
mod heard;
mod options;
mod printer;
mod process;
pub mod reporter;
pub mod run;
pub mod select;
mod stop;

pub use options::Options;
pub use printer::Printer;
pub use stop::Stop;
