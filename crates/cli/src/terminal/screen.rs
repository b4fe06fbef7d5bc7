//! The terminal as the session's output: what threads print while a line is being edited goes above that line.

use super::layout::{Drawn, last_row};
use parking_lot::{Mutex, MutexGuard};
use quecpy_net::Waiters;
use quecpy_net::process::{self, Stream};
use quecpy_runtime::Sink;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// So much of an unfinished line is remembered.
const LAST_LINE: usize = 4096;
/// Until the line editor is reminded to look at the terminal's width.
const REMINDER: Duration = Duration::from_millis(100);
/// A window is no longer being dragged after so many looks at its width with one answer: 400 ms. tmux breaks the rows anew
/// at once, and tells of it 250 ms late when another change was just before.
const SETTLED: usize = 20;
/// Between two looks at a width that changes.
const LOOK: Duration = Duration::from_millis(20);
/// Where the terminal does not say how wide it is.
const COLUMNS: usize = 80;

#[derive(Default)]
struct State {
    /// The line that is being edited, once it has been drawn.
    edited: Option<Drawn>,
    /// How wide the line editor believes the terminal to be.
    believed: usize,
    /// How wide the terminal was when that line was last drawn.
    settled: Option<usize>,
    /// It will be told soon to look again.
    reminding: bool,
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
        self.0.lock()
    }

    /// The line editor has just asked the terminal how wide it is.
    pub fn measured(&self) {
        self.state().believed = columns();
    }

    /// A line is being edited, and is about to be drawn anew like this: a prompt, the line, the cursor in it.
    pub fn editing(&self, prompt: String, line: &str, cursor: usize) {
        let now = self.settled_columns();
        let mut state = self.state();
        let before = state.edited.take();
        // For one row the editor does not draw anew when the width changes, and so does not tell that it has asked.
        if before.as_ref().is_some_and(|before| before.is_one_row(before.believed) && before.is_one_row(now)) {
            state.believed = now;
        }
        let believed = state.believed;
        state.edited = Some(Drawn { prompt, line: line.to_owned(), cursor, believed, columns: Some(now) });
        let is_other = |before: &Drawn| before.believed != now || before.columns.is_some_and(|then| then != now);
        let Some(before) = before.filter(is_other) else { return };
        self.remind(&mut state);
        if breaks_rows_anew() {
            // There is nobody to tell that telling failed.
            let _ = process::write_text(Stream::Out, &before.wiped_out(now));
        }
    }

    /// How wide the terminal is, once it no longer changes: what is drawn for a width that is over by the time it arrives
    /// stands on other rows than those that are wiped out later.
    fn settled_columns(&self) -> usize {
        let before = self.state().settled;
        let mut now = columns();
        if before.is_some_and(|before| before != now) {
            let mut same = 0;
            while same < SETTLED {
                std::thread::sleep(LOOK);
                let then = std::mem::replace(&mut now, columns());
                same = if then == now { same + 1 } else { 0 };
            }
        }
        self.state().settled = Some(now);
        now
    }

    /// Has the editor look at the width once more, soon: it misses a change that comes while it draws.
    fn remind(&self, state: &mut State) {
        if !std::mem::replace(&mut state.reminding, true) {
            let screen = self.clone();
            let remind = move || {
                std::thread::sleep(REMINDER);
                screen.state().reminding = false;
                quecpy_net::tell_window_size();
            };
            // Without a thread the next change of the width does it.
            let _ = std::thread::Builder::new().name("window".into()).spawn(remind);
        }
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
        state.settled = None;
        state.last_line.clear();
        let partial = std::mem::take(&mut state.partial);
        state.say(&String::from_utf8_lossy(&partial));
    }

    /// Says something of the prompt's own.
    pub fn say(&self, text: &str) {
        self.state().say(text);
    }
}

/// Whether the terminal breaks long rows anew when its width changes, as most do. xterm, rxvt and screen do not.
fn breaks_rows_anew() -> bool {
    let is_set = |name| std::env::var_os(name).is_some();
    let is_rxvt = std::env::var("TERM").is_ok_and(|term| term.starts_with("rxvt"));
    is_set("TMUX") || !(is_set("XTERM_VERSION") || is_set("STY") || is_rxvt)
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
            state.edited = Some(Drawn { columns: None, ..edited.clone() });
            let text = edited.with_above(&String::from_utf8_lossy(&lines), columns());
            written = process::write_text(Stream::Out, &text);
        }
        Ok(written.map(|()| bytes.len()))
    }

    fn is_ready(&self, count: usize) -> bool {
        process::is_ready(Stream::Out, count)
    }
}
