//! What hangs on the module's pads: pins, timers, the alarm, the watchdog, serial ports, buses, keys, the screen.
//!
//! Each file has two sides: what a script does (called by the bindings), and what a hand or a wire does from outside
//! (for tests and whoever drives a board from Rust).

pub mod alarm;
pub mod analog;
pub mod bus;
pub mod keypad;
pub mod lcd;
mod link;
pub mod os_timers;
pub mod pins;
pub mod timers;
pub mod uart;
pub mod watchdog;

use crate::board_file::Description;
use std::sync::Arc;

pub use link::Hold;
pub(crate) use link::Link;

/// All of one board's.
#[derive(Debug)]
pub struct Peripherals {
    /// GPIO pins and their interrupts.
    pub pins: Arc<pins::Pins>,
    /// `machine.Timer`.
    pub timers: Arc<timers::Timers>,
    /// `osTimer`.
    pub os_timers: Arc<os_timers::OsTimers>,
    /// The real-time clock's alarm.
    pub alarm: Arc<alarm::Alarm>,
    /// `machine.WDT`.
    pub watchdog: watchdog::Watchdog,
    /// By their numbers.
    pub uarts: [uart::Uart; uart::COUNT],
    /// SPI, I2C and 1-Wire.
    pub buses: bus::Buses,
    /// The key matrix.
    pub keypad: keypad::KeyPad,
    /// The screen.
    pub lcd: lcd::Lcd,
    /// ADC, PWM, temperature, USB and lights.
    pub analog: analog::Analog,
}

impl Peripherals {
    pub(crate) fn new(description: &Description, link: &Link) -> Self {
        let pins = Arc::new(pins::Pins::new(&description.pins, link.clone()));
        Self {
            timers: timers::Timers::new(link.clone()),
            os_timers: os_timers::OsTimers::new(link.clone()),
            alarm: alarm::Alarm::new(link.clone()),
            watchdog: watchdog::Watchdog::new(link.clone()),
            uarts: std::array::from_fn(|n| uart::Uart::new(n, link.clone(), pins.clone())),
            buses: bus::Buses::default(),
            keypad: keypad::KeyPad::new(link.clone()),
            lcd: lcd::Lcd::default(),
            analog: analog::Analog::new(&description.power),
            pins,
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
    use crate::board::Board;
    use crate::event::Event;
    use crate::flash::Storage;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

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
