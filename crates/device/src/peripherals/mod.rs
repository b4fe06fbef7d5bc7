//! What hangs on the module's pads: pins, timers, the alarm, the watchdog, serial ports, buses, keys, the screen.
//!
//! Each file has two sides: what a script does (called by the bindings), and what a hand or a wire does from outside
//! (for tests and whoever drives a board from Rust).

pub mod alarm;
pub mod analog;
pub mod bus;
pub mod keypad;
pub mod lcd;
pub mod os_timers;
pub mod pins;
pub mod timers;
pub mod uart;
pub mod watchdog;

use crate::board::Board;
use crate::description::Description;
use crate::event::{Source, Value};
use crate::time::Plan;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Something that keeps a session alive until it is dropped; this crate does not know what.
pub type Hold = Box<dyn std::any::Any + Send + Sync>;

/// A peripheral's way to the board it is on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Link(Weak<Board>);

impl Link {
    pub(crate) fn new(board: Weak<Board>) -> Self {
        Self(board)
    }

    fn board(&self) -> Option<Arc<Board>> {
        self.0.upgrade()
    }

    /// Sends an event; no lock may be held that its listener could want.
    fn send(&self, source: Source, argument: Value) {
        if let Some(board) = self.board() {
            board.events.send(source, argument);
        }
    }

    /// Now, on the clock of the board's time.
    fn now(&self) -> Duration {
        self.board().map_or(Duration::ZERO, |board| board.time.now())
    }

    /// Plans what to do with the board.
    fn after(&self, delay: Duration, what: impl FnOnce(&Board) + Send + 'static) -> Option<Plan> {
        let own = self.0.clone();
        let job = move || {
            if let Some(board) = own.upgrade() {
                what(&board);
            }
        };
        self.board().map(|board| board.time.after(delay, job))
    }
}

/// All of one board's.
#[derive(Debug)]
pub struct Peripherals {
    pub pins: pins::Pins,
    pub timers: timers::Timers,
    pub os_timers: os_timers::OsTimers,
    pub alarm: alarm::Alarm,
    pub watchdog: watchdog::Watchdog,
    /// By their numbers.
    pub uarts: [uart::Uart; uart::COUNT],
    pub buses: bus::Buses,
    pub keypad: keypad::KeyPad,
    pub lcd: lcd::Lcd,
    pub analog: analog::Analog,
}

impl Peripherals {
    pub(crate) fn new(description: &Description, board: Weak<Board>) -> Self {
        let link = Link::new(board);
        Self {
            pins: pins::Pins::new(&description.pins, link.clone()),
            timers: timers::Timers::new(link.clone()),
            os_timers: os_timers::OsTimers::new(link.clone()),
            alarm: alarm::Alarm::new(link.clone()),
            watchdog: watchdog::Watchdog::new(link.clone()),
            uarts: std::array::from_fn(|n| uart::Uart::new(n, link.clone())),
            buses: bus::Buses::default(),
            keypad: keypad::KeyPad::new(link),
            lcd: lcd::Lcd::default(),
            analog: analog::Analog::new(&description.power),
        }
    }

    /// Power goes: whatever a script has set up is gone. What is connected from outside stays.
    pub fn reset(&self) {
        self.timers.reset();
        self.os_timers.reset();
        self.alarm.reset();
        self.watchdog.stop();
        self.uarts.iter().for_each(uart::Uart::reset);
        self.keypad.stop();
        self.lcd.reset();
        self.analog.reset();
        self.pins.reset();
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::event::Event;
    use crate::flash::Storage;
    use std::sync::mpsc::{Receiver, channel};

    /// A board, and the events that it sends.
    pub(crate) fn board() -> (Arc<Board>, Receiver<Event>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(Description::default(), folder.path().into(), Storage::Ephemeral).unwrap();
        let (sender, events) = channel();
        board.events.listen(Some(Arc::new(move |event| {
            let _ = sender.send(event);
        })));
        (board, events, folder)
    }

    #[test]
    fn a_reset_drops_what_keeps_the_session_alive() {
        let (board, _events, _folder) = board();
        let token = Arc::new(());
        let hold = || -> Hold { Box::new(token.clone()) };
        assert!(board.peripherals.timers.start(0, Duration::from_secs(9), true, hold()));
        board.peripherals.uarts[1].connect(Arc::new(|_: &[u8]| ()), true);
        board.peripherals.uarts[1].open();
        board.peripherals.uarts[1].listen(Some(hold()));
        assert_eq!(Arc::strong_count(&token), 3);
        board.peripherals.reset();
        assert_eq!(Arc::strong_count(&token), 1);
    }
}
