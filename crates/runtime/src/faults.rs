//! What a session does about a fault of this program (see [`quecpy_usocket::barrier`]): it tells of it, and ends.

use crate::console::Console;
use parking_lot::Mutex;
use quecpy_usocket::barrier::Fault;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

/// Told of each fault, where it happened.
pub type OnFault = Arc<dyn Fn(&Fault) + Send + Sync>;

/// The faults of one session.
pub(crate) struct Faults {
    happened: AtomicBool,
    console: Console,
    observer: Option<OnFault>,
    /// Ends what the main thread does.
    end: Mutex<Option<Arc<dyn Fn() + Send + Sync>>>,
}

impl Faults {
    pub fn new(console: Console, observer: Option<OnFault>) -> Arc<Self> {
        Arc::new(Self { happened: AtomicBool::new(false), console, observer, end: Mutex::default() })
    }

    /// Says how the main thread is ended when another has the fault.
    pub fn set_end(&self, end: Arc<dyn Fn() + Send + Sync>) {
        *self.end.lock() = Some(end);
    }

    /// Whether there was one: the VM is not to be trusted any more.
    pub fn happened(&self) -> bool {
        self.happened.load(SeqCst)
    }

    /// Takes one that whoever is at the console is told of otherwise.
    pub fn note(&self, fault: &Fault) {
        self.happened.store(true, SeqCst);
        if let Some(observer) = &self.observer {
            observer(fault);
        }
    }

    /// Takes one of the main thread.
    pub fn tell(&self, fault: &Fault) {
        self.note(fault);
        self.console.complain(&format!("{fault}\n"));
    }

    /// Takes one of another thread: the main thread ends, too.
    pub fn end_all(&self, fault: &Fault) {
        self.tell(fault);
        let end = self.end.lock().clone();
        if let Some(end) = end {
            end();
        }
    }
}
