//! Somebody who looks on while a session walks: calls that wait are interrupted; one that cannot be ends the program.

use super::data;
use super::verdict::{last_call, name_of};
use parking_lot::{Mutex, MutexGuard};
use quecpy_runtime::Interrupter;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A call that is known to wait is not waited for.
const WAITS: Duration = Duration::from_millis(40);
/// Any other takes less than this, on the slowest machine.
const SLOW: Duration = Duration::from_secs(5);
/// After it was interrupted.
const HANGS: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(10);

/// What was said, and when last.
#[derive(Debug, Clone)]
pub struct Progress(Arc<Mutex<(String, Instant)>>);

impl Default for Progress {
    fn default() -> Self {
        Self(Arc::new(Mutex::new((String::new(), Instant::now()))))
    }
}

impl Progress {
    fn lock(&self) -> MutexGuard<'_, (String, Instant)> {
        self.0.lock()
    }

    pub fn text(&self) -> String {
        self.lock().0.clone()
    }

    /// The call that is in progress, and for how long.
    fn now(&self) -> (String, Duration) {
        let said = self.lock();
        (last_call(&said.0).to_owned(), said.1.elapsed())
    }

    fn add(&self, text: &str) {
        // To find the call at which the program dies.
        if std::env::var_os("QUECPY_FUZZ_CALLS").is_some() {
            eprint!("{text}");
        }
        let mut said = self.lock();
        said.0.push_str(text);
        said.1 = Instant::now();
    }
}

impl Write for Progress {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Looks on until it is dropped.
pub struct Watch {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    pub fn start(interrupter: Interrupter, progress: Progress) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let ended = over.clone();
        let look = move || {
            let mut interrupted = String::new();
            while !ended.load(SeqCst) {
                std::thread::sleep(LOOK);
                let (call, time) = progress.now();
                let known = data::WAITS.iter().any(|(prefix, _)| name_of(&call).starts_with(prefix));
                if call == interrupted && time > HANGS {
                    eprintln!("arguments: {call} cannot be interrupted");
                    std::process::abort();
                }
                if call != interrupted && time > if known { WAITS } else { SLOW } {
                    interrupter.interrupt();
                    if !known {
                        progress.add(&format!("! it takes longer than {} s <- {call}\n", SLOW.as_secs()));
                    }
                    interrupted = call;
                }
            }
        };
        let thread = std::thread::Builder::new().name("watch".to_owned()).spawn(look).expect("a thread");
        Self { over, thread: Some(thread) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
