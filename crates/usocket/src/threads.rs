//! Threads of a VM that take turns: how one begins, and how a running one is made to pass its turn on.
//!
//! The VM looks for pending signals between bytecodes. A signal number that nobody sends serves as "somebody wants to
//! run": its handler passes the turn on. RustPython lets only the main thread set handlers, so a new thread counts as
//! the main one while it sets its own; nothing else runs then, since it has the turn.

use crate::barrier;
use crate::environment::Environment;
use crate::error::{detached, interrupted, os_error};
use quecpy_net::{Busy, Life, Stack, errno};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::signal::{SignalNum, set_interrupt_ex};
use rustpython_vm::stdlib::{_thread, builtin_module_defs};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use std::sync::Arc;

/// SIGVTALRM on Linux and macOS; SIGBREAK on Windows (untested).
const SWITCH: i32 = if cfg!(windows) { 21 } else { 26 };

/// Called before a script's second thread starts: from now on its threads take turns.
///
/// # Errors
/// Those of setting a signal handler.
pub fn begin(stack: &Arc<Stack>, vm: &VirtualMachine) -> PyResult<()> {
    stack.turn.set_ask(ask);
    vm.allow_threads(|| stack.turn.begin());
    listen(vm)
}

/// Makes whoever runs look up soon.
fn ask() {
    if let Ok(number) = SignalNum::try_from(SWITCH) {
        // Fails for numbers that are not signals only.
        let _ = set_interrupt_ex(number);
    }
}

/// A thread's part in the turns of its session; over when dropped.
pub struct Part(Option<Arc<Stack>>);

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(stack) = &self.0 {
            stack.turn.give();
        }
    }
}

/// Called by a thread that goes into its session's VM from outside: waits for its turn, which ends with the visit. A
/// visit within another changes nothing.
pub fn visit(stack: &Arc<Stack>, vm: &VirtualMachine) -> Part {
    let within = stack.turn.is_mine();
    vm.allow_threads(|| stack.turn.take());
    Part((!within).then(|| stack.clone()))
}

/// A thread to be started.
pub struct Start {
    pub name: String,
    /// Bytes.
    pub stack_size: usize,
    /// What keeps the session going while it runs.
    pub life: Option<Life>,
}

impl Start {
    /// With the stack that Rust gives to any thread.
    #[must_use]
    pub fn new(name: &str, life: Option<Life>) -> Self {
        Self { name: name.to_owned(), stack_size: 2 << 20, life }
    }
}

/// Starts a thread of the script: `body` runs in the VM and takes turns with the others. A fault in it ends it, and is
/// told to the session.
///
/// # Errors
/// Those of setting a signal handler; OSError (EAGAIN) if the host gives no thread.
pub fn spawn(
    start: Start,
    stack: &Arc<Stack>,
    vm: &VirtualMachine,
    body: impl FnOnce(&VirtualMachine) + Send + 'static,
) -> PyResult<()> {
    begin(stack, vm)?;
    // It counts as one that runs from now on: time does not jump before it begins.
    let begun = stack.time().busy();
    let on_fault = Environment::of(vm)?.on_fault.clone();
    let Start { name, stack_size, life } = start;
    let stack = stack.clone();
    let run = vm.new_thread().make_spawn_func(move |vm| {
        // Until a fault has been told, too.
        let _alive = life;
        let _turn = enter(&stack, begun, vm);
        if let Err(fault) = barrier::catch(|| body(vm)) {
            on_fault(fault);
        }
    });
    let started = std::thread::Builder::new().name(name).stack_size(stack_size).spawn(run);
    started.map(drop).map_err(|_| os_error(errno::EAGAIN, vm))
}

/// Called first by a new thread: waits for its turn.
fn enter(stack: &Arc<Stack>, begun: Busy, vm: &VirtualMachine) -> Part {
    drop(stack.waiters.this_thread());
    drop(begun);
    let part = visit(stack, vm);
    // Without its handler a thread still passes its turn on at every wait.
    let _ = listen(vm);
    part
}

/// Has a stopped thread look up again at its next step, and so at each: no handler of an exception and no `finally` gets
/// to run, as on the module, where a thread that is stopped is just gone.
///
/// # Errors
/// Those of setting a signal handler.
pub(crate) fn insist(vm: &VirtualMachine) -> PyResult<()> {
    listen(vm)?;
    ask();
    Ok(())
}

/// Sets this thread's handler, once. Setting it again would run it when it is pending, and so pass the turn on while
/// this thread counts as the main one.
fn listen(vm: &VirtualMachine) -> PyResult<()> {
    let number = || vm.ctx.new_int(SWITCH).into();
    if signals("getsignal", vec![number()], vm)?.is_callable() {
        return Ok(());
    }
    let handler = vm.new_function("switch", switch);
    let main = vm.state.main_thread_ident.swap(ident());
    let result = signals("signal", vec![number(), handler.into()], vm);
    vm.state.main_thread_ident.store(main);
    result.map(drop)
}

/// Calls a function of RustPython's module of signals. It need not be in the VM's table of modules: scripts are not to
/// find it.
fn signals(name: &'static str, args: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let module = builtin_module_defs(&vm.ctx).into_iter().find(|definition| definition.name.as_str() == "_signal");
    let method = module.and_then(|module| module.methods.iter().find(|method| method.name == name));
    let method = method.ok_or_else(|| vm.new_system_error("this VM has no signals"))?;
    (method.func)(vm, FuncArgs::from(args), Callee::named(name))
}

/// This thread's number, as the VM has it.
#[must_use]
pub fn ident() -> u64 {
    _thread::get_ident()
}

/// The handler: ends a thread that was stopped, else lets another run.
fn switch(_number: PyObjectRef, _frame: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let environment = Environment::of(vm)?;
    let stack = &environment.stack;
    if stack.waiters.this_thread().is_stopped() {
        return interrupted(vm);
    }
    vm.allow_threads(|| stack.turn.pass_on());
    Ok(())
}

/// Stops a thread that may compute without ever waiting: asks until it has looked up and ended.
pub fn stop(stack: &Arc<Stack>, waiter: &Arc<quecpy_net::Waiter>, vm: &VirtualMachine) {
    detached(vm, stack, || waiter.stop());
    let (stack, waiter) = (stack.clone(), Arc::downgrade(waiter));
    let nag = move || {
        while waiter.strong_count() > 0 {
            stack.turn.ask();
            quecpy_net::pause();
        }
    };
    // If no thread can be had, the next wait ends it.
    let _ = std::thread::Builder::new().name("stop".into()).spawn(nag);
}
