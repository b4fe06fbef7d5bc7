//! The board file: what a board is made of, in TOML; how it is read, checked and written.

mod check;
mod description;
mod fields;
mod write;

pub use check::number;
pub use description::*;
