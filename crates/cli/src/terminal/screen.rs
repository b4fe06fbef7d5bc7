//! The terminal as the session's output: what threads print while a line is being edited goes above that line.

use super::layout::{Drawn, last_row};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So much of an unfinished line is remembered.
const LAST_LINE: usize = 4096;
/// Where the terminal does not say how wide it is.
const COLUMNS: usize = 80;

#[derive(Default)]
struct State {
    /// The line that is being edited, once it has been drawn.
    edited: Option<Drawn>,
    /// What threads print meanwhile and has no end yet: half a line cannot stand above another.
    partial: Vec<u8>,
    /// What stands on the last line while nothing is being edited: a script's own prompt.
    last_line: String,
}

impl State {
    /// Writes while nothing is being edited.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.last_line.push_str(&String::from_utf8_lossy(bytes));
        if let Some(end) = self.last_line.rfind('\n') {
            self.last_line.drain(..=end);
        }
        while self.last_line.len() > LAST_LINE {
            let half = self.last_line.ceil_char_boundary(LAST_LINE / 2);
            self.last_line.drain(..half);
        }
        let mut terminal = io::stdout().lock();
        terminal.write_all(bytes).and_then(|()| terminal.flush())
    }
}

/// A writer for the session's streams; clones write to the same terminal.
#[derive(Clone, Default)]
pub struct Screen(Arc<Mutex<State>>);

impl Screen {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A line is being edited, and is about to be drawn like this.
    pub fn editing(&self, drawn: Drawn) {
        self.state().edited = Some(drawn);
    }

    /// Takes what stands on the last line, to be the prompt of the line that is edited there.
    pub fn take_last_line(&self) -> String {
        let line = std::mem::take(&mut self.state().last_line);
        last_row(&line, columns()).to_owned()
    }

    /// Nothing is being edited any more; what was kept is printed.
    pub fn free(&self) {
        let mut state = self.state();
        state.edited = None;
        state.last_line.clear();
        let partial = std::mem::take(&mut state.partial);
        // There is nobody to tell that telling failed.
        let _ = state.put(&partial);
    }

    /// Says something of the prompt's own.
    pub fn say(&self, text: &str) {
        // As above.
        let _ = self.state().put(text.as_bytes());
    }
}

fn columns() -> usize {
    terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0)).max(1)
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.state();
        let Some(edited) = state.edited.clone() else { return state.put(bytes).map(|()| bytes.len()) };
        state.partial.extend_from_slice(bytes);
        if let Some(end) = state.partial.iter().rposition(|b| *b == b'\n') {
            let rest = state.partial.split_off(end + 1);
            let lines = std::mem::replace(&mut state.partial, rest);
            let mut terminal = io::stdout().lock();
            terminal.write_all(edited.with_above(&String::from_utf8_lossy(&lines), columns()).as_bytes())?;
            terminal.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
