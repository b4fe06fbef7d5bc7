//! Sessions as the command line describes them: the board, its network, Ctrl-C, and restarts.

use crate::args::Module;
use crate::commands::{Program, contradictions};
use crate::ending::Ending;
use crate::terminal::{RESTARTS, Terminal};
use crate::wires::{Where, Wire as PortWire};
use crate::{exit_code, say};
use parking_lot::Mutex;
use quecpy_lab::Lab;
use quecpy_net::StackOptions;
use quecpy_net::process::{self, Signal, Stream, TerminalModes};
use quecpy_net::sandbox::Reach;
use quecpy_runtime::front::{Current, Front, Interrupted};
use quecpy_runtime::main_port::{self, MainPort};
use quecpy_runtime::serial::{self, Attachment, End, Wire};
use quecpy_runtime::{Board, Console, Description, Extension, OnFault, Options, Outcome, Storage, Work, power_on};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who talks to the module when its work is done.
pub enum Talk {
    /// Nobody: the program ends.
    Nobody,
    /// A person in the terminal.
    Terminal,
    /// Whoever is at the main serial port, which is there.
    Port(Vec<Where>),
}

/// What a module is powered on for.
pub struct Plan {
    /// The folder that is its /usr.
    pub project: PathBuf,
    pub work: Work,
    pub arguments: Vec<String>,
    pub talk: Talk,
}

/// What the module shows at power-on, without a word on the command line.
const MAIN: &str = "main.py";

/// The file that `--main` names, as the script sees it.
pub fn main_file(main: Option<&str>) -> String {
    let file = main.unwrap_or(MAIN);
    if file.starts_with('/') { file.to_owned() } else { format!("/usr/{file}") }
}

impl Talk {
    fn front(self, current: &Current, board: &Arc<Board>, ending: &Ending) -> Option<Box<dyn Front>> {
        match self {
            Self::Nobody => None,
            Self::Terminal => {
                let modes = TerminalModes::now();
                ending.at_end(move || put_back(&modes));
                Some(Box::new(Terminal::new(current.clone())))
            }
            Self::Port(places) => {
                let wires: Vec<_> = places.into_iter().map(|place| Arc::new(PortWire::new(place))).collect();
                let cut = wires.clone();
                ending.at_end(move || cut.iter().for_each(|wire| wire.close()));
                let wires = wires.into_iter().map(|wire| wire as Arc<dyn main_port::Wire>).collect();
                Some(Box::new(MainPort::new(wires, current.clone(), board.clone())))
            }
        }
    }
}

/// Leaves the terminal as it was, when a line is being edited in it.
fn put_back(modes: &TerminalModes) {
    if modes.restore() {
        // Ends bracketed paste, and the line. Whoever has closed the terminal does not miss it.
        let _ = process::write_text(Stream::Out, "\x1b[?2004l\r\n");
    }
}

/// The board of a board file, or the default one.
///
/// # Errors
/// One line that says what is wrong with the file.
pub fn description(file: Option<&Path>) -> Result<Description, String> {
    let Some(file) = file else { return Ok(Description::default()) };
    Description::parse(&board_text(file)?).map_err(|e| format!("--board: {}: {e}", file.display()))
}

/// The text of a board file.
///
/// # Errors
/// One line that says why it cannot be read.
pub fn board_text(file: &Path) -> Result<String, String> {
    let unreadable = |e| format!("--board: cannot read {}: {}", file.display(), say::reason(&e));
    let bytes = std::fs::read(file).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| format!("--board: {} is not UTF-8 text", file.display()))
}

/// What `MICROPYPATH` says, as paths of the flash: what lies in the project's folder is in `/usr`. What lies elsewhere a
/// script cannot reach.
fn module_path(path: &OsStr, project: &Path) -> Vec<String> {
    let project = std::path::absolute(project).unwrap_or_else(|_| project.to_owned());
    let in_flash = |entry: PathBuf| match entry.strip_prefix(&project) {
        Ok(below) => Path::new("/usr").join(below),
        Err(_) => entry,
    };
    std::env::split_paths(path).map(in_flash).map(|entry| entry.to_string_lossy().replace('\\', "/")).collect()
}

/// Powers a module on, again whenever it restarts, and returns the exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn run(program: &Program<'_>, module: &Module, plan: Plan) -> Result<u8, String> {
    let Plan { project, work, arguments, talk } = plan;
    let module_path = std::env::var_os("MICROPYPATH").map(|path| module_path(&path, &project)).unwrap_or_default();
    contradictions::check(module, if let Talk::Port(places) = &talk { places } else { &[] })?;
    if matches!(talk, Talk::Terminal) {
        // All threads but the one that edits lines.
        quecpy_net::take_terminal_signals(false);
    }
    let description = description(module.model.board.as_deref())?;
    let mut network = StackOptions {
        overrides: module.resolve.clone(),
        forwards: module.forward.clone(),
        expose: module.expose,
        ..StackOptions::default()
    };
    if module.lab {
        let lab = Lab::start().map_err(|e| format!("--lab: cannot start the built-in network: {}", say::reason(&e)))?;
        say::error(&format!("quecpy: {}\n", lab.summary()));
        network.upstream = Some(lab);
    }
    let board = Board::new(description, project.clone(), module.storage())
        .map_err(|e| format!("cannot use {} as the module's /usr: {}", project.display(), say::reason(&e)))?;
    if let Work::Boot(main) = &work {
        look_for(main, &project, &board, &talk)?;
    }
    let ending = program.ending;
    let wires = attach(module, &board)?;
    let cut = wires.clone();
    ending.at_end(move || take(&cut).into_iter().for_each(Wire::cut));
    let current = Current::default();
    // In the terminal it is said above the line that is being edited.
    let is_said = matches!(talk, Talk::Terminal);
    let at_port = matches!(talk, Talk::Port(_));
    on_signals(current.clone(), ending.clone(), at_port);
    let front = talk.front(&current, &board, ending);
    let console = front.as_ref().map(|f| f.console());
    let options = Options {
        console: console.unwrap_or_else(|| Console::of_process(ending.on_output_failure())),
        firmware: module.model.firmware(),
        strict: module.model.strict,
        heap: module.model.heap,
        network,
        arguments,
        module_path,
        exit: module.exit || front.is_some(),
        extension: Extension { modules: program.modules, ..Extension::default() },
        // At the port it is the client who sees the console.
        on_fault: at_port.then(|| Arc::new(|fault: &_| say::error(&format!("{fault}\n"))) as OnFault),
        reach: (!module.no_sandbox).then(|| reach(module.storage(), project)),
        ..Options::default()
    };
    let restarts = || {
        if !is_said {
            say::error(&format!("{RESTARTS}\n"));
        }
    };
    let (outcome, session) = power_on(&board, &options, &work, front, &current, &restarts, board.time.busy())?;
    // What was sent last has its time to be read.
    drop(take(&wires));
    if outcome == Outcome::PowerDown {
        say::error("quecpy: the module is powered down\n");
    }
    // Not dropped: the process ends here, and with it all that the VM holds.
    std::mem::forget(session);
    Ok(exit_code::of(outcome))
}

/// Whether the file that is to run at power-on is there. Without it there must be somebody to talk to the module.
fn look_for(main: &str, project: &Path, board: &Board, talk: &Talk) -> Result<(), String> {
    if board.flash.stat(main).is_ok() {
        return Ok(());
    }
    let name = main.strip_prefix("/usr/").unwrap_or(main);
    let other = board.flash.stat("/usr/_main.py").is_ok() && name != "_main.py";
    let tip = if other { "; there is a _main.py: --main _main.py runs it" } else { "" };
    let text = format!("{} has no {name}, which runs at power-on{tip}", project.display());
    match talk {
        Talk::Nobody => Err(text),
        _ if name != MAIN => Err(text),
        Talk::Terminal | Talk::Port(_) => {
            say::error(&format!("quecpy: {text}\n"));
            Ok(())
        }
    }
}

/// The wires of the serial ports, until somebody takes them.
type Attached = Arc<Mutex<Vec<Wire>>>;

fn take(wires: &Attached) -> Vec<Wire> {
    std::mem::take(&mut *wires.lock())
}

/// What is left of the computer's files to the threads that run scripts: the folders of the module's flash.
fn reach(storage: Storage, project: PathBuf) -> Reach {
    match storage {
        Storage::Ephemeral => Reach { read: vec![project], write: Vec::new() },
        Storage::Overlay | Storage::Direct => Reach { read: Vec::new(), write: vec![project] },
    }
}

/// Connects serial ports.
fn attach(module: &Module, board: &Arc<Board>) -> Result<Attached, String> {
    let attach = |uart: &Attachment| {
        let at = match &uart.end {
            End::Terminal(Some(link)) => format!("{}:pty={}", uart.uart, link.display()),
            End::Tcp(address) => format!("{}:tcp={address}", uart.uart),
            End::Terminal(None) | End::Loop => uart.uart.to_string(),
        };
        let wire = serial::attach(board, uart);
        let wire = wire.map_err(|e| format!("--uart {at}: {}", say::reason(&e)))?;
        if let Some(notice) = &wire.notice {
            say::error(&format!("quecpy: {notice}\n"));
        }
        Ok(wire)
    };
    module.uart.iter().map(attach).collect::<Result<Vec<_>, String>>().map(|wires| Arc::new(Mutex::new(wires)))
}

/// Within this time a second Ctrl-C is an order.
const IMPATIENCE: Duration = Duration::from_secs(2);

/// Ctrl-C: the first one interrupts the script, a second one soon after, or while the script has taken no notice of the
/// first, ends the program. At the serial port nobody would see what it interrupts: it ends the program at once, as all
/// other signals do.
fn on_signals(current: Current, ending: Ending, at_port: bool) {
    let mut last: Option<(Instant, u64)> = None;
    let handler = move |signal: Signal| {
        if signal != Signal::Interrupt || at_port {
            ending.exit(signal.status());
        }
        let job = current.job();
        let again = last.is_some_and(|(at, before)| before == job && at.elapsed() < IMPATIENCE);
        if again || current.interrupt() != Interrupted::ForTheFirstTime {
            ending.exit(exit_code::INTERRUPTED);
        }
        last = Some((Instant::now(), job));
    };
    // Without it signals do what they do to any program.
    let _ = process::on_signals(handler);
}
