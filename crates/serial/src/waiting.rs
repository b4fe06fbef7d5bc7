//! The bytes that came and that nobody has taken yet: bounded, as a UART's buffer.

use std::collections::VecDeque;

use crate::settings::INPUT_LIMIT;

#[derive(Default)]
pub(crate) struct Waiting(VecDeque<u8>);

impl Waiting {
    /// Keeps a byte, or drops it when all is full.
    pub fn push(&mut self, byte: u8) {
        if self.0.len() < INPUT_LIMIT {
            self.0.push_back(byte);
        }
    }

    pub fn pop(&mut self) -> Option<u8> {
        let byte = self.0.pop_front();
        if self.0.is_empty() {
            // A flood is over: its memory is given back.
            self.0.shrink_to(4096);
        }
        byte
    }

    pub fn take(&mut self, most: usize) -> Vec<u8> {
        self.0.drain(..most.min(self.0.len())).collect()
    }

    /// Takes every such byte out; true if there was one.
    pub fn remove(&mut self, unwanted: u8) -> bool {
        let before = self.0.len();
        self.0.retain(|&byte| byte != unwanted);
        self.0.len() < before
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
