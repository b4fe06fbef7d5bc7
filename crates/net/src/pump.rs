//! A thread that writes for others, on hosts where a write that blocks cannot be broken: whoever has something written
//! waits for it as for anything else, and can be interrupted.

use crate::error::Result;
use crate::wait::Waiters;
use parking_lot::{Condvar, Mutex};
use quecpy_time::Deadline;
use std::io;
use std::sync::Arc;
use std::thread::Thread;

/// What is being written.
#[derive(Default)]
enum Job {
    #[default]
    None,
    Wanted(Vec<u8>, Thread),
    /// By the pump; perhaps nobody waits for it any more.
    UnderWay(Option<Thread>),
    Done(io::Result<usize>),
}

#[derive(Default)]
struct Shared {
    job: Mutex<Job>,
    changed: Condvar,
}

/// Writes one thing after another.
#[derive(Default)]
pub(crate) struct Pump {
    shared: Arc<Shared>,
    started: Mutex<bool>,
}

impl Shared {
    fn work(&self, mut write: impl FnMut(&[u8]) -> io::Result<usize>) {
        let mut job = self.job.lock();
        loop {
            match std::mem::take(&mut *job) {
                Job::Wanted(bytes, waiting) => {
                    *job = Job::UnderWay(Some(waiting));
                    drop(job);
                    let result = write(&bytes);
                    job = self.job.lock();
                    if let Job::UnderWay(waiting) = std::mem::take(&mut *job)
                        && let Some(waiting) = waiting
                    {
                        *job = Job::Done(result);
                        waiting.unpark();
                    }
                }
                other => {
                    *job = other;
                    self.changed.wait(&mut job);
                }
            }
        }
    }
}

impl Pump {
    /// Has `write` write some of `bytes`. One caller at a time.
    ///
    /// # Errors
    /// `Interrupted`: then the bytes are written when they can be. Within, those of `write`.
    pub fn write(
        &self,
        bytes: &[u8],
        write: impl FnMut(&[u8]) -> io::Result<usize> + Send + 'static,
        waiters: &Waiters,
    ) -> Result<io::Result<usize>> {
        {
            let mut started = self.started.lock();
            if !*started {
                let shared = self.shared.clone();
                if let Err(e) = std::thread::Builder::new().name("output".into()).spawn(move || shared.work(write)) {
                    return Ok(Err(e));
                }
                *started = true;
            }
        }
        let (mut posted, mut done) = (false, None);
        let waited = waiters.park(Deadline::NEVER, || {
            let mut job = self.shared.job.lock();
            match std::mem::take(&mut *job) {
                // What an interrupted caller has left is written first.
                Job::None if !posted => {
                    *job = Job::Wanted(bytes.to_vec(), std::thread::current());
                    posted = true;
                    self.shared.changed.notify_one();
                }
                Job::Done(result) if posted => done = Some(result),
                Job::UnderWay(None) => *job = Job::UnderWay(Some(std::thread::current())),
                Job::Done(_) => {
                    *job = Job::Wanted(bytes.to_vec(), std::thread::current());
                    posted = true;
                    self.shared.changed.notify_one();
                }
                other => *job = other,
            }
            done.is_some()
        });
        if let Err(e) = waited {
            let mut job = self.shared.job.lock();
            match &mut *job {
                Job::Wanted(..) => *job = Job::None,
                Job::UnderWay(waiting) => *waiting = None,
                Job::Done(_) => *job = Job::None,
                Job::None => {}
            }
            return Err(e);
        }
        Ok(done.unwrap_or(Ok(0)))
    }
}

#[cfg(windows)]
impl Waiters {
    /// A write cannot be broken here: a thread of its own makes it.
    pub(crate) fn write_by_pump(&self, stream: crate::sys::Stream, bytes: &[u8]) -> Result<io::Result<usize>> {
        // The process has two outputs, and these are they.
        static PUMPS: [std::sync::OnceLock<Pump>; 2] = [std::sync::OnceLock::new(), std::sync::OnceLock::new()];
        let pump = PUMPS[usize::from(stream == crate::sys::Stream::Err)].get_or_init(Pump::default);
        pump.write(bytes, move |bytes| crate::sys::write_out(stream, bytes), self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A stream that tells what it is about to write, and writes it only when it is let.
    #[expect(clippy::type_complexity, reason = "three ends of one gate")]
    fn gated() -> (impl FnMut(&[u8]) -> io::Result<usize> + Send + 'static, Sender<()>, Receiver<Vec<u8>>) {
        let (open, gate) = channel();
        let (about_to_write, seen) = channel();
        let write = move |bytes: &[u8]| {
            let _ = about_to_write.send(bytes.to_vec());
            let _ = gate.recv();
            Ok(bytes.len())
        };
        (write, open, seen)
    }

    #[test]
    fn a_write_that_blocks_is_interrupted_and_what_follows_comes_behind_it() {
        let (write, gate, seen) = gated();
        let (pump, waiters) = (Pump::default(), Arc::new(Waiters::default()));
        let main = waiters.this_thread();
        let interrupter = std::thread::spawn(move || {
            assert_eq!(seen.recv().unwrap(), b"first");
            main.interrupt();
            seen
        });
        assert!(matches!(pump.write(b"first", write, &waiters), Err(Error::Interrupted)));
        let seen = interrupter.join().expect("the interrupter does not panic");
        for _ in 0..2 {
            gate.send(()).expect("the pump waits");
        }
        assert!(matches!(pump.write(b"second", |b| Ok(b.len()), &waiters), Ok(Ok(6))));
        assert_eq!(seen.recv().unwrap(), b"second");
    }
}
