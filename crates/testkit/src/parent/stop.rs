//! When a run of tests ends early.

use crate::parent::heard::Heard;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::Sender;

/// Says when it is enough: after so many failures (`--maxfail`), `pytest.exit()` or Ctrl-C.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    set: Arc<AtomicBool>,
    interrupted: Arc<AtomicBool>,
    /// 0: never.
    most: usize,
    failures: Arc<Mutex<usize>>,
    /// Those who wait for workers.
    waiting: Arc<Mutex<Vec<Sender<Heard>>>>,
}

impl Stop {
    /// Stops after so many failures; 0: never.
    #[must_use]
    pub fn after(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Whether no further test is to begin.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.set.load(SeqCst)
    }

    /// Lets no further test begin.
    pub fn set(&self) {
        self.set.store(true, SeqCst);
    }

    /// Ctrl-C: everything ends as soon as it can.
    pub fn interrupt(&self) {
        self.interrupted.store(true, SeqCst);
        self.set();
        for waiting in self.waiting.lock().drain(..) {
            // It may have gone.
            let _ = waiting.send(Heard::Stop);
        }
    }

    /// Has an interrupt heard by one who waits for a worker.
    pub(crate) fn wakes(&self, waiting: Sender<Heard>) {
        let mut all = self.waiting.lock();
        if self.is_interrupted() {
            let _ = waiting.send(Heard::Stop);
        } else {
            all.push(waiting);
        }
    }

    /// Whether Ctrl-C has come.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(SeqCst)
    }

    /// Counts a failure.
    pub(super) fn failed(&self) {
        let mut failures = self.failures.lock();
        *failures += 1;
        if self.most > 0 && *failures >= self.most {
            self.set();
        }
    }

    /// How many more may come; 0: any.
    pub(super) fn left(&self) -> usize {
        self.most.saturating_sub(*self.failures.lock()).max(usize::from(self.most > 0))
    }
}
