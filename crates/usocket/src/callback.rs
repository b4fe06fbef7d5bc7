//! Quectel's option 20: a callable that is called with the socket when it becomes readable.

use crate::environment::Environment;
use crate::error::{detached, raise};
use crate::socket::{PySocket, lock};
use crate::threads::{self, Start};
use quecpy_net::{Deadline, Error, INVALID, Poller};
use rustpython_vm::function::ArgCallable;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};
use std::sync::Arc;

/// A callback that is set. Dropping the poller's registration ends its thread.
#[derive(Debug)]
pub struct Callback {
    poller: Arc<Poller>,
}

/// The one key of a callback's poller.
const KEY: usize = 0;

/// Sets, replaces or (None) removes the callback.
pub(crate) fn set(socket: &PyRef<PySocket>, callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    forget(socket);
    if vm.is_none(&callable) {
        return Ok(());
    }
    let callable = ArgCallable::try_from_object(vm, callable)?;
    let poller = Arc::new(Poller::new(socket.socket.stack()).map_err(|e| raise(e, vm))?);
    poller.register_arrivals(KEY, &socket.socket).map_err(|e| raise(e, vm))?;
    *lock(&socket.callback) = Some(Callback { poller: poller.clone() });
    let environment = socket.environment.clone();
    let weak = socket.as_object().downgrade(None, vm)?;
    let stack = environment.stack.clone();
    let start = Start::new("socket callback", Some(stack.living.begin()));
    threads::spawn(start, &stack, vm, move |vm| {
        while let Some(()) = arrival(&poller, vm) {
            let Some(socket) = weak.upgrade() else { return };
            call(&callable, socket, &environment, vm);
        }
    })
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

/// Removes the callback, if there is one, and ends its thread.
pub(crate) fn forget(socket: &Py<PySocket>) {
    if let Some(callback) = lock(&socket.callback).take() {
        callback.poller.retire(KEY);
    }
}
