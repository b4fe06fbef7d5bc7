//! The script's standard input at the main serial port: what comes while it runs. The port keeps what no script takes.

use super::shared::Shared;
use crate::Keyboard;
use quecpy_net::Waiter;
use std::sync::Arc;

pub struct Typed(pub Arc<Shared>);

impl Keyboard for Typed {
    fn take(&self, most: usize) -> Vec<u8> {
        let taken = self.0.talking().map(|(_, end)| end.port().take_input(most));
        taken.into_iter().find(|bytes| !bytes.is_empty()).unwrap_or_default()
    }

    fn has_some(&self) -> bool {
        self.0.talking().any(|(_, end)| {
            let port = end.port();
            port.is_running() && port.waiting() > 0
        })
    }

    fn tell(&self, thread: Arc<Waiter>) {
        let mut readers = self.0.readers.lock();
        if !readers.iter().any(|known| Arc::ptr_eq(known, &thread)) {
            readers.push(thread);
        }
    }
}
