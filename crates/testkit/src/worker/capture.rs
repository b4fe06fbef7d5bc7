//! What the script prints while tests run: kept for the report, or passed on at once (`-s`).

use crate::events::{Channel, Event};
use parking_lot::{Mutex, MutexGuard};
use std::io::{self, Write};
use std::sync::Arc;

/// Which of the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Out,
    Err,
}

#[derive(Debug, Default)]
struct Kept {
    out: Vec<u8>,
    err: Vec<u8>,
    /// Passed on while above 0.
    open: bool,
}

/// Both streams of a session.
#[derive(Debug, Clone)]
pub struct Capture {
    kept: Arc<Mutex<Kept>>,
    channel: Channel,
}

/// One end, for the session's console.
#[derive(Debug)]
pub struct End {
    capture: Capture,
    which: Which,
}

impl Capture {
    #[must_use]
    pub fn new(channel: Channel, open: bool) -> Self {
        Self { kept: Arc::new(Mutex::new(Kept { open, ..Kept::default() })), channel }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock()
    }

    #[must_use]
    pub fn end(&self, which: Which) -> End {
        End { capture: self.clone(), which }
    }

    /// Passes on from now, or keeps; returns how it was.
    pub fn set_open(&self, open: bool) -> bool {
        std::mem::replace(&mut self.kept().open, open)
    }

    /// What was kept, which is then forgotten: output and errors.
    #[must_use]
    pub fn take(&self) -> (Vec<u8>, Vec<u8>) {
        let mut kept = self.kept();
        (std::mem::take(&mut kept.out), std::mem::take(&mut kept.err))
    }

    pub fn write(&self, which: Which, bytes: &[u8]) {
        let mut kept = self.kept();
        if kept.open {
            drop(kept);
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.channel.send(&Event::Output { error: which == Which::Err, text });
            return;
        }
        match which {
            Which::Out => kept.out.extend_from_slice(bytes),
            Which::Err => kept.err.extend_from_slice(bytes),
        }
    }
}

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.capture.write(self.which, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
