//! The script's standard output at the main serial port: which client gets what it prints, and how long it waits for a client that
//! lags behind.

use super::shared::{End, Shared};
use crate::Sink;
use quecpy_net::{Error, Result, Waiters};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

/// How long a script waits for a client that does not read, once.
const PATIENCE: Duration = Duration::from_secs(1);
/// So much is sent at once.
const PIECE: usize = 32 * 1024;

/// Output of the session, to the wires: text, or (`raw`) what stays as it is, as of `usys.stdout.buffer`.
#[derive(Clone)]
pub struct Output {
    pub shared: Arc<Shared>,
    pub raw: bool,
}

impl Output {
    /// Sends a part of what a script prints, and tells how much that was.
    fn send(&self, bytes: &[u8], waiters: Option<&Waiters>) -> Result<usize> {
        let piece = &bytes[..bytes.len().min(PIECE)];
        for (_, end) in self.shared.talking() {
            end.wait_for_room(waiters)?;
        }
        if self.raw {
            self.shared.print(piece);
        } else {
            self.shared.print(&quecpy_serial::cooked(piece));
        }
        Ok(piece.len())
    }
}

impl Sink for Output {
    fn write(&self, bytes: &[u8], waiters: Option<&Waiters>) -> Result<io::Result<usize>> {
        self.send(bytes, waiters).map(Ok)
    }

    fn is_ready(&self, _count: usize) -> bool {
        self.shared.talking().all(|(_, end)| !end.wire.is_full() || end.given_up.load(SeqCst))
    }
}

impl Shared {
    fn print(&self, bytes: &[u8]) {
        let running = self.running();
        for (number, end) in self.ends.iter().enumerate() {
            // A program that waits for an answer of its own must not read that of another.
            if running.is_none_or(|running| running == number || !end.port().is_raw()) {
                end.wire.send(bytes);
            }
        }
    }
}

impl End {
    /// Waits until a client that lags behind has caught up, but not for ever: what it then does not read is lost sooner or
    /// later.
    fn wait_for_room(&self, waiters: Option<&Waiters>) -> Result<()> {
        if !self.wire.is_full() {
            self.given_up.store(false, SeqCst);
            return Ok(());
        }
        if self.given_up.load(SeqCst) {
            return Ok(());
        }
        let has_room = || {
            self.wire.tell(std::thread::current());
            !self.wire.is_full()
        };
        let waited = match waiters {
            Some(waiters) => waiters.park_really(PATIENCE, has_room),
            None => wait_outside(has_room),
        };
        match waited {
            Err(Error::TIMED_OUT) => {
                self.given_up.store(true, SeqCst);
                Ok(())
            }
            result => result,
        }
    }
}

/// Waits where nothing can interrupt it.
#[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
fn wait_outside(done: impl Fn() -> bool) -> Result<()> {
    let begin = Instant::now();
    while !done() {
        let left = PATIENCE.saturating_sub(begin.elapsed());
        if left.is_zero() {
            return Err(Error::TIMED_OUT);
        }
        std::thread::park_timeout(left);
    }
    Ok(())
}
