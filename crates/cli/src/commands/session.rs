//! Sessions as the command line describes them: the board, its network, Ctrl-C, and restarts.

use crate::args::Module;
use crate::exit_code;
use crate::terminal::Terminal;
use crate::wires::{Where, Wires};
use quecpy_lab::Lab;
use quecpy_net::StackOptions;
use quecpy_runtime::front::{Current, Front};
use quecpy_runtime::main_port::MainPort;
use quecpy_runtime::serial::{self, Attachment, Wire};
use quecpy_runtime::{Board, Description, Options, Work, power_on};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Who talks to the module when its work is done.
pub enum Talk {
    /// Nobody: the program ends.
    Nobody,
    /// A person in the terminal.
    Terminal,
    /// Whoever is at the main serial port, which is there.
    Port(Vec<Where>),
}

impl Talk {
    fn front(self, current: &Current, board: &Arc<Board>) -> Option<Box<dyn Front>> {
        match self {
            Self::Nobody => None,
            Self::Terminal => Some(Box::new(Terminal::new(current.clone()))),
            Self::Port(places) => {
                let wires = Arc::new(Wires::new(places));
                Some(Box::new(MainPort::new(wires, current.clone(), board.clone())))
            }
        }
    }
}

/// The board of a board file, or the default one.
///
/// # Errors
/// One line that says what is wrong with the file.
pub fn description(file: Option<&Path>) -> Result<Description, String> {
    let Some(file) = file else { return Ok(Description::default()) };
    let text = std::fs::read_to_string(file).map_err(|e| format!("--board: cannot read {}: {e}", file.display()))?;
    Description::parse(&text).map_err(|e| format!("--board: {}: {}", file.display(), e.trim_end()))
}

/// Powers a module on, again whenever it restarts, and returns the exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn run(module: &Module, project: PathBuf, work: &Work, arguments: Vec<String>, talk: Talk) -> Result<u8, String> {
    if matches!(talk, Talk::Terminal) {
        // All threads but the one that edits lines.
        quecpy_net::take_suspension(false);
    }
    let description = description(module.model.board.as_deref())?;
    let mut network = StackOptions {
        overrides: module.resolve.clone(),
        forwards: module.forward.clone(),
        expose: module.expose,
        ..StackOptions::default()
    };
    if module.lab {
        let lab = Lab::start().map_err(|e| format!("--lab: cannot start the built-in network: {e}"))?;
        eprintln!("quecpy: {}", lab.summary());
        network.beyond = Some(lab);
    }
    let board = Board::new(description, project.clone(), module.storage())
        .map_err(|e| format!("cannot use {} as the module's /usr: {e}", project.display()))?;
    let _wires = attach(module, &board)?;
    let current = Current::default();
    break_by_ctrl_c(current.clone());
    let front = talk.front(&current, &board);
    let options = Options {
        console: front.as_ref().map(|f| f.console()).unwrap_or_default(),
        firmware: module.model.firmware(),
        strict: module.model.strict,
        network,
        arguments,
        exit: module.exit || front.is_some(),
        ..Options::default()
    };
    let restarts = || eprintln!("quecpy: the module restarts");
    let (outcome, session) = power_on(&board, &options, work, front, &current, &restarts)?;
    // Not dropped: the process ends here, and with it all that the VM holds.
    std::mem::forget(session);
    Ok(exit_code::of(outcome))
}

/// Connects serial ports, until the wires are dropped.
fn attach(module: &Module, board: &Arc<Board>) -> Result<Vec<Wire>, String> {
    let attach = |uart: &Attachment| {
        let wire = serial::attach(board, uart);
        let wire = wire.map_err(|e| format!("--uart {}: {e}", uart.uart))?;
        if let Some(notice) = &wire.notice {
            eprintln!("quecpy: {notice}");
        }
        Ok(wire)
    };
    module.uart.iter().map(attach).collect()
}

/// Ctrl-C: the first one interrupts the script; a second one, when the script takes no notice, ends the program.
fn break_by_ctrl_c(current: Current) {
    let again = AtomicBool::new(false);
    let handler = move || {
        if again.swap(true, SeqCst) || !current.interrupt() {
            std::process::exit(i32::from(exit_code::INTERRUPTED));
        }
        again.store(false, SeqCst);
    };
    // Fails only if a handler is set already, which nobody else does.
    let _ = ctrlc::set_handler(handler);
}
