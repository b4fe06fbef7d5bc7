//! Building a VM and running scripts in it.

use crate::imports::Importer;
use crate::stdio::{self, Console};
use crate::{boot, builtins, dialect, exceptions, types, walls};
use quecpy_device::{Flash, Storage};
use quecpy_modules::{Board, Clock, Threads, registry, set_arguments, traceback};
use quecpy_net::{Stack, StackOptions, Waiter};
use quecpy_usocket::{Environment, Semantics, semantics};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt};
use rustpython_vm::compiler::Mode;
use rustpython_vm::scope::Scope;
use rustpython_vm::signal::{UserSignalSender, user_signal_channel};
use rustpython_vm::{AsObject, Interpreter, InterpreterBuilder, PyResult, Settings, VirtualMachine};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// How a session is set up. The default is the documented firmware on the real internet and the process's streams.
#[derive(Clone)]
pub struct Options {
    pub firmware: &'static Semantics,
    /// Without the kindnesses that no firmware has.
    pub strict: bool,
    pub network: StackOptions,
    pub console: Console,
    /// The folder that is the module's `/usr`.
    pub project: PathBuf,
    /// Where what a script writes is kept.
    pub storage: Storage,
    /// `usys.argv`
    pub arguments: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            firmware: &semantics::DOCUMENTED,
            strict: false,
            network: StackOptions::default(),
            console: Console::default(),
            project: PathBuf::from("."),
            storage: Storage::Overlay,
            arguments: Vec::new(),
        }
    }
}

/// A script: its text, and its name as tracebacks show it.
#[derive(Debug, Clone)]
pub struct Source {
    pub name: String,
    pub text: String,
}

impl Source {
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// How a script ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// By running to its end.
    Done,
    /// By `usys.exit(status)`.
    Exit(u8),
    /// By an exception, which was printed.
    Failed,
    /// By Ctrl-C.
    Interrupted,
}

/// One VM with its modules, streams and network. Runs scripts on the thread that made it.
pub struct Session {
    interpreter: Interpreter,
    stack: Arc<Stack>,
    console: Console,
    signals: UserSignalSender,
    main: Arc<Waiter>,
    scope: Scope,
}

/// Breaks the running script from another thread.
#[derive(Clone)]
pub struct Interrupter {
    signals: UserSignalSender,
    main: Arc<Waiter>,
}

impl Interrupter {
    /// Raises KeyboardInterrupt in the script's main thread, also out of a wait.
    pub fn interrupt(&self) {
        let pending = Arc::new(AtomicBool::new(true));
        let again = self.clone();
        // Another thread of the script may look up first, see nothing for itself, and clear the sign.
        let repeat = move || {
            while pending.load(SeqCst) && again.send(&pending) {
                again.main.interrupt();
                quecpy_net::pause();
            }
        };
        // If no thread can be had, the next Ctrl-C tries again.
        let _ = std::thread::Builder::new().name("interrupt".into()).spawn(repeat);
    }

    /// False when the VM is gone.
    fn send(&self, pending: &Arc<AtomicBool>) -> bool {
        let pending = pending.clone();
        let raise = move |vm: &VirtualMachine| {
            if !pending.swap(false, SeqCst) {
                return Ok(());
            }
            let class = vm.ctx.exceptions.keyboard_interrupt.to_owned();
            Err(vm.new_exception(class, vec![]))
        };
        self.signals.send(Box::new(raise)).is_ok()
    }
}

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
    settings.stdio_encoding = Some("utf-8".into());
    settings.stdio_errors = Some("surrogateescape".into());
    settings
}

impl Session {
    /// Starts a VM.
    ///
    /// # Errors
    /// Those of opening the project's folder.
    ///
    /// # Panics
    /// If the VM cannot set itself up, which is a bug of this program.
    pub fn new(options: Options) -> std::io::Result<Self> {
        let Options { firmware, strict, network, console, project, storage, arguments } = options;
        let flash = Flash::open(project, storage)?;
        let (signals, receiver) = user_signal_channel();
        let stack = Stack::new(network);
        let builder = InterpreterBuilder::new().settings(settings()).init_hook(move |vm: &mut VirtualMachine| {
            vm.set_user_signal_channel(receiver);
            // While nothing of the types is cached yet.
            exceptions::install(vm);
            types::install(vm);
        });
        let modules = registry::native_modules(&builder.ctx);
        let at_start = boot::native_modules(&builder.ctx);
        let interpreter = builder
            .add_native_modules(&modules)
            .add_native_modules(&at_start)
            .add_frozen_modules(boot::frozen_modules())
            .add_frozen_modules(quecpy_modules::frozen_modules())
            .build();
        let column = if strict { firmware.strict() } else { *firmware };
        let scope = interpreter.enter(|vm| {
            let set_up = || -> PyResult<_> {
                stdio::install(&console, vm)?;
                let mut environment = Environment::new(stack.clone(), column);
                environment.report = report;
                environment.install(vm)?;
                Board::install(flash, vm)?;
                Clock::install(vm)?;
                Threads::install(vm)?;
                set_arguments(&arguments, vm)?;
                let modules = Importer::install(vm)?;
                builtins::install(vm)?;
                walls::install(vm)?;
                let globals = vm.ctx.new_dict();
                let main = vm.new_module("__main__", globals.clone(), None);
                modules.set_item("__main__", main.into(), vm)?;
                Ok(Scope::with_builtins(None, globals, vm))
            };
            set_up().unwrap_or_else(|e| panic!("setting up the session: {}", traceback::text(&e, vm)))
        });
        let main = stack.waiters.this_thread();
        Ok(Self { interpreter, stack, console, signals, main, scope })
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
        self.interpreter.enter(|vm| {
            let outcome = self.conclude(self.execute(source, vm), vm);
            if outcome == Outcome::Interrupted {
                return outcome;
            }
            match self.wait_for_the_living(vm) {
                Ok(()) => outcome,
                Err(e) => self.conclude(Err(e), vm),
            }
        })
    }

    fn execute(&self, source: &Source, vm: &VirtualMachine) -> PyResult<()> {
        let code = dialect::compile(&source.text, Mode::Exec, &source.name, vm.compile_opts(), vm)?;
        vm.run_code_obj(code, self.scope.clone()).map(drop)
    }

    fn wait_for_the_living(&self, vm: &VirtualMachine) -> PyResult<()> {
        quecpy_usocket::error::wait_or_raise(vm, &self.stack, || self.stack.living.wait(&self.stack.waiters))
    }

    fn conclude(&self, result: PyResult<()>, vm: &VirtualMachine) -> Outcome {
        let Err(e) = result else { return Outcome::Done };
        if e.fast_isinstance(vm.ctx.exceptions.system_exit) {
            return exit_status(&e, vm);
        }
        self.console.complain(&traceback::text(&e, vm));
        if e.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt) { Outcome::Interrupted } else { Outcome::Failed }
    }
}

/// `usys.exit()`, `exit(None)` and `exit(0)` are success; another int is the status; anything else is 1, as in
/// MicroPython's unix port.
fn exit_status(e: &PyBaseExceptionRef, vm: &VirtualMachine) -> Outcome {
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
        let _ = vm.call_method(&stderr, "write", (traceback::text(e, vm),));
    }
}
