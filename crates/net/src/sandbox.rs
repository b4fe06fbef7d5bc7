//! The last wall around scripts: the operating system keeps the threads that run them out of the computer's files.
//!
//! A script has no way there in the first place: the VM's table of modules and its types hold none (crate `runtime`,
//! `boot.rs` and `walls.rs`). This wall stands behind those, should one be found. On Linux it is Landlock (landlock(7)):
//! it binds the thread that calls [`enter`] and every thread that a bound one starts, and cannot be taken off. It leaves
//! sockets alone. Other systems have none here.
//!
//! Threads that were there before are not bound, and neither is [`outside`]. None of them runs anything of a script.

pub use crate::sys::Wall;

use crate::sys;
use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};
use std::thread::ThreadId;

/// What is left of the computer's files to threads that are bound: folders with all that is below them, and files.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// What may be read.
    pub read: Vec<PathBuf>,
    /// What may be read and written.
    pub write: Vec<PathBuf>,
}

type Job = Box<dyn FnOnce() + Send>;

/// The thread that stays outside.
struct Outside {
    thread: ThreadId,
    jobs: Sender<Job>,
}

/// There is one, since the wall is the process's and stays.
static OUTSIDE: OnceLock<Outside> = OnceLock::new();

/// It only starts threads and removes files.
const STACK: usize = 256 * 1024;

/// Binds this thread, and those that it starts from now on, to `reach`. A path that is not there is passed over.
///
/// # Errors
/// Those of the calls. A system that has no wall is no error.
pub fn enter(reach: &Reach) -> io::Result<Wall> {
    if sys::HAS_WALL && OUTSIDE.get().is_none() {
        // Of two that enter at once one keeps a thread that nobody uses, which ends.
        let _ = OUTSIDE.set(stay_outside()?);
    }
    sys::restrict(&reach.read, &reach.write)
}

/// What the operating system has, without entering anything.
#[must_use]
pub fn available() -> Wall {
    // Binds a thread of its own, which then ends.
    let ask = std::thread::Builder::new().spawn(|| sys::restrict(&[], &[]));
    ask.ok().and_then(|thread| thread.join().ok()?.ok()).unwrap_or(Wall::None)
}

fn stay_outside() -> io::Result<Outside> {
    let (jobs, queue) = channel::<Job>();
    let work = move || {
        for job in queue {
            job();
        }
    };
    let thread = std::thread::Builder::new().name("outside".into()).stack_size(STACK).spawn(work)?;
    Ok(Outside { thread: thread.thread().id(), jobs })
}

/// Does something of this program's own that needs more of the computer than scripts may reach, and waits until it is
/// done. It must take nothing from a script but plain data.
///
/// # Panics
/// When `act` does.
pub fn outside<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    let stays = OUTSIDE.get().filter(|outside| outside.thread != std::thread::current().id());
    let Some(outside) = stays else { return act() };
    let (tell, told) = channel::<Result<T, Box<dyn Any + Send>>>();
    let job = move || {
        // The thread that asked waits for it.
        let _ = tell.send(catch_unwind(AssertUnwindSafe(act)));
    };
    outside.jobs.send(Box::new(job)).expect("the thread outside ends with the process");
    match told.recv().expect("a job that is taken is answered") {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
