//! The terminal as the session's output: what threads print while a line is being edited goes above that line.

use super::layout::{Drawn, last_row};
use quecpy_net::Waiters;
use quecpy_net::process::{self, Stream};
use quecpy_runtime::Sink;
use std::io;
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
    /// Writes some while nothing is being edited.
    fn put(&mut self, bytes: &[u8], waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>> {
        let written = match waiters {
            Some(waiters) => waiters.write_out(Stream::Out, bytes)?,
            None => process::write_blocking(Stream::Out, bytes),
        };
        if let Ok(n) = written {
            self.remember(&bytes[..n.min(bytes.len())]);
        }
        Ok(written)
    }

    /// Keeps what now stands on the last line.
    fn remember(&mut self, bytes: &[u8]) {
        self.last_line.push_str(&String::from_utf8_lossy(bytes));
        if let Some(end) = self.last_line.rfind('\n') {
            self.last_line.drain(..=end);
        }
        while self.last_line.len() > LAST_LINE {
            let half = self.last_line.ceil_char_boundary(LAST_LINE / 2);
            self.last_line.drain(..half);
        }
    }

    /// Writes all, if the terminal is there.
    fn say(&mut self, text: &str) {
        // There is nobody to tell that telling failed.
        let _ = process::write_text(Stream::Out, text);
        self.remember(text.as_bytes());
    }
}

/// The output of the session's streams; clones are the same terminal.
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
        state.say(&String::from_utf8_lossy(&partial));
    }

    /// Says something of the prompt's own.
    pub fn say(&self, text: &str) {
        self.state().say(text);
    }
}

fn columns() -> usize {
    terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0)).max(1)
}

impl Sink for Screen {
    fn write(&self, bytes: &[u8], waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>> {
        let mut state = self.state();
        let Some(edited) = state.edited.clone() else { return state.put(bytes, waiters) };
        state.partial.extend_from_slice(bytes);
        let mut written = Ok(());
        if let Some(end) = state.partial.iter().rposition(|b| *b == b'\n') {
            let rest = state.partial.split_off(end + 1);
            let lines = std::mem::replace(&mut state.partial, rest);
            let text = edited.with_above(&String::from_utf8_lossy(&lines), columns());
            written = process::write_text(Stream::Out, &text);
        }
        Ok(written.map(|()| bytes.len()))
    }

    fn is_ready(&self, count: usize) -> bool {
        process::is_ready(Stream::Out, count)
    }
}
