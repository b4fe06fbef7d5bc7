//! The script's standard input at the main serial port: what comes while it runs. The port keeps what no script takes.

use super::Shared;
use crate::Keyboard;
use std::sync::{Arc, PoisonError};
use std::thread::Thread;

pub struct Typed(pub Arc<Shared>);

impl Keyboard for Typed {
    fn take(&self, most: usize) -> Vec<u8> {
        self.0.port().take_input(most)
    }

    fn has_some(&self) -> bool {
        let port = self.0.port();
        port.is_running() && port.waiting() > 0
    }

    fn tell(&self, thread: Thread) {
        let mut readers = self.0.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if !readers.iter().any(|known| known.id() == thread.id()) {
            readers.push(thread);
        }
    }
}
