//! The session's global interpreter lock as the VM's threads take and release it.
//!
//! The VM looks for pending signals between bytecodes. A signal number that nobody sends serves as "somebody wants to
//! run": its handler yields the lock. RustPython lets only the main thread set handlers, so a new thread counts as the
//! main one while it sets its own; nothing else runs then, since it holds the lock.

use crate::environment::Environment;
use quecpy_net::{Stack, heap};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::signal::{SignalNum, set_interrupt_ex};
use rustpython_vm::stdlib::{_thread, builtin_module_defs};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use std::sync::Arc;

/// SIGVTALRM on Linux and macOS; SIGBREAK on Windows (untested).
const SWITCH: i32 = if cfg!(windows) { 21 } else { 26 };

/// Called before a script's second thread starts: from now on its threads share the GIL.
///
/// # Errors
/// Those of setting a signal handler.
pub fn begin(stack: &Arc<Stack>, vm: &VirtualMachine) -> PyResult<()> {
    stack.gil.set_ask(ask);
    vm.allow_threads(|| stack.gil.begin());
    listen(vm)
}

/// Makes whoever runs look up soon.
fn ask() {
    if let Ok(number) = SignalNum::try_from(SWITCH) {
        // Fails for numbers that are not signals only.
        let _ = set_interrupt_ex(number);
    }
}

/// From now on a script that takes more memory than `bytes` gets MemoryError at its next step.
///
/// # Errors
/// Those of setting a signal handler.
pub fn limit_heap(bytes: usize, vm: &VirtualMachine) -> PyResult<()> {
    listen(vm)?;
    heap::limit(bytes, ask);
    Ok(())
}

/// Raises MemoryError if the script has too much, also when what nobody can reach is gone.
fn check_heap(vm: &VirtualMachine) -> PyResult<()> {
    if heap::lacking().is_some() {
        vm.state.gc.collect_force(2);
        if let Some(bytes) = heap::lacking() {
            heap::tolerate();
            return Err(vm.new_memory_error(format!("memory allocation failed, allocating {bytes} bytes")));
        }
    }
    Ok(())
}

/// A thread's hold of the GIL of its session; released when dropped.
pub struct Part(Option<Arc<Stack>>);

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(stack) = &self.0 {
            stack.gil.release();
        }
    }
}

/// Called by a thread that goes into its session's VM from outside: waits for the GIL, which is released with the visit. A
/// visit within another changes nothing.
pub fn visit(stack: &Arc<Stack>, vm: &VirtualMachine) -> Part {
    let within = stack.gil.is_held();
    vm.allow_threads(|| stack.gil.acquire());
    Part((!within).then(|| stack.clone()))
}

/// Has a stopped thread look up again at its next step, and so at each: no handler of an exception and no `finally` gets
/// to run, as on the module, where a thread that is stopped is just gone.
///
/// # Errors
/// Those of setting a signal handler.
fn insist(vm: &VirtualMachine) -> PyResult<()> {
    listen(vm)?;
    ask();
    Ok(())
}

/// Sets this thread's handler, once. Setting it again would run it when it is pending, and so yield the GIL while
/// this thread counts as the main one.
pub(crate) fn listen(vm: &VirtualMachine) -> PyResult<()> {
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

/// The handler: ends a thread that was stopped, else lets another run, and looks at the heap.
fn switch(_number: PyObjectRef, _frame: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let environment = Environment::of(vm)?;
    let stack = &environment.stack;
    if stack.waiters.this_thread().is_stopped() {
        return interrupted(vm);
    }
    vm.allow_threads(|| stack.gil.yield_now());
    check_heap(vm)
}

/// Runs `call` detached from the VM and with the GIL released, so that it may wait.
pub fn detached<R>(vm: &VirtualMachine, stack: &Stack, call: impl FnOnce() -> R) -> R {
    vm.allow_threads(|| stack.gil.released(call))
}

/// What a broken wait means: pending signals run, and a thread that was stopped ends.
///
/// # Errors
/// What a signal's handler raises; SystemExit in a stopped thread, again at each of its steps.
pub fn interrupted(vm: &VirtualMachine) -> PyResult<()> {
    if Environment::of(vm)?.stack.waiters.this_thread().is_stopped() {
        insist(vm)?;
        return Err(vm.new_exception(vm.ctx.exceptions.system_exit.to_owned(), vec![]));
    }
    vm.check_signals()
}
