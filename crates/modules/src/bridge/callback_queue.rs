//! A script's callbacks for what happens on the board: one queue, one thread, one call after another, as the module's
//! scheduler does it.
//!
//! An event without a callback is forgotten, and so is one that finds the queue full. An exception in a callback is
//! printed and ends nothing.

use crate::bridge::values::object;
use parking_lot::{Mutex, MutexGuard};
use quecpy_device::{Event, Source, Value};
use quecpy_net::{Deadline, KeepAliveGuard, Stack, Waiter};
use quecpy_usocket::{Environment, thread};
use rustpython_vm::function::ArgCallable;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What is called for a source.
#[derive(Clone)]
pub(super) struct Callback {
    pub callable: ArgCallable,
    /// Given instead of the event's own argument: `machine.Timer` hands over the timer.
    pub argument: Option<PyObjectRef>,
    /// Forgotten when it is called: its source sends one event.
    pub once: bool,
}

/// What waits to be called.
pub(super) enum Call {
    Event(Event),
    /// `micropython.schedule`
    Scheduled(Callback),
}

#[derive(Default)]
pub(super) struct State {
    pub set: HashMap<Source, Callback>,
    /// Calls to come keep the session alive.
    pub queue: VecDeque<(Call, KeepAliveGuard)>,
    /// That of the call that is being made: it ends with the next look into the queue, not before.
    calling: Option<KeepAliveGuard>,
    /// The thread that calls: to be woken, and to be stopped.
    worker: Option<Arc<Waiter>>,
    ended: bool,
}

/// One session's callbacks.
pub struct Callbacks {
    pub(super) stack: Arc<Stack>,
    state: Mutex<State>,
    pub(super) started: AtomicBool,
    /// How many events may wait (the module contract, system, scheduler).
    depth: usize,
}

impl std::fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callbacks").field("started", &self.started).finish_non_exhaustive()
    }
}

impl Callbacks {
    /// Without any callbacks; `depth` events may wait.
    #[must_use]
    pub fn new(stack: Arc<Stack>, depth: usize) -> Arc<Self> {
        Arc::new(Self { stack, state: Mutex::default(), started: AtomicBool::new(false), depth })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
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
    pub(super) fn push(&self, state: &mut State, call: Call) -> Result<(), Call> {
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
    pub(super) fn work(&self, vm: &VirtualMachine) {
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
