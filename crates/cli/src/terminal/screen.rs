//! The terminal as the session's output: what threads print while a line is being edited goes above that line.

use rustyline::ExternalPrinter;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
struct State {
    /// While a line is being edited.
    printer: Option<Box<dyn ExternalPrinter + Send>>,
    /// A line that has no end yet, kept until it has one: half a line cannot stand above another.
    partial: String,
    /// What stands on the last line while nothing is being edited: a script's own prompt.
    last_line: String,
}

/// A writer for the session's streams; clones write to the same terminal.
#[derive(Clone, Default)]
pub struct Screen(Arc<Mutex<State>>);

impl Screen {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A line is being edited from now on.
    pub fn editing(&self, printer: impl ExternalPrinter + Send + 'static) {
        self.state().printer = Some(Box::new(printer));
    }

    /// Takes what stands on the last line, to be the prompt of a line that a script reads.
    pub fn take_last_line(&self) -> String {
        std::mem::take(&mut self.state().last_line)
    }

    /// Nothing is being edited any more; what was kept is printed.
    pub fn free(&self) {
        let mut state = self.state();
        state.printer = None;
        state.last_line.clear();
        let partial = std::mem::take(&mut state.partial);
        // There is nobody to tell that telling failed.
        let _ = io::stdout().write_all(partial.as_bytes()).and_then(|()| io::stdout().flush());
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.state();
        if state.printer.is_none() {
            io::stdout().write_all(bytes)?;
            state.last_line.push_str(&String::from_utf8_lossy(bytes));
            if let Some(end) = state.last_line.rfind('\n') {
                state.last_line.drain(..=end);
            }
            return Ok(bytes.len());
        }
        state.partial.push_str(&String::from_utf8_lossy(bytes));
        if let Some(end) = state.partial.rfind('\n') {
            let rest = state.partial.split_off(end + 1);
            let lines = std::mem::replace(&mut state.partial, rest);
            if let Some(printer) = &mut state.printer {
                printer.print(lines).map_err(io::Error::other)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
