//! `quecpy boot`: a module is powered on.

use crate::args::Module;
use crate::commands::Program;
use crate::commands::session::{self, Plan, Talk};
use quecpy_runtime::Work;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Powers a module on with `project` as its `/usr`, and returns the exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn boot(program: &Program<'_>, module: &Module, main: Option<&str>, project: PathBuf) -> Result<u8, String> {
    let talk = if std::io::stdin().is_terminal() { Talk::Terminal } else { Talk::Nobody };
    let work = Work::Boot(session::main_file(main));
    session::run(program, module, Plan { project, work, arguments: Vec::new(), talk })
}
