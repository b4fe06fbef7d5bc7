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
        self.give_back();
        byte
    }

    pub fn take(&mut self, most: usize) -> Vec<u8> {
        let bytes = self.0.drain(..most.min(self.0.len())).collect();
        self.give_back();
        bytes
    }

    /// Once a flood is over, its memory goes.
    fn give_back(&mut self) {
        if self.0.is_empty() {
            self.0.shrink_to(4096);
        }
    }

    /// Takes every such byte out; true if there was one.
    pub fn remove(&mut self, unwanted: u8) -> bool {
        let before = self.0.len();
        self.0.retain(|&byte| byte != unwanted);
        self.0.len() < before
    }

    pub fn clear(&mut self) {
        self.0.clear();
        self.give_back();
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
