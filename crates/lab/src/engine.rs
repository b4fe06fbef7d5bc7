//! The thread that serves all sockets of a lab, or of a test's own servers, and that can tell when they have answered.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;

/// In so many rounds nothing must have happened. In one round the sockets are looked at, and every task that can goes on.
const QUIET_ROUNDS: u32 = 3;

/// Counts what is accepted, received and sent.
#[derive(Debug, Clone, Default)]
pub struct Activity(Arc<AtomicU64>);

impl Activity {
    /// Something was accepted, received or sent.
    pub fn happened(&self) {
        self.0.fetch_add(1, SeqCst);
    }

    fn count(&self) -> u64 {
        self.0.load(SeqCst)
    }
}

/// A running thread; over, with all it serves, when dropped.
#[derive(Debug)]
pub struct Engine {
    handle: Handle,
    activity: Activity,
    /// Dropped to end the thread.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// Starts a thread that serves what `prepare` begins.
    ///
    /// # Errors
    /// Those of `prepare`; what the host says when it has no more descriptors or threads.
    pub fn start<R>(name: &str, prepare: impl FnOnce(&Runtime, &Activity) -> io::Result<R>) -> io::Result<(Self, R)> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let activity = Activity::default();
        let prepared = {
            // Listeners register with the runtime that is entered. All that can fail, fails here and not on the thread.
            let _inside = runtime.enter();
            prepare(&runtime, &activity)?
        };
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            // Whether sent to or dropped: it is over. Dropping the runtime closes all it holds.
            let _ = runtime.block_on(stopped);
        })?;
        Ok((Self { handle, activity, stop: Some(stop), thread: Some(thread) }, prepared))
    }

    /// What tasks are spawned with.
    #[must_use]
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Where tasks count what they do.
    #[must_use]
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// Returns when all that has arrived so far has been answered, as far as it is answered at all.
    pub fn settle(&self) {
        let (tell, told) = sync_channel(1);
        let activity = self.activity.clone();
        self.handle.spawn(async move {
            let (mut quiet, mut before) = (0, activity.count());
            while quiet < QUIET_ROUNDS {
                tokio::task::yield_now().await;
                let now = activity.count();
                quiet = if now == before { quiet + 1 } else { 0 };
                before = now;
            }
            let _ = tell.send(());
        });
        // An error: the thread is ending.
        let _ = told.recv();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // No task blocks, so this is short; afterwards the ports are closed for certain.
            let _ = thread.join();
        }
    }
}
