//! What the program does, a command each.

pub mod board;
pub mod boot;
pub mod run;
pub mod serial;
mod session;
pub mod test;
