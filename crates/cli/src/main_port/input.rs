//! The script's standard input at the main serial port: what came while it runs and nobody else has taken.

use super::Shared;
use std::io::{self, Read};
use std::sync::{Arc, PoisonError};

pub struct Typed(pub Arc<Shared>);

impl Read for Typed {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut port = self.0.port();
        loop {
            let bytes = if port.is_running() { port.take_input(room.len()) } else { Vec::new() };
            if !bytes.is_empty() {
                room[..bytes.len()].copy_from_slice(&bytes);
                return Ok(bytes.len());
            }
            port = self.0.arrived.wait(port).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
