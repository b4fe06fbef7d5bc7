//! Serial ports: a receive buffer, and a wire to what is connected.
//!
//! The speed is not simulated: bytes arrive at once.

use super::link::{Hold, Link};
use super::pins::{Pins, Pull};
use crate::event::{Source, Value};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;

/// `UART0` to `UART4`
pub const COUNT: usize = 5;
/// Bytes that wait at most for the script, in each direction; a sender of more waits or loses it.
const ROOM: usize = 1 << 16;

/// Takes what the script sends. It must not wait.
pub type Wire = Arc<dyn Fn(&[u8]) + Send + Sync>;

#[derive(Default)]
struct State {
    open: bool,
    received: VecDeque<u8>,
    /// What was written last, for a look from outside.
    sent: VecDeque<u8>,
    wire: Option<Wire>,
    /// Whether something may come over the wire by itself.
    lively: bool,
    looped: bool,
    /// Whether the script has a callback.
    listening: bool,
    hold: Option<Hold>,
    /// The line that says which side sends on an RS-485 bus, and its level while this side does.
    rs485: Option<(u8, bool)>,
}

impl State {
    /// Takes what there is room for.
    fn receive(&mut self, bytes: &[u8]) -> usize {
        let taken = if self.open { bytes.len().min(ROOM - self.received.len().min(ROOM)) } else { 0 };
        self.received.extend(&bytes[..taken]);
        taken
    }

    /// Keeps the session alive exactly while a callback may be called for what comes from outside.
    fn settle(&mut self, hold: Option<Hold>) -> Option<Hold> {
        if hold.is_some() {
            self.hold = hold;
        }
        let needed = self.open && self.listening && self.lively;
        if needed { None } else { self.hold.take() }
    }
}

/// One serial port.
pub struct Uart {
    number: u8,
    state: Mutex<State>,
    link: Link,
    /// For a line that shows when this side sends.
    pins: Arc<Pins>,
}

impl std::fmt::Debug for Uart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Uart({})", self.number)
    }
}

impl Uart {
    pub(super) fn new(number: usize, link: Link, pins: Arc<Pins>) -> Self {
        Self { number: u8::try_from(number).unwrap_or(0), state: Mutex::default(), link, pins }
    }

    /// Opens the port, or sets it up again; what waits is dropped.
    pub fn open(&self) {
        let mut state = self.state.lock();
        state.open = true;
        state.received.clear();
    }

    /// False when it is not open.
    pub fn close(&self) -> bool {
        let mut state = self.state.lock();
        let was = std::mem::replace(&mut state.open, false);
        state.listening = false;
        state.rs485 = None;
        state.received.clear();
        let gone = state.settle(None);
        drop(state);
        drop(gone);
        was
    }

    /// Whether a script has opened it.
    pub fn is_open(&self) -> bool {
        self.state.lock().open
    }

    /// Bytes that wait for the script.
    pub fn waiting(&self) -> usize {
        self.state.lock().received.len()
    }

    /// Up to `most` bytes that wait.
    pub fn read(&self, most: usize) -> Vec<u8> {
        let mut state = self.state.lock();
        let n = most.min(state.received.len());
        state.received.drain(..n).collect()
    }

    /// Up to and with the next line feed, or all that waits.
    pub fn read_line(&self) -> Vec<u8> {
        let mut state = self.state.lock();
        let end = state.received.iter().position(|b| *b == b'\n').map_or(state.received.len(), |at| at + 1);
        state.received.drain(..end).collect()
    }

    /// Sends; false when the port is closed.
    pub fn write(&self, bytes: &[u8]) -> bool {
        let state = self.state.lock();
        if !state.open {
            return false;
        }
        let (rs485, wire, looped) = (state.rs485, state.wire.clone(), state.looped);
        drop(state);
        self.signal_sending(rs485, true);
        let mut state = self.state.lock();
        state.sent.extend(bytes);
        let surplus = state.sent.len().saturating_sub(ROOM);
        state.sent.drain(..surplus);
        drop(state);
        if let Some(wire) = wire {
            wire(bytes);
        }
        if looped {
            self.feed(bytes);
        }
        self.signal_sending(rs485, false);
        true
    }

    fn signal_sending(&self, rs485: Option<(u8, bool)>, sending: bool) {
        if let Some((gpio, level)) = rs485 {
            self.pins.write(gpio, level == sending);
        }
    }

    /// Has a line show when this side sends; false when the port is closed.
    pub fn set_rs485(&self, gpio: u8, level: bool) -> bool {
        let mut state = self.state.lock();
        if !state.open {
            return false;
        }
        state.rs485 = Some((gpio, level));
        drop(state);
        self.pins.set_up(gpio, Some(!level), Pull::None);
        true
    }

    /// Whether the script has a callback; what keeps the session alive for it.
    pub fn listen(&self, hold: Option<Hold>) {
        let mut state = self.state.lock();
        state.listening = hold.is_some();
        let gone = state.settle(hold);
        drop(state);
        drop(gone);
    }

    /// Bytes come from outside. Returns how many were taken: none while the port is closed, fewer when its buffer is
    /// full.
    pub fn feed(&self, bytes: &[u8]) -> usize {
        let mut state = self.state.lock();
        let taken = state.receive(bytes);
        let waiting = i64::try_from(state.received.len()).unwrap_or(i64::MAX);
        drop(state);
        if taken > 0 {
            let argument = Value::List(vec![0.into(), i64::from(self.number).into(), waiting.into()]);
            self.link.send(Source::Uart(self.number), argument);
        }
        taken
    }

    /// Takes what the script has sent: the last 64 KiB of it.
    pub fn take_sent(&self) -> Vec<u8> {
        self.state.lock().sent.drain(..).collect()
    }

    /// Connects a wire; `lively` when bytes may come over it by themselves.
    pub fn connect(&self, wire: Wire, lively: bool) {
        let mut state = self.state.lock();
        (state.wire, state.lively) = (Some(wire), lively);
    }

    /// Connects the port's output to its own input.
    pub fn connect_to_itself(&self) {
        self.state.lock().looped = true;
    }

    pub(super) fn reset(&self) {
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;
    use crate::event::Event;

    #[test]
    fn bytes_go_both_ways_and_are_reported() {
        let (board, events, _folder) = board();
        let uart = &board.peripherals.uarts[2];
        assert_eq!((uart.feed(b"lost"), uart.write(b"x")), (0, false), "it is closed");
        uart.open();
        assert_eq!(uart.feed(b"one\ntwo"), 7);
        let argument = Value::List(vec![0.into(), 2.into(), 7.into()]);
        assert_eq!(events.recv(), Ok(Event { source: Source::Uart(2), argument }));
        assert_eq!((uart.read(1), uart.waiting()), (b"o".to_vec(), 6));
        assert_eq!((uart.read_line(), uart.read_line()), (b"ne\n".to_vec(), b"two".to_vec()));
        assert!(uart.write(b"answer"));
        assert_eq!(uart.take_sent(), b"answer");
        assert_eq!(uart.take_sent(), b"");
    }

    #[test]
    fn a_full_buffer_takes_no_more() {
        let (board, _events, _folder) = board();
        let uart = &board.peripherals.uarts[0];
        uart.open();
        assert_eq!(uart.feed(&vec![1; ROOM + 5]), ROOM);
        assert_eq!(uart.feed(b"x"), 0);
        assert_eq!(uart.read(usize::MAX).len(), ROOM);
        uart.write(&vec![7; ROOM + 1]);
        assert_eq!(uart.take_sent().len(), ROOM);
    }

    #[test]
    fn a_loop_brings_back_what_was_sent_and_rs485_shows_it() {
        let (board, events, _folder) = board();
        let uart = &board.peripherals.uarts[1];
        uart.connect_to_itself();
        uart.open();
        assert!(uart.set_rs485(9, true));
        let pins = &board.peripherals.pins;
        pins.set_interrupt(9, super::super::pins::Trigger::Both, super::super::pins::Pull::None);
        pins.enable_interrupt(9, true);
        uart.write(b"ab");
        let sources: Vec<_> = events.try_iter().map(|e| e.source).collect();
        assert_eq!(sources, [Source::ExtInt(9), Source::Uart(1), Source::ExtInt(9)]);
        assert_eq!((uart.read(9), pins.level(9)), (b"ab".to_vec(), false));
        uart.close();
        assert!(!uart.set_rs485(9, true));
    }
}
