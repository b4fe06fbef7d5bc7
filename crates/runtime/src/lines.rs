//! Lines that `input()` asks a front end for, which lets a person edit them.

use parking_lot::{Mutex, MutexGuard};
use quecpy_net::{Deadline, Waiter};
use quecpy_usocket::wait::wait_or_raise;
use rustpython_vm::{PyResult, VirtualMachine};
use std::sync::Arc;

/// A line that a script asked for, on its way: clones are the same line. Dropped by a script that waits no more.
#[derive(Clone)]
pub struct Line(Arc<Mutex<Asked>>);

struct Asked {
    line: Option<Entered>,
    waiting: Arc<Waiter>,
}

/// What was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// The line, without its end.
    Text(String),
    /// Ctrl-D on an empty line.
    End,
    /// More than there is room for.
    TooLong,
}

impl Line {
    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.0.lock()
    }

    fn new(waiting: Arc<Waiter>) -> Self {
        Self(Arc::new(Mutex::new(Asked { line: None, waiting })))
    }

    /// Answers the script.
    pub fn enter(&self, line: Entered) {
        let mut asked = self.asked();
        asked.line = Some(line);
        asked.waiting.wake();
    }

    /// Whether the script still waits.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Waits for a line from `lines`.
    pub(crate) fn ask(lines: &dyn Lines, vm: &VirtualMachine) -> PyResult<Entered> {
        let stack = &quecpy_usocket::Environment::of(vm)?.stack;
        let line = Self::new(stack.waiters.this_thread());
        lines.ask(line.clone());
        let mut entered = None;
        let waited = wait_or_raise(vm, stack, || {
            stack.waiters.park(Deadline::NEVER, || {
                entered = entered.take().or_else(|| line.take());
                entered.is_some()
            })
        });
        drop(line);
        waited.inspect_err(|_| lines.gone())?;
        Ok(entered.unwrap_or(Entered::End))
    }

    fn take(&self) -> Option<Entered> {
        self.asked().line.take()
    }
}

/// A front end that lets a person edit the lines that `input()` asks for.
pub trait Lines: Send + Sync {
    /// Begins to read a line; returns at once.
    fn ask(&self, line: Line);

    /// The thread that has asked waits no more.
    fn gone(&self);
}
