//! How scripts set callbacks, and how they schedule calls.

use crate::bridge::callback_queue::{Call, Callback, Callbacks};
use crate::bridge::{firmware, session};
use quecpy_device::Source;
use quecpy_usocket::thread::{self, Start};
use rustpython_vm::function::ArgCallable;
use rustpython_vm::{PyObjectRef, PyResult, TryFromObject, VirtualMachine};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

/// [`set`] for a timer, which sends events again and again (`cyclic`), or one.
///
/// # Errors
/// As [`set`].
pub(crate) fn set_timer(source: Source, callable: PyObjectRef, cyclic: bool, vm: &VirtualMachine) -> PyResult<()> {
    replace(source, callable, None, !cyclic, vm)
}

fn replace(
    source: Source,
    callable: PyObjectRef,
    argument: Option<PyObjectRef>,
    once: bool,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let callbacks = session::callbacks(vm)?;
    if vm.is_none(&callable) {
        let mut state = callbacks.state();
        let gone = state.set.remove(&source);
        state.queue.retain(|(call, _)| !matches!(call, Call::Event(event) if event.source == source));
        drop(state);
        drop(gone);
        return Ok(());
    }
    let callable = ArgCallable::try_from_object(vm, callable)?;
    let old = callbacks.state().set.insert(source, Callback { callable, argument, once });
    drop(old);
    start(&callbacks, vm)
}

/// `micropython.schedule`: calls `callable` with `argument`, soon, between other callbacks.
///
/// # Errors
/// TypeError for what cannot be called; RuntimeError when the queue is full.
pub(crate) fn schedule(callable: PyObjectRef, argument: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let callbacks = session::callbacks(vm)?;
    let callable = ArgCallable::try_from_object(vm, callable)?;
    start(&callbacks, vm)?;
    let call = Call::Scheduled(Callback { callable, argument: Some(argument), once: true });
    let refused = callbacks.push(&mut callbacks.state(), call);
    refused.map_err(|_| vm.new_runtime_error("schedule queue full"))
}

/// Starts the thread that calls, once.
fn start(callbacks: &Arc<Callbacks>, vm: &VirtualMachine) -> PyResult<()> {
    if callbacks.started.swap(true, SeqCst) {
        return Ok(());
    }
    let (callbacks, stack) = (callbacks.clone(), callbacks.stack.clone());
    let work = move |vm: &VirtualMachine| callbacks.work(vm);
    thread::spawn(Start::new("callbacks", None), &stack, vm, work)
}

/// How many events may wait in this VM's firmware.
///
/// # Errors
/// As [`firmware::of`].
pub fn depth(vm: &VirtualMachine) -> PyResult<usize> {
    Ok(firmware::of(vm)?.callback_queue)
}

/// Sets the callback of a source; None removes it, and what waits to be told to it.
///
/// # Errors
/// TypeError for what cannot be called; OSError if no thread can be had.
pub(crate) fn set(source: Source, callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    set_with(source, callable, None, vm)
}

/// [`set`], with an argument of its own.
///
/// # Errors
/// As [`set`].
pub(crate) fn set_with(
    source: Source,
    callable: PyObjectRef,
    argument: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    replace(source, callable, argument, false, vm)
}
