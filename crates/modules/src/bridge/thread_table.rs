//! The threads of one session: their numbers, and how one is stopped.

use parking_lot::{Mutex, MutexGuard};
use quecpy_net::Waiter;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::SeqCst;

/// Where the VM keeps it.
const KEY: &str = "_quecpy_threads";
/// The main thread's number.
pub const MAIN: i64 = 1;

/// The threads of one session, beside the main one.
#[pyclass(module = "_thread", name = "_threads")]
#[derive(Debug, Default, PyPayload)]
pub struct Threads {
    last: AtomicI64,
    /// As `_thread.stack_size(n)` set it; 0 for the firmware's own.
    pub(crate) stack_size: AtomicI64,
    running: Mutex<HashMap<i64, Option<Arc<Waiter>>>>,
}

#[pyclass]
impl Threads {
    /// Puts a fresh table into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let _ = Self::make_static_type();
        let threads = Self::default().into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, threads.clone(), vm)?;
        Ok(threads)
    }

    pub(crate) fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        match vm.sys_module.get_attr(KEY, vm) {
            Ok(found) => found.downcast().map_err(|_| vm.new_type_error("the session's threads were replaced")),
            Err(_) => Self::install(vm),
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<i64, Option<Arc<Waiter>>>> {
        self.running.lock()
    }

    /// A number for a thread that is about to start.
    pub(crate) fn enrol(&self) -> i64 {
        let number = MAIN + 1 + self.last.fetch_add(1, SeqCst);
        self.running().insert(number, None);
        number
    }

    /// The thread of that number has started and waits as `waiter`. False if it was stopped before.
    pub(crate) fn started(&self, number: i64, waiter: Arc<Waiter>) -> bool {
        match self.running().get_mut(&number) {
            Some(entry) => {
                *entry = Some(waiter);
                true
            }
            None => false,
        }
    }

    pub(crate) fn ended(&self, number: i64) {
        self.running().remove(&number);
    }

    pub(crate) fn is_running(&self, number: i64) -> bool {
        number == MAIN || self.running().contains_key(&number)
    }

    /// Takes all out, to be stopped.
    pub(crate) fn take_all(&self) -> Vec<Arc<Waiter>> {
        self.running().drain().filter_map(|(_, waiter)| waiter).collect()
    }

    /// Takes a thread out that is to be stopped: `None` if there is none of that number, `Some(None)` if it has not
    /// started yet, and then never will.
    pub(crate) fn take_out(&self, number: i64) -> Option<Option<Arc<Waiter>>> {
        self.running().remove(&number)
    }
}
