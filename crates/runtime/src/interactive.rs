//! A session that somebody talks to: a front end (the terminal, a serial port) posts jobs, the script's main thread
//! does them, and threads and timers of the script go on in between.

use crate::options::Outcome;
use crate::session::{Session, exit_status};
use crate::{complete, dialect};
use parking_lot::{Mutex, MutexGuard};
use quecpy_modules::bridge::exceptions::traceback;
use quecpy_net::{Deadline, Waiter};
use quecpy_usocket::barrier;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::compiler::Mode;
use rustpython_vm::{AsObject, PyResult, VirtualMachine};
use std::collections::VecDeque;
use std::sync::Arc;

/// What comes after a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait for another.
    Continue,
    /// The VM ends; the front end starts another on the same board.
    SoftReset,
    /// The session ends, with this.
    Quit(Outcome),
    /// The VM cannot be used any more: a fault of this program, which was told.
    Fault,
}

/// Done by the session's main thread.
pub type Job = Box<dyn FnOnce(&Prompt<'_>) -> Next + Send>;

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    worker: Option<Arc<Waiter>>,
}

/// Where a front end posts its jobs; clones are the same inbox.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<State>>);

impl Inbox {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock()
    }

    /// Has the session do this as soon as it is idle.
    pub fn post(&self, job: Job) {
        let mut state = self.state();
        state.jobs.push_back(job);
        if let Some(worker) = &state.worker {
            worker.wake();
        }
    }

    /// Forgets the jobs that have not begun.
    pub(crate) fn clear(&self) {
        // Dropped when nothing is locked any more: dropping may wake a thread that posts another.
        let _jobs = std::mem::take(&mut self.state().jobs);
    }

    fn next(&self) -> Option<Job> {
        self.state().jobs.pop_front()
    }
}

/// How an entered text ended that did not simply run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub kind: Kind,
    /// As the module prints it.
    pub traceback: String,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An exception ended it.
    Failed,
    /// Ctrl-C ended it.
    Interrupted,
    /// `usys.exit(status)`, which is this.
    Exit(Outcome),
}

/// What is said when a fault has cost the VM.
const RESET: &str = "quecpy: the module was reset: its names are gone, its files are as they were\n";

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
        let done = barrier::catch(|| {
            let code = dialect::compile(text, mode, name, self.vm)?;
            dialect::run(code, self.session.scope().clone(), self.vm)
        });
        // One that came too late for this run must not break the next.
        self.session.main_waiter().clear_interrupt();
        let faults = self.session.faults();
        match done {
            Err(fault) => {
                faults.note(&fault);
                Err(Ended { kind: Kind::Failed, traceback: format!("{fault}\n{RESET}") })
            }
            // A thread's, which was told.
            Ok(_) if faults.happened() => Err(Ended { kind: Kind::Failed, traceback: RESET.to_owned() }),
            Ok(result) => result.map(drop).map_err(|e| self.ended(&e)),
        }
    }

    fn ended(&self, e: &PyBaseExceptionRef) -> Ended {
        let is = |class: &rustpython_vm::Py<_>| e.fast_isinstance(class);
        let exceptions = &self.vm.ctx.exceptions;
        let kind = if is(exceptions.system_exit) {
            Kind::Exit(exit_status(e, self.vm))
        } else if is(exceptions.keyboard_interrupt) {
            Kind::Interrupted
        } else {
            Kind::Failed
        };
        Ended { kind, traceback: traceback::text(e, self.vm) }
    }

    /// Whether the board's power goes, and with it the session, after this job.
    #[must_use]
    pub fn is_powering_off(&self) -> bool {
        self.session.board().power.requested().is_some()
    }

    /// What the end of `line` may go on with: whole words, sorted.
    #[must_use]
    pub fn complete(&self, line: &str) -> Vec<String> {
        let globals = &self.session.scope().globals;
        let found = barrier::catch(|| complete::candidates(line, globals, self.vm).unwrap_or_default());
        found.inspect_err(|fault| self.session.faults().tell(fault)).unwrap_or_default()
    }
}

impl Session {
    /// Does the inbox's jobs, on the thread that made the session, until one ends it or the board's power goes.
    pub fn serve(&self, inbox: &Inbox) -> Next {
        inbox.state().worker = Some(self.main_waiter().clone());
        let next = self.guarded(|vm| {
            loop {
                let job = match self.wait_for_a_job(inbox, vm) {
                    Ok(job) => Some(job),
                    // Ctrl-C: it is for what was entered before it, if that has not begun yet.
                    Err(_) => inbox.next().inspect(|_| drop(self.interrupter().interrupt())),
                };
                let next = job.map_or(Next::Continue, |job| job(&Prompt { session: self, vm }));
                if next != Next::Continue || self.is_ending() {
                    return next;
                }
            }
        });
        inbox.state().worker = None;
        if self.faults().happened() { Next::Fault } else { next.unwrap_or(Next::Fault) }
    }

    fn wait_for_a_job(&self, inbox: &Inbox, vm: &VirtualMachine) -> PyResult<Job> {
        let mut found = None;
        quecpy_usocket::wait::wait_or_raise(vm, self.stack(), || {
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
