//! What the parent says to a worker, a line of JSON each. A worker whose parent is gone, however it went, has nobody to work
//! for: it ends at once, whatever its test does.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use parking_lot::Mutex;
use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, channel};

/// The status of a worker whose parent has gone. Nobody is there to see it.
const ORPHANED: i32 = 1;

/// The lines, in order.
#[derive(Debug)]
pub struct Commands(Mutex<Receiver<String>>);

impl Commands {
    /// Starts the thread that reads them.
    pub fn start() -> Self {
        // Ctrl-C is for the parent, which has the same terminal.
        let _ = quecpy_net::process::on_signals(|signal| {
            if signal != quecpy_net::process::Signal::Interrupt {
                std::process::exit(i32::from(signal.status()));
            }
        });
        let (tell, lines) = channel();
        let read = move || {
            for line in io::stdin().lock().lines() {
                let Ok(line) = line else { break };
                if tell.send(line).is_err() {
                    return;
                }
            }
            std::process::exit(ORPHANED);
        };
        // Without the thread there is no command: the worker ends.
        let _ = std::thread::Builder::new().name("commands".into()).spawn(read);
        Self(Mutex::new(lines))
    }

    /// Waits for the next.
    pub fn next(&self) -> Option<String> {
        self.0.lock().recv().ok()
    }
}
