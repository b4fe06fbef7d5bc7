//! Quectel's option 20: a callable that is called with the socket when it becomes readable.

use crate::environment::Environment;
use crate::error::raise;
use crate::gil::detached;
use crate::thread::{self, Start};
use quecpy_net::{Deadline, Error, INVALID, Poller, Socket};
use rustpython_vm::function::ArgCallable;
use rustpython_vm::{PyObject, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};
use std::sync::Arc;

/// The one key of a callback's poller.
const KEY: usize = 0;

/// A callback that is set.
#[derive(Debug)]
pub struct Callback {
    poller: Arc<Poller>,
}

impl Callback {
    /// Starts the thread that waits for the socket and calls `callable` with `object`, the script's socket.
    pub fn start(
        object: &PyObject,
        socket: &Arc<Socket>,
        callable: PyObjectRef,
        environment: &PyRef<Environment>,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let callable = ArgCallable::try_from_object(vm, callable)?;
        let poller = Arc::new(Poller::new(socket.stack()).map_err(|e| raise(e, vm))?);
        poller.register_arrivals(KEY, socket).map_err(|e| raise(e, vm))?;
        let callback = Self { poller: poller.clone() };
        let environment = environment.clone();
        let weak = object.downgrade(None, vm)?;
        let stack = environment.stack.clone();
        let start = Start::new("socket callback", Some(stack.keep_alive.begin()));
        thread::spawn(start, &stack, vm, move |vm| {
            while let Some(()) = arrival(&poller, vm) {
                let Some(socket) = weak.upgrade() else { return };
                call(&callable, socket, &environment, vm);
            }
        })?;
        Ok(callback)
    }

    /// Removes the callback, and ends its thread.
    pub fn end(self) {
        self.poller.retire(KEY);
    }
}

/// Waits for bytes, a connection or the end of the stream; `None` when the callback is over.
fn arrival(poller: &Poller, vm: &VirtualMachine) -> Option<()> {
    loop {
        match detached(vm, poller.stack(), || poller.wait(Deadline::NEVER)) {
            Ok(ready) if ready.iter().any(|(_, bits)| bits & INVALID != 0) => return None,
            Ok(_) => return Some(()),
            Err(Error::Interrupted) if poller.has(KEY) => {}
            Err(_) => return None,
        }
    }
}

fn call(callable: &ArgCallable, socket: PyObjectRef, environment: &Environment, vm: &VirtualMachine) {
    if let Err(e) = callable.invoke((socket,), vm) {
        (environment.report)(vm, &e);
    }
}
