//! What the program does, a command each.

pub mod board;
pub mod boot;
pub mod run;
mod session;
pub mod test;
