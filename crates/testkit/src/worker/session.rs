//! The process that runs one file of tests: one session on a fresh board. It is told what to do on its standard input,
//! a line of JSON each, and tells what happens on its standard output (see [`crate::events`]).

use crate::commands::Commands;
use crate::events::{Channel, Event, Why};
use crate::fixtures::network::Network;
use crate::fixtures::script::Stage;
use crate::setup::Setup;
use crate::worker::capture::{Capture, Which};
use crate::worker::fault::on_fault;
use crate::worker::kit::Kit;
use crate::worker::source::Sources;
use crate::worker::time_is_up::time_is_up;
use crate::worker::watchdog::Watchdog;
use parking_lot::Mutex;
use quecpy_device::{Board, Description, Storage, Time};
use quecpy_modules::bridge::exceptions::traceback;
use quecpy_modules::registry::{Module, frozen, native};
use quecpy_net::{StackOptions, sandbox};
use quecpy_runtime::{Console, Extension, Options, Session};
use quecpy_usocket::Semantics;
use rustpython_vm::VirtualMachine;
use rustpython_vm::frozen::FrozenModule;
use std::io;
use std::sync::Arc;

/// Modules of sessions that run tests.
static MODULES: &[Module] = &[
    frozen("_pytest_builtin", ""),
    frozen("_pytest_device", ""),
    frozen("_pytest_explain", ""),
    frozen("_pytest_fixtures", ""),
    frozen("_pytest_marks", ""),
    frozen("_pytest_module", ""),
    frozen("_pytest_outcomes", ""),
    frozen("_pytest_raises", ""),
    frozen("_pytest_report", ""),
    frozen("_pytest_run", ""),
    native("_quecpy_test", crate::worker::native::definition, ""),
    frozen("pytest", "tests (only under `quecpy test`)"),
];

fn frozen_modules() -> Vec<(&'static str, FrozenModule)> {
    rustpython_vm::py_freeze!(dir = "frozen").into_iter().collect()
}

/// The modules of tests, and those that the program has beside them.
fn extension(more: &[Module]) -> Extension {
    if more.is_empty() {
        return Extension { modules: MODULES, frozen: frozen_modules };
    }
    let all = [MODULES, more].concat();
    // One session, which lasts as long as the process.
    Extension { modules: all.leak(), frozen: frozen_modules }
}

/// Runs as a worker, to the end of the process. Its sessions have `more` modules.
///
/// # Errors
/// One line about what the parent said wrong.
pub fn run(more: &[Module]) -> Result<u8, String> {
    let commands = Commands::start();
    let line = commands.next().ok_or("nobody says what to test")?;
    let value = serde_json::from_str(&line).map_err(|e| format!("cannot understand what to test: {e}"))?;
    let setup: Setup = serde_json::from_str(&line).map_err(|e| format!("cannot understand what to test: {e}"))?;
    let channel = Channel::new(io::stdout());
    let session = match session(&setup, &channel, commands, extension(more)) {
        Ok(session) => session,
        Err(text) => {
            channel.send(&failed(text));
            return Ok(1);
        }
    };
    if setup.sandbox
        && let Err(e) = sandbox::enter(&setup.reach())
    {
        channel.send(&failed(format!("cannot keep the tests in: {e}; --no-sandbox does without")));
        return Ok(1);
    }
    session.guarded(|vm| {
        if let Err(text) = main(&value, vm) {
            channel.send(&failed(text));
        }
    });
    channel.send(&Event::Finished {});
    // Not dropped: the process ends here, and with it all that the VM holds.
    std::mem::forget(session);
    Ok(0)
}

fn failed(text: String) -> Event {
    let why = Why { message: text.lines().last().unwrap_or_default().to_owned(), text, ..Why::default() };
    Event::Collected { items: Vec::new(), error: Some(why), skipped: None, sections: Vec::new() }
}

fn session(setup: &Setup, channel: &Channel, commands: Commands, extension: Extension) -> Result<Session, String> {
    let description = setup.board.as_deref().map_or_else(|| Ok(Description::default()), Description::parse)?;
    let firmware = Semantics::named(&setup.firmware).unwrap_or(&quecpy_usocket::semantics::DOCUMENTED);
    let board =
        Board::with_time(description, setup.project.clone(), Storage::Ephemeral, Time::steered()).map_err(|e| {
            format!("cannot use {} as the module's /usr: {}", setup.project.display(), quecpy_net::process::reason(&e))
        })?;
    let capture = Capture::new(channel.clone(), setup.pass_on);
    let console = Console::new(io::empty(), capture.end(Which::Out), capture.end(Which::Err));
    let network = Arc::new(Network::default());
    let notices = capture.clone();
    let options = Options {
        firmware,
        strict: setup.strict,
        heap: setup.heap,
        console,
        network: StackOptions {
            upstream: Some(network.clone()),
            leaks: Some(Arc::default()),
            notice: Arc::new(move |line| notices.write(Which::Err, format!("quecpy: {line}\n").as_bytes())),
            ..StackOptions::default()
        },
        arguments: vec![setup.shown.clone()],
        extension,
        on_fault: Some(on_fault(channel)),
        ..Options::default()
    };
    let session = Session::on(board.clone(), options);
    let watchdog = Watchdog::default();
    watchdog.start(session.interrupter(), channel.clone(), time_is_up);
    let kit = Kit {
        board,
        channel: channel.clone(),
        capture,
        sources: Sources::default(),
        watchdog,
        stage: Stage {
            board: session.board().clone(),
            network: network.clone(),
            firmware,
            strict: setup.strict,
            heap: setup.heap,
            channel: channel.clone(),
        },
        commands,
        network,
        files: setup.files().map(str::to_owned).collect(),
        verbose: setup.verbose,
        in_full: setup.in_full,
        scripts: Mutex::default(),
    };
    session.enter(|vm| kit.install(vm).map_err(|e| traceback::text(&e, vm)))?;
    Ok(session)
}

fn main(setup: &serde_json::Value, vm: &VirtualMachine) -> Result<(), String> {
    let act = || {
        let setup = crate::worker::convert::to_python(setup, vm)?;
        vm.import("_pytest_run", 0)?.get_attr("main", vm)?.call((setup,), vm)
    };
    act().map(drop).map_err(|e| traceback::text(&e, vm))
}
