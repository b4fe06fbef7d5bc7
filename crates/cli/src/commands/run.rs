//! Running one script: from a file, from `-c`, or from standard input.

use crate::args::Args;
use crate::exit_code;
use quecpy_lab::Lab;
use quecpy_net::StackOptions;
use quecpy_runtime::serial::{self, Attachment, Wire};
use quecpy_runtime::{Interrupter, Options, Session, Source};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Runs what the command line names and returns the exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn run(args: Args) -> Result<u8, String> {
    let script = script(&args)?;
    let mut network = StackOptions {
        overrides: args.resolve.clone(),
        forwards: args.forward.clone(),
        expose: args.expose,
        ..StackOptions::default()
    };
    if args.lab {
        let lab = Lab::start().map_err(|e| format!("--lab: cannot start the built-in network: {e}"))?;
        eprintln!("quecpy: {}", lab.summary());
        network.beyond = Some(lab);
    }
    let session = Session::new(Options {
        firmware: args.firmware(),
        strict: args.strict,
        network,
        project: script.project.clone(),
        storage: args.storage(),
        arguments: script.arguments,
        ..Options::default()
    })
    .map_err(|e| format!("cannot use {} as the module's /usr: {e}", script.project.display()))?;
    let wires = attach(&args, &session)?;
    on_ctrl_c(session.interrupter());
    let outcome = session.run(&script.source);
    // Not dropped: the process ends here, and with it all that the VM holds.
    std::mem::forget(session);
    drop(wires);
    Ok(exit_code::of(outcome))
}

/// Connects serial ports, until the wires are dropped.
fn attach(args: &Args, session: &Session) -> Result<Vec<Wire>, String> {
    let attach = |uart: &Attachment| {
        let wire = serial::attach(session.board(), uart);
        let wire = wire.map_err(|e| format!("--uart {}: {e}", uart.uart))?;
        if let Some(notice) = &wire.notice {
            eprintln!("quecpy: {notice}");
        }
        Ok(wire)
    };
    args.uart.iter().map(attach).collect()
}

/// What is to be run.
struct Script {
    source: Source,
    /// The folder that is the module's /usr.
    project: PathBuf,
    arguments: Vec<String>,
}

fn script(args: &Args) -> Result<Script, String> {
    let text = |p: &PathBuf| p.to_string_lossy().into_owned();
    let here = || PathBuf::from(".");
    if let Some(code) = &args.code {
        let arguments = std::iter::once("-c".to_owned()).chain(args.script.iter().map(text)).collect();
        return Ok(Script { source: Source::text("<string>", code.as_str()), project: here(), arguments });
    }
    let Some(file) = args.script.first().filter(|f| f.as_os_str() != "-") else {
        if std::io::stdin().is_terminal() && args.script.is_empty() {
            return Err("no script given, and standard input is a terminal; see quecpy --help".into());
        }
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("cannot read standard input: {e}"))?;
        let source = decode(bytes, "<stdin>")?;
        return Ok(Script { source, project: here(), arguments: vec![String::new()] });
    };
    let name = text(file);
    let bytes = std::fs::read(file).map_err(|e| unreadable(file, &e))?;
    let project = file.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(here, Path::to_path_buf);
    Ok(Script { source: decode(bytes, &name)?, project, arguments: args.script.iter().map(text).collect() })
}

fn unreadable(file: &Path, e: &std::io::Error) -> String {
    let why = match e.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ if file.is_dir() => "it is a folder; name the script in it".to_owned(),
        _ => e.to_string(),
    };
    format!("cannot run {}: {why}", file.display())
}

/// Source as text. A byte order mark, which editors on Windows leave, is passed over.
fn decode(bytes: Vec<u8>, name: &str) -> Result<Source, String> {
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = 1 + e.as_bytes()[..at].iter().filter(|b| **b == b'\n').count();
        format!("cannot run {name}: line {line} is not UTF-8; save the file as UTF-8")
    })?;
    Ok(Source::text(name, text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// The first Ctrl-C interrupts the script; a second one, when the script takes no notice, ends the program.
fn on_ctrl_c(interrupter: Interrupter) {
    let again = Arc::new(AtomicBool::new(false));
    let handler = move || {
        if again.swap(true, SeqCst) {
            std::process::exit(i32::from(exit_code::INTERRUPTED));
        }
        interrupter.interrupt();
        again.store(false, SeqCst);
    };
    // Fails only if a handler is set already, which nobody else does.
    let _ = ctrlc::set_handler(handler);
}
