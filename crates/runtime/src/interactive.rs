//! A session that somebody talks to: a front end (the terminal, a serial port) posts jobs, the script's main thread
//! does them, and threads and timers of the script go on in between.

use crate::complete;
use crate::dialect;
use crate::session::Session;
use quecpy_modules::traceback;
use quecpy_net::{Deadline, Waiter};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::compiler::Mode;
use rustpython_vm::{AsObject, PyResult, VirtualMachine};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Thread;

/// What comes after a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait for another.
    Continue,
    /// The VM ends; the front end starts another on the same board.
    SoftReset,
    /// The session ends.
    Quit,
}

/// Done by the session's main thread.
pub type Job = Box<dyn FnOnce(&Prompt<'_>) -> Next + Send>;

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    worker: Option<Thread>,
}

/// Where a front end posts its jobs; clones are the same inbox.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<State>>);

impl Inbox {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn post(&self, job: Job) {
        let mut state = self.state();
        state.jobs.push_back(job);
        if let Some(worker) = &state.worker {
            worker.unpark();
        }
    }

    fn next(&self) -> Option<Job> {
        self.state().jobs.pop_front()
    }
}

/// How an entered text ended that did not simply run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub kind: Kind,
    /// As the module prints it.
    pub traceback: String,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Failed,
    Interrupted,
    /// `usys.exit()`
    Exit,
}

/// What a job can do.
pub struct Prompt<'a> {
    session: &'a Session,
    vm: &'a VirtualMachine,
}

impl Prompt<'_> {
    /// Runs a text in the session's own namespace. At a prompt (`shown`) the values of its expressions are printed.
    ///
    /// # Errors
    /// How it ended early.
    pub fn run(&self, text: &str, name: &str, shown: bool) -> Result<(), Ended> {
        let mode = if shown { Mode::Single } else { Mode::Exec };
        let compiled = dialect::compile(text, mode, name, self.vm);
        let result = compiled.and_then(|code| dialect::run(code, self.session.scope().clone(), self.vm));
        // One that came too late for this run must not break the next.
        self.session.main_waiter().clear_interrupt();
        result.map(drop).map_err(|e| self.ended(&e))
    }

    fn ended(&self, e: &PyBaseExceptionRef) -> Ended {
        let is = |class: &rustpython_vm::Py<_>| e.fast_isinstance(class);
        let exceptions = &self.vm.ctx.exceptions;
        let kind = if is(exceptions.system_exit) {
            Kind::Exit
        } else if is(exceptions.keyboard_interrupt) {
            Kind::Interrupted
        } else {
            Kind::Failed
        };
        Ended { kind, traceback: traceback::text(e, self.vm) }
    }

    /// What the end of `line` may go on with: whole words, sorted.
    #[must_use]
    pub fn complete(&self, line: &str) -> Vec<String> {
        complete::candidates(line, &self.session.scope().globals, self.vm).unwrap_or_default()
    }
}

impl Session {
    /// Does the inbox's jobs, on the thread that made the session, until one ends it or the board's power goes.
    pub fn serve(&self, inbox: &Inbox) -> Next {
        inbox.state().worker = Some(std::thread::current());
        let next = self.enter(|vm| {
            loop {
                let job = match self.wait_for_a_job(inbox, vm) {
                    Ok(job) => Some(job),
                    // Ctrl-C: it is for what was entered before it, if that has not begun yet.
                    Err(_) => inbox.next().inspect(|_| self.interrupter().interrupt()),
                };
                let next = job.map_or(Next::Continue, |job| job(&Prompt { session: self, vm }));
                if next != Next::Continue || self.board().power.requested().is_some() {
                    return next;
                }
            }
        });
        inbox.state().worker = None;
        next
    }

    fn wait_for_a_job(&self, inbox: &Inbox, vm: &VirtualMachine) -> PyResult<Job> {
        let mut found = None;
        quecpy_usocket::error::wait_or_raise(vm, self.stack(), || {
            self.stack().waiters.park(Deadline::NEVER, || {
                found = inbox.next();
                found.is_some()
            })
        })?;
        found.ok_or_else(|| vm.new_runtime_error("nothing to do"))
    }

    /// The waiter of the session's main thread.
    pub(crate) fn main_waiter(&self) -> &Arc<Waiter> {
        &self.main
    }
}
