//! What the program does, a command each.

pub mod board;
pub mod boot;
mod contradictions;
pub mod run;
pub mod serial;
mod session;
pub mod test;

use crate::ending::Ending;
use quecpy_modules::registry::Module;

/// What all commands have of the program.
pub struct Program<'a> {
    /// Modules beside those of the registry.
    pub modules: &'static [Module],
    pub ending: &'a Ending,
}
