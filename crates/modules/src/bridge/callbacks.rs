//! A script's callbacks for what happens on the board: one queue, one thread, one call after another, as the module's
//! scheduler does it.
//!
//! An event without a callback is forgotten, and so is one that finds the queue full. An exception in a callback is
//! printed and ends nothing.

use crate::bridge::{firmware, session};
use parking_lot::{Mutex, MutexGuard};
use quecpy_device::{Event, Source, Value};
use quecpy_net::{Deadline, KeepAliveGuard, Stack, Waiter};
use quecpy_usocket::Environment;
use quecpy_usocket::thread::{self, Start};
use rustpython_vm::function::ArgCallable;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, TryFromObject, VirtualMachine};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

/// What is called for a source.
#[derive(Clone)]
struct Callback {
    callable: ArgCallable,
    /// Given instead of the event's own argument: `machine.Timer` hands over the timer.
    argument: Option<PyObjectRef>,
    /// Forgotten when it is called: its source sends one event.
    once: bool,
}

/// What waits to be called.
enum Call {
    Event(Event),
    /// `micropython.schedule`
    Scheduled(Callback),
}

#[derive(Default)]
struct State {
    set: HashMap<Source, Callback>,
    /// Calls to come keep the session alive.
    queue: VecDeque<(Call, KeepAliveGuard)>,
    /// That of the call that is being made: it ends with the next look into the queue, not before.
    calling: Option<KeepAliveGuard>,
    /// The thread that calls: to be woken, and to be stopped.
    worker: Option<Arc<Waiter>>,
    ended: bool,
}

/// One session's callbacks.
pub struct Callbacks {
    stack: Arc<Stack>,
    state: Mutex<State>,
    started: AtomicBool,
    /// How many events may wait (the module contract, system, scheduler).
    depth: usize,
}

impl std::fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callbacks").field("started", &self.started).finish_non_exhaustive()
    }
}

impl Callbacks {
    #[must_use]
    pub fn new(stack: Arc<Stack>, depth: usize) -> Arc<Self> {
        Arc::new(Self { stack, state: Mutex::default(), started: AtomicBool::new(false), depth })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// Takes an event, on whatever thread it happens.
    pub fn happened(&self, event: Event) {
        let mut state = self.state();
        if state.set.contains_key(&event.source) {
            // One that finds the queue full is lost, as on the module.
            let _ = self.push(&mut state, Call::Event(event));
        }
    }

    /// Gives a call back when the queue is full.
    fn push(&self, state: &mut State, call: Call) -> Result<(), Call> {
        if state.queue.len() >= self.depth {
            return Err(call);
        }
        state.queue.push_back((call, self.stack.keep_alive.begin()));
        if let Some(worker) = &state.worker {
            worker.wake();
        }
        Ok(())
    }

    /// Whether there is a callback for `source`.
    pub fn has(&self, source: Source) -> bool {
        self.state().set.contains_key(&source)
    }

    /// No more calls: the thread that calls ends, also out of a callback, and what was to be called is let go.
    pub fn end(&self, vm: &VirtualMachine) {
        let (callbacks, calls, worker) = {
            let mut state = self.state();
            state.ended = true;
            (std::mem::take(&mut state.set), std::mem::take(&mut state.queue), state.worker.take())
        };
        drop((callbacks, calls));
        if let Some(waiter) = worker {
            thread::stop(&self.stack, &waiter, vm);
        }
    }

    /// The next call, if its callback has not been taken away, and what else its function is given.
    fn next(&self) -> Option<(Option<Callback>, Value)> {
        let mut state = self.state();
        let (call, life) = state.queue.pop_front().unzip();
        state.calling = life;
        Some(match call? {
            Call::Event(event) => {
                let callback = state.set.get(&event.source).cloned();
                if callback.as_ref().is_some_and(|callback| callback.once) {
                    state.set.remove(&event.source);
                }
                (callback, event.argument)
            }
            Call::Scheduled(callback) => (Some(callback), Value::None),
        })
    }

    fn has_work(&self) -> bool {
        let state = self.state();
        state.ended || !state.queue.is_empty()
    }

    /// The thread that calls.
    fn work(&self, vm: &VirtualMachine) {
        self.state().worker = Some(self.stack.waiters.this_thread());
        loop {
            let waiting = || self.stack.waiters.park(Deadline::NEVER, || self.has_work());
            let stopped = quecpy_usocket::gil::detached(vm, &self.stack, waiting).is_err()
                && self.stack.waiters.this_thread().is_stopped();
            if stopped || self.state().ended {
                return;
            }
            while let Some((callback, argument)) = self.next() {
                if let Some(callback) = callback {
                    call(&callback, &argument, vm);
                }
            }
        }
    }
}

fn call(callback: &Callback, argument: &Value, vm: &VirtualMachine) {
    let argument = callback.argument.clone().unwrap_or_else(|| object(argument, vm));
    let Err(e) = callback.callable.invoke((argument,), vm) else { return };
    if !e.fast_isinstance(vm.ctx.exceptions.system_exit)
        && let Ok(environment) = Environment::of(vm)
    {
        (environment.report)(vm, &e);
    }
}

/// An event's argument as Python has it.
pub(crate) fn object(value: &Value, vm: &VirtualMachine) -> PyObjectRef {
    let all = |values: &[Value]| values.iter().map(|v| object(v, vm)).collect::<Vec<_>>();
    match value {
        Value::None => vm.ctx.none(),
        Value::Int(n) => vm.ctx.new_int(*n).into(),
        Value::Text(text) => vm.ctx.new_str(text.as_str()).into(),
        Value::Bytes(bytes) => vm.ctx.new_bytes(bytes.clone()).into(),
        Value::Tuple(values) => vm.ctx.new_tuple(all(values)).into(),
        Value::List(values) => vm.ctx.new_list(all(values)).into(),
    }
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
