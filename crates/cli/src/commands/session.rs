//! Sessions as the command line describes them: the board, its network, Ctrl-C, and restarts.

use crate::args::Module;
use crate::exit_code;
use crate::front::{Current, Front};
use crate::main_port::{MainPort, Where};
use crate::terminal::Terminal;
use quecpy_lab::Lab;
use quecpy_net::StackOptions;
use quecpy_runtime::interactive::Next;
use quecpy_runtime::serial::{self, Attachment, Wire};
use quecpy_runtime::{Board, Description, Interrupter, Options, Outcome, Session, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// What a module does when it is powered on.
pub enum Work {
    /// Runs this.
    Script(Source),
    /// Runs main.py of its flash.
    Boot,
    /// Nothing: it waits at its prompt.
    Idle,
}

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
            Self::Port(places) => Some(Box::new(MainPort::new(places, current.clone(), board.clone()))),
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
    let description = description(module.board.as_deref())?;
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
    let ctrl_c = CtrlC::default();
    let front = talk.front(&ctrl_c.0, &board);
    let options = Options {
        console: front.as_ref().map(|f| f.console()).unwrap_or_default(),
        firmware: module.firmware(),
        strict: module.strict,
        network,
        arguments,
        exit: module.exit || front.is_some(),
        ..Options::default()
    };
    power_on(&board, &options, work, front, &ctrl_c)
}

/// Sessions on one board, one after another.
fn power_on(
    board: &Arc<Board>,
    options: &Options,
    work: &Work,
    mut front: Option<Box<dyn Front>>,
    ctrl_c: &CtrlC,
) -> Result<u8, String> {
    let mut work = work;
    loop {
        let session = Session::on(board.clone(), options.clone());
        ctrl_c.interrupts(session.interrupter());
        let banner = session.banner();
        if let Some(front) = &mut front {
            front.starting(&banner)?;
        }
        let outcome = match work {
            Work::Script(source) => session.run(source),
            Work::Boot => session.boot(),
            Work::Idle => Outcome::Done,
        };
        if let Some(front) = front.as_mut().filter(|_| !matches!(outcome, Outcome::PowerDown | Outcome::Restart)) {
            front.ready(&banner)?;
            match session.serve(&front.inbox()) {
                Next::Quit => {
                    std::mem::forget(session);
                    return Ok(0);
                }
                Next::SoftReset => {
                    session.end();
                    front.soft_reset();
                    // A script given on the command line is run once; main.py is run at every start.
                    let again = matches!(work, Work::Boot) && front.runs_main();
                    work = if again { work } else { &Work::Idle };
                    continue;
                }
                // Power: below.
                Next::Continue => {}
            }
        }
        let outcome = session.powered_off().unwrap_or(outcome);
        if outcome != Outcome::Restart {
            // Not dropped: the process ends here, and with it all that the VM holds.
            std::mem::forget(session);
            return Ok(exit_code::of(outcome));
        }
        drop(session);
        eprintln!("quecpy: the module restarts");
        board.restart();
    }
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
#[derive(Default)]
struct CtrlC(Current);

impl CtrlC {
    /// From now on it interrupts this session.
    fn interrupts(&self, interrupter: Interrupter) {
        if self.0.set(interrupter) {
            return;
        }
        let current = self.0.clone();
        let again = AtomicBool::new(false);
        let handler = move || {
            if again.swap(true, SeqCst) {
                std::process::exit(i32::from(exit_code::INTERRUPTED));
            }
            current.interrupt();
            again.store(false, SeqCst);
        };
        // Fails only if a handler is set already, which nobody else does.
        let _ = ctrlc::set_handler(handler);
    }
}
