//! The bytes of a source that is being received: bounded.

use crate::settings::SOURCE_LIMIT;

#[derive(Default)]
pub(crate) struct Source {
    bytes: Vec<u8>,
    overflown: bool,
}

impl Source {
    /// False when the byte did not fit.
    pub fn push(&mut self, byte: u8) -> bool {
        if self.bytes.len() < SOURCE_LIMIT {
            self.bytes.push(byte);
        } else {
            self.overflown = true;
        }
        !self.overflown
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what came, and gives its memory back.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// All that came, or the error that says it was too much.
    pub fn take(&mut self) -> Result<Vec<u8>, String> {
        let source = std::mem::take(self);
        if source.overflown { Err(too_long(SOURCE_LIMIT)) } else { Ok(source.bytes) }
    }
}

/// MicroPython too ends in a MemoryError when a source does not fit, with a text that depends on its heap.
pub(crate) fn too_long(limit: usize) -> String {
    format!("MemoryError: input is longer than {limit} bytes\r\n")
}
