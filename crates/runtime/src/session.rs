//! Building a VM and running scripts in it.

use crate::console::Console;
use crate::faults::Faults;
use crate::imports::{self, Importer};
use crate::interrupter::Interrupter;
use crate::options::{Options, Outcome, Source};
use crate::{boot, builtins, dialect, exceptions, sealed, stdio, types, walls};
use quecpy_device::{Board, Request};
use quecpy_modules::bridge::exceptions::traceback;
use quecpy_modules::bridge::module;
use quecpy_modules::{BoardHandle, Callbacks, Threads, set_arguments};
use quecpy_net::{Stack, Waiter};
use quecpy_usocket::{Environment, barrier, gil, text};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyInt};
use rustpython_vm::compiler::Mode;
use rustpython_vm::scope::Scope;
use rustpython_vm::signal::{UserSignalSender, user_signal_channel};
use rustpython_vm::{AsObject, Interpreter, InterpreterBuilder, PyResult, Settings, VirtualMachine};
use std::sync::Arc;
use std::time::Duration;

/// One VM with its modules, streams and network. Runs scripts on the thread that made it.
pub struct Session {
    interpreter: Interpreter,
    board: Arc<Board>,
    callbacks: Arc<Callbacks>,
    stack: Arc<Stack>,
    console: Console,
    faults: Arc<Faults>,
    signals: UserSignalSender,
    pub(crate) main: Arc<Waiter>,
    scope: Scope,
    exit: bool,
    _enrolled: Enrolled,
}

/// The part that the session's main thread has in the board's time; over with the session.
struct Enrolled(Arc<Stack>);

impl Drop for Enrolled {
    fn drop(&mut self) {
        self.0.waiters.forget_this_thread();
    }
}

/// A file that boot makes (the module contract, system, process model).
const REPL_SWITCH: (&str, &str) = ("/usr/system_config.json", "{\"replFlag\": 0}");
/// How long threads may take to end when power goes.
const LAST_STEPS: Duration = Duration::from_secs(2);

/// Settings that keep the VM off the host: no paths, no site, no environment, no files beside ours.
fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.isolated = true;
    settings.ignore_environment = true;
    settings.import_site = false;
    settings.user_site_directory = false;
    settings.write_bytecode = false;
    settings.safe_path = true;
    settings.install_signal_handlers = false;
    settings.allow_external_library = false;
    // Integers of any length are printed and read, as on a module; 0 is no limit.
    settings.int_max_str_digits = 0;
    settings.stdio_encoding = Some("utf-8".into());
    settings.stdio_errors = Some("surrogateescape".into());
    settings
}

impl Session {
    /// Powers a board on and starts a VM on it.
    ///
    /// # Errors
    /// Those of opening the project's folder.
    pub fn new(options: Options) -> std::io::Result<Self> {
        let board = Board::new(options.description.clone(), options.project.clone(), options.storage)?;
        Ok(Self::on(board, options))
    }

    /// Starts a VM on a board; what the options say of the board is passed over.
    ///
    /// # Panics
    /// If the VM cannot set itself up, which is a bug of this program.
    pub fn on(board: Arc<Board>, options: Options) -> Self {
        let Options { firmware, strict, mut network, console, arguments, module_path, heap, exit, .. } = options;
        let (extension, on_fault) = (options.extension, options.on_fault);
        let (signals, receiver) = user_signal_channel();
        network.addresses = board.addresses();
        let link = board.clone();
        network.link = Some(Arc::new(move || link.is_online()));
        network.time = board.time.clone();
        let stack = Stack::new(network);
        let start = move |vm: &mut VirtualMachine| {
            vm.set_user_signal_channel(receiver);
            boot::install(&extension, vm);
            // While nothing of the types is cached yet.
            exceptions::install(vm);
            types::install(vm);
            sealed::install(vm);
            walls::close_types(vm);
        };
        let interpreter = InterpreterBuilder::new().settings(settings()).init_hook(start).build();
        let faults = Faults::new(console.clone(), on_fault);
        let column = if strict { firmware.strict() } else { *firmware };
        let (scope, callbacks) = interpreter.enter(|vm| {
            let set_up = || -> PyResult<_> {
                stdio::install(&console, &stack, vm)?;
                let mut environment = Environment::new(stack.clone(), column);
                environment.report = report;
                let told = faults.clone();
                environment.on_fault = Arc::new(move |fault| told.end_all(&fault));
                environment.install(vm)?;
                let callbacks = Callbacks::new(stack.clone(), quecpy_modules::callback_depth(vm)?);
                let called = callbacks.clone();
                board.events.listen(Some(Arc::new(move |event| called.happened(event))));
                BoardHandle::install(board.clone(), callbacks.clone(), vm)?;
                Threads::install(vm)?;
                set_arguments(&arguments, vm)?;
                // As at each start of the firmware; there is no other folder than those that are always there.
                let _ = board.flash.change_folder(quecpy_modules::bridge::firmware::of(vm)?.start_folder);
                let modules = Importer::install(extension.modules, &module_path, vm)?;
                builtins::install(vm)?;
                walls::install(vm)?;
                let globals = vm.ctx.new_dict();
                let main = module::new("__main__", globals.clone(), vm)?;
                modules.set_item("__main__", main.into(), vm)?;
                gil::limit_heap(heap.unwrap_or(quecpy_modules::bridge::firmware::of(vm)?.heap), vm)?;
                Ok((imports::scope(globals, None), callbacks))
            };
            set_up().unwrap_or_else(|e| panic!("setting up the session: {}", traceback::text(&e, vm)))
        });
        let main = stack.waiters.this_thread();
        let enrolled = Enrolled(stack.clone());
        let session = Self {
            interpreter,
            board,
            callbacks,
            stack,
            console,
            faults,
            signals,
            main,
            scope,
            exit,
            _enrolled: enrolled,
        };
        let interrupter = session.interrupter();
        let end = move || {
            // Also a script that catches SystemExit ends, at its next wait.
            interrupter.main.stop();
            interrupter.in_main_thread(quecpy_modules::power_off);
        };
        let end = Arc::new(end);
        session.faults.set_end(end.clone());
        session.board.power.listen(Some(end));
        session
    }

    /// Does something in the VM, as [`Session::enter`]; a fault of this program in it is told, and ends the session's use.
    pub fn guarded<R>(&self, act: impl FnOnce(&VirtualMachine) -> R) -> Option<R> {
        barrier::catch(|| self.enter(act)).inspect_err(|fault| self.faults.tell(fault)).ok()
    }

    /// The session's faults.
    pub(crate) fn faults(&self) -> &Arc<Faults> {
        &self.faults
    }

    /// Does something in the VM, on the thread that made the session.
    pub fn enter<R>(&self, act: impl FnOnce(&VirtualMachine) -> R) -> R {
        self.interpreter.enter(|vm| {
            // Threads of the script run when this one is elsewhere.
            let _turn = gil::visit(&self.stack, vm);
            act(vm)
        })
    }

    /// The namespace of the script and of the prompt.
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The session's board.
    #[must_use]
    pub fn board(&self) -> &Arc<Board> {
        &self.board
    }

    /// A handle to break the session's script with.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter { signals: self.signals.clone(), main: self.main.clone() }
    }

    /// The session's network.
    #[must_use]
    pub fn stack(&self) -> &Arc<Stack> {
        &self.stack
    }

    /// Runs a script as `__main__`, prints the traceback of an exception that it does not catch, and waits for the
    /// threads it has left, as a module goes on while they live.
    pub fn run(&self, source: &Source) -> Outcome {
        let run = |vm: &VirtualMachine| {
            let mut outcome = self.conclude(self.execute(source, vm), vm);
            let goes_on = outcome != Outcome::Interrupted && !self.exit && !self.is_ending();
            if goes_on && let Err(e) = self.wait_for_the_living(vm) {
                outcome = self.conclude(Err(e), vm);
            }
            self.board.power.requested().map_or(outcome, |request| self.power_off(request, vm))
        };
        let outcome = self.guarded(run);
        outcome.filter(|_| !self.faults.happened()).unwrap_or(Outcome::Fault)
    }

    /// Whether somebody has asked for its end: the script, or a fault.
    pub(crate) fn is_ending(&self) -> bool {
        self.board.power.requested().is_some() || self.faults.happened()
    }

    /// Ends all that the script has left: threads, callbacks, sockets.
    pub fn end(self) {
        if self.guarded(|vm| self.end_all(vm)).is_some() {
            self.discard();
        } else {
            // Nothing more can be done with what is left of it.
            self.stack.waiters.forget_this_thread();
            std::mem::forget(self);
        }
    }

    /// Lets the VM go.
    pub(crate) fn discard(self) {
        let faults = self.faults.clone();
        if let Err(fault) = barrier::catch(move || drop(self)) {
            faults.tell(&fault);
        }
    }

    fn end_all(&self, vm: &VirtualMachine) {
        // What would still call back keeps nothing alive any more.
        self.board.peripherals.reset();
        // It may have been a thread that asked, and the script may just have ended by itself.
        let _ = quecpy_modules::power_off(vm);
        self.callbacks.end(vm);
        let gone = || self.stack.keep_alive.wait_for(LAST_STEPS, &self.stack.waiters);
        quecpy_usocket::gil::detached(vm, &self.stack, gone);
        self.let_go(vm);
    }

    /// What the prompt says when it opens.
    #[must_use]
    pub fn banner(&self) -> String {
        let version =
            self.enter(|vm| quecpy_modules::bridge::firmware::of(vm).map(|f| f.micropython)).unwrap_or_default();
        let [major, minor, patch] = version;
        let model = &self.board.description.identity.model;
        format!("MicroPython v{major}.{minor}.{patch}; {model} with QUECTEL\nType \"help()\" for more information.")
    }

    /// Carries out what the script asked for at the prompt, if it did.
    pub fn powered_off(&self) -> Option<Outcome> {
        let request = self.board.power.requested()?;
        Some(self.guarded(|vm| self.power_off(request, vm)).unwrap_or(Outcome::Fault))
    }

    /// Carries out what the script asked for.
    fn power_off(&self, request: Request, vm: &VirtualMachine) -> Outcome {
        self.end_all(vm);
        match request {
            Request::PowerDown => Outcome::PowerDown,
            Request::Restart | Request::Watchdog => Outcome::Restart,
        }
    }

    /// What a module does at power-on: says that it mounts its flash, makes the file of the REPL's switch if there is
    /// none, and runs `main`, if it is there.
    pub fn boot(&self, main: &str) -> Outcome {
        let line = self.enter(|vm| quecpy_modules::bridge::firmware::of(vm).ok().and_then(|f| f.boot_line));
        if let Some(line) = line {
            // There is nobody to tell that telling failed.
            let _ = self.console.print(format!("{line}\n").as_bytes());
        }
        let flash = &self.board.flash;
        if flash.stat(REPL_SWITCH.0).is_err() {
            // A flash that cannot be written does not keep a module from starting.
            let _ = flash.write(REPL_SWITCH.0, REPL_SWITCH.1.as_bytes());
        }
        match flash.read(main) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.run(&Source::text(main, text)),
                Err(_) => {
                    self.console.complain(&format!("{main} is not UTF-8; save the file as UTF-8\n"));
                    Outcome::Failed
                }
            },
            Err(_) => Outcome::Done,
        }
    }

    /// Drops what the script's modules hold, so that its sockets close.
    fn let_go(&self, vm: &VirtualMachine) {
        self.scope.globals.clear();
        let modules = vm.sys_module.get_attr("_quecpy_modules", vm).ok().and_then(|m| m.downcast::<PyDict>().ok());
        for (_, module) in modules.iter().flat_map(|m| m.clone().into_iter()) {
            if let Some(dict) = module.dict() {
                dict.clear();
            }
        }
    }

    fn execute(&self, source: &Source, vm: &VirtualMachine) -> PyResult<()> {
        let code = dialect::compile(&source.text, Mode::Exec, &source.name, vm)?;
        if quecpy_modules::bridge::firmware::of(vm)?.main_has_file {
            self.scope.globals.set_item("__file__", text::of_host(&source.name, vm).into(), vm)?;
        }
        let ended = dialect::run(code, self.scope.clone(), vm).map(drop);
        if self.is_ending() {
            return ended;
        }
        // Also behind an exception; it is the script's own that is told of, then.
        ended.and(quecpy_modules::run_at_exit(vm))
    }

    fn wait_for_the_living(&self, vm: &VirtualMachine) -> PyResult<()> {
        quecpy_usocket::wait::wait_or_raise(vm, &self.stack, || self.stack.keep_alive.wait(&self.stack.waiters))
    }

    fn conclude(&self, result: PyResult<()>, vm: &VirtualMachine) -> Outcome {
        let Err(e) = result else { return Outcome::Done };
        if self.is_ending() {
            return Outcome::Done;
        }
        if e.fast_isinstance(vm.ctx.exceptions.system_exit) {
            return exit_status(&e, vm);
        }
        self.console.complain_within(&traceback::text(&e, vm), &self.stack, vm);
        if e.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt) { Outcome::Interrupted } else { Outcome::Failed }
    }
}

/// `usys.exit()`, `exit(None)` and `exit(0)` are success; another int is the status; anything else is 1, as in
/// MicroPython's unix port.
pub(crate) fn exit_status(e: &PyBaseExceptionRef, vm: &VirtualMachine) -> Outcome {
    let args = e.args();
    match args.as_slice().first() {
        None => Outcome::Done,
        Some(status) if vm.is_none(status) => Outcome::Done,
        Some(status) => {
            let number = status.downcast_ref::<PyInt>().and_then(|i| i.try_to_primitive::<i64>(vm).ok());
            match number.map_or(1, |n| n & 0xff) {
                0 => Outcome::Done,
                n => Outcome::Exit(u8::try_from(n).unwrap_or(1)),
            }
        }
    }
}

/// Shows an exception that a callback did not catch.
fn report(vm: &VirtualMachine, e: &PyBaseExceptionRef) {
    if let Ok(stderr) = vm.sys_module.get_attr("stderr", vm) {
        // There is nobody to tell that telling failed.
        let _ = vm.call_method(&stderr, "write", (text::of_host(&traceback::text(e, vm), vm),));
    }
}
