//! Threads of a script: how one is started in the VM, and how one is stopped.

use crate::barrier;
use crate::environment::Environment;
use crate::error::os_error;
use crate::gil::{self, detached};
use quecpy_net::{Busy, KeepAliveGuard, Stack, errno, heap};
use rustpython_vm::{PyResult, VirtualMachine};
use std::sync::Arc;

/// A thread to be started.
pub struct Start {
    /// The thread's name, for the operating system.
    pub name: String,
    /// Bytes.
    pub stack_size: usize,
    /// What keeps the session going while it runs.
    pub life: Option<KeepAliveGuard>,
}

impl Start {
    /// With the stack that Rust gives to any thread.
    #[must_use]
    pub fn new(name: &str, life: Option<KeepAliveGuard>) -> Self {
        Self { name: name.to_owned(), stack_size: 2 << 20, life }
    }
}

/// Starts a thread of the script: `body` runs in the VM and shares the GIL with the others. A fault in it ends it, and is
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
    gil::begin(stack, vm)?;
    // It counts as one that runs from now on: time does not jump before it begins.
    let begun = stack.time().busy();
    let on_fault = Environment::of(vm)?.on_fault.clone();
    let Start { name, stack_size, life } = start;
    let stack = stack.clone();
    let run = vm.new_thread().make_spawn_func(move |vm| {
        // Until a fault has been told, too.
        let _alive = life;
        let _gil = enter(&stack, begun, vm);
        if let Err(fault) = barrier::catch(|| body(vm)) {
            on_fault(fault);
        }
    });
    let run = move || {
        run();
        heap::settle();
    };
    let started = std::thread::Builder::new().name(name).stack_size(stack_size).spawn(run);
    started.map(drop).map_err(|_| os_error(errno::EAGAIN, vm))
}

/// Called first by a new thread: waits for the GIL.
fn enter(stack: &Arc<Stack>, begun: Busy, vm: &VirtualMachine) -> gil::Part {
    drop(stack.waiters.this_thread());
    drop(begun);
    let part = gil::visit(stack, vm);
    // Without its handler a thread still yields the GIL at every wait.
    let _ = gil::listen(vm);
    part
}

/// Stops a thread that may compute without ever waiting: asks until it has looked up and ended.
pub fn stop(stack: &Arc<Stack>, waiter: &Arc<quecpy_net::Waiter>, vm: &VirtualMachine) {
    detached(vm, stack, || waiter.stop());
    let (stack, waiter) = (stack.clone(), Arc::downgrade(waiter));
    let nag = move || {
        while waiter.strong_count() > 0 {
            stack.gil.ask();
            quecpy_net::pause();
        }
    };
    // If no thread can be had, the next wait ends it.
    let _ = std::thread::Builder::new().name("stop".into()).spawn(nag);
}
