//! How the program ends, be it before its time: what is to be cleaned up, and the exit status.

use crate::{exit_code, say};
use parking_lot::Mutex;
use quecpy_net::process::{self, Stream};
use quecpy_runtime::{Fault, console};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

type Act = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    acts: Mutex<Vec<Act>>,
    /// A fault of this program was told.
    faulty: AtomicBool,
}

/// The end of the program; clones are the same end.
#[derive(Clone, Default)]
pub struct Ending(Arc<State>);

impl Ending {
    /// Has `act` done at the end, however it comes: also after Ctrl-C.
    pub fn at_end(&self, act: impl FnOnce() + Send + 'static) {
        self.0.acts.lock().push(Box::new(act));
    }

    /// Does all that, the latest first.
    pub fn clean_up(&self) {
        // Held meanwhile: another thread that ends the program waits until it is done.
        let mut acts = self.0.acts.lock();
        while let Some(act) = acts.pop() {
            act();
        }
    }

    /// Ends the program now, from any thread.
    pub fn exit(&self, status: u8) -> ! {
        self.clean_up();
        std::process::exit(i32::from(self.status(status)))
    }

    /// Tells a fault that no session tells.
    pub fn fault(&self, fault: &Fault) {
        self.0.faulty.store(true, SeqCst);
        say::error(&format!("{fault}\n"));
    }

    /// The status to end with: no success after a fault.
    pub fn status(&self, status: u8) -> u8 {
        if status == 0 && self.0.faulty.load(SeqCst) { exit_code::FAULT } else { status }
    }

    /// Writes what was asked for to standard output. Where that cannot be written the program ends.
    pub fn print(&self, text: &str) {
        if let Err(e) = process::write_text(Stream::Out, text) {
            self.output_failed(&e);
        }
    }

    /// Standard output cannot be written. Where nobody reads any more the program ends in silence, as others do.
    pub fn output_failed(&self, e: &io::Error) -> ! {
        if e.kind() == io::ErrorKind::BrokenPipe {
            self.exit(exit_code::UNREAD);
        }
        say::error(&format!("quecpy: cannot write standard output: {}\n", say::reason(e)));
        self.exit(exit_code::UNWRITTEN)
    }

    /// That, for a console.
    pub fn on_output_failure(&self) -> console::OnFailure {
        let own = self.clone();
        Arc::new(move |e| own.output_failed(e))
    }
}
