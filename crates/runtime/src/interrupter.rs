//! Breaking a running script from another thread.

use quecpy_net::Waiter;
use rustpython_vm::signal::UserSignalSender;
use rustpython_vm::{PyResult, VirtualMachine};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

/// Breaks the running script from another thread.
#[derive(Clone)]
pub struct Interrupter {
    pub(crate) signals: UserSignalSender,
    pub(crate) main: Arc<Waiter>,
}

impl Interrupter {
    /// Raises KeyboardInterrupt in the script's main thread, also out of a wait. What it returns is true until then.
    pub fn interrupt(&self) -> Arc<AtomicBool> {
        self.in_main_thread(|vm| Err(vm.new_exception(vm.ctx.exceptions.keyboard_interrupt.to_owned(), vec![])))
    }

    /// Has the script's main thread do `what`, also out of a wait. What it returns is true until then.
    pub fn in_main_thread(&self, what: fn(&VirtualMachine) -> PyResult<()>) -> Arc<AtomicBool> {
        let pending = Arc::new(AtomicBool::new(true));
        let until_then = pending.clone();
        let again = self.clone();
        // Another thread of the script may look up first, see nothing for itself, and clear the sign.
        let repeat = move || {
            while pending.load(SeqCst) && again.send(&pending, what) {
                again.main.interrupt();
                quecpy_net::pause();
            }
        };
        // If no thread can be had, the next Ctrl-C tries again.
        let _ = std::thread::Builder::new().name("interrupt".into()).spawn(repeat);
        until_then
    }

    /// False when the VM is gone.
    fn send(&self, pending: &Arc<AtomicBool>, what: fn(&VirtualMachine) -> PyResult<()>) -> bool {
        let pending = pending.clone();
        let once = move |vm: &VirtualMachine| if pending.swap(false, SeqCst) { what(vm) } else { Ok(()) };
        self.signals.send(Box::new(once)).is_ok()
    }
}
