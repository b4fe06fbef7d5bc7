//! `quecpy serial`: the board's main serial port, for the tools that people already use with modules.

use crate::args::Module;
use crate::commands::session::{self, Talk};
use crate::wires::Where;
use quecpy_runtime::Work;
use std::path::PathBuf;

/// Powers a module on and serves its main serial port until Ctrl-C.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn serve(module: &Module, project: Option<PathBuf>, places: Vec<Where>) -> Result<u8, String> {
    if places.is_empty() {
        return Err("serial: say where the port is to be: --pty, --pty=LINK or --listen 127.0.0.1:PORT".into());
    }
    let work = if project.is_some() { Work::Boot } else { Work::Idle };
    session::run(module, project.unwrap_or_else(|| PathBuf::from(".")), &work, Vec::new(), Talk::Port(places))
}
