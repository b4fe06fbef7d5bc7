//! `quecpy serial`: the board's main serial port, for the tools that people already use with modules.

use crate::args::Module;
use crate::commands::Program;
use crate::commands::session::{self, Plan, Talk};
use crate::wires::Where;
use quecpy_runtime::Work;
use std::path::PathBuf;

/// Powers a module on and serves its main serial port until Ctrl-C.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn serve(
    program: &Program<'_>,
    module: &Module,
    main: Option<&str>,
    project: Option<PathBuf>,
    places: Vec<Where>,
) -> Result<u8, String> {
    if places.is_empty() {
        return Err("serial: say where the port is to be: --pty, --pty=LINK or --listen 127.0.0.1:PORT".into());
    }
    if main.is_some() && project.is_none() {
        return Err("serial: --main is a file of a project folder, and none is named".into());
    }
    let work = if project.is_some() { Work::Boot(session::main_file(main)) } else { Work::Idle };
    let project = project.unwrap_or_else(|| PathBuf::from("."));
    session::run(program, module, Plan { project, work, arguments: Vec::new(), talk: Talk::Port(places) })
}
