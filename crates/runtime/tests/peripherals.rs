//! A script on a board whose pads are driven and read from Rust.
#![expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]

use quecpy_device::peripherals::bus::{BusDevice, Place};
use quecpy_runtime::{Board, Options, Outcome, Session, Source, Storage, stdio};
use quecpy_usocket::Semantics;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Waits for something that another thread does.
fn until(done: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !done() {
        assert!(Instant::now() < end, "it never came");
        std::thread::yield_now();
    }
}

/// Runs a script in a column while `drive` drives its board; returns how it ended and what it printed.
fn run_in(firmware: &str, code: &str, drive: impl FnOnce(Arc<Board>) + Send + 'static) -> (Outcome, String) {
    let (console, output) = stdio::captured("");
    let firmware = Semantics::named(firmware).expect("a column");
    let options = Options { console, firmware, storage: Storage::Ephemeral, ..Options::default() };
    let session = Session::new(options).expect("a session");
    let board = session.board().clone();
    let driver = std::thread::spawn(move || drive(board));
    let outcome = session.run(&Source::text("<test>", code));
    driver.join().expect("it drives to the end");
    (outcome, format!("{}{}", output.stdout(), output.stderr()))
}

fn run(code: &str, drive: impl FnOnce(Arc<Board>) + Send + 'static) -> String {
    let (outcome, text) = run_in("documented", code, drive);
    assert_eq!(outcome, Outcome::Done, "{text}");
    text
}

#[test]
fn an_interrupt_hears_a_line_that_is_driven_from_outside() {
    let code = "
from machine import ExtInt
import utime
seen = []
e = ExtInt(7, ExtInt.IRQ_FALLING, ExtInt.PULL_PU, seen.append)
e.enable()
while not seen:
    utime.sleep_ms(1)
print(seen, e.read_level())
";
    let text = run(code, |board| {
        let pins = &board.peripherals.pins;
        until(|| pins.level(7));
        // The pull shows before the interrupt is enabled: press until it was heard.
        until(|| {
            pins.drive(7, true);
            pins.drive(7, false);
            pins.counts(7, false)[1] > 0
        });
    });
    assert_eq!(text, "[[7, 1]] 0\n");
}

#[test]
fn keys_in_both_forms() {
    let code = "
from machine import KeyPad
import utime
seen = []
k = KeyPad(2, 3)
k.set_callback(seen.append)
k.init()
while not seen:
    utime.sleep_ms(1)
print(seen)
";
    for (firmware, expected) in [("documented", "[[1, 1, 2]]\n"), ("2021", "[[1, 1, 2, 0, 5]]\n")] {
        let press = |board: Arc<Board>| until(|| board.peripherals.keypad.press(1, 2, true));
        assert_eq!(run_in(firmware, code, press), (Outcome::Done, expected.to_owned()));
    }
}

#[test]
fn bytes_go_both_ways_through_a_serial_port() {
    let code = "
from machine import UART
import utime
u = UART(2, 9600, 8, 0, 1, 0)
while not u.any():
    utime.sleep_ms(1)
u.write(u.readline() + b'back')
";
    let text = run(code, |board| {
        let uart = &board.peripherals.uarts[2];
        until(|| uart.feed(b"line\nrest") > 0);
        let end = Instant::now() + Duration::from_secs(30);
        let mut sent = Vec::new();
        while sent.len() < 9 && Instant::now() < end {
            sent.extend(uart.take_sent());
        }
        assert_eq!(sent, b"line\nback");
    });
    assert_eq!(text, "");
}

/// A register file of 256 bytes.
struct Registers([u8; 256]);

impl BusDevice for Registers {
    fn write(&mut self, register: &[u8], data: &[u8]) -> bool {
        let start = register.first().map_or(0, |r| usize::from(*r));
        for (cell, byte) in self.0[start..].iter_mut().zip(data) {
            *cell = *byte;
        }
        true
    }

    fn read(&mut self, register: &[u8], into: &mut [u8]) -> bool {
        let start = register.first().map_or(0, |r| usize::from(*r));
        for (byte, cell) in into.iter_mut().zip(&self.0[start..]) {
            *byte = *cell;
        }
        true
    }
}

#[test]
fn devices_answer_on_their_buses() {
    let code = "
from machine import I2C, I2C_simulation, SPI, OneWire
import utime
w = OneWire(9)
while w.reset() != 0:
    utime.sleep_ms(1)
buf = bytearray(3)
for bus in I2C(1, 0), I2C_simulation(1, 2, 100000):
    print(bus.write(0x50, b'\\x10', 1, b'abc', 3), bus.read(0x50, b'\\x11', 1, buf, 2, 1), buf, bus.write(0x51, b'', 0, b'x', 1))
s = SPI(0, 0, 0)
print(s.write(b'xyz', 3), s.read(buf, 3), buf, s.write_read(buf, b'01\\x0045', 5), buf)
print(w.write('hi'), w.read(3))
";
    let attach = |board: Arc<Board>| {
        let buses = &board.peripherals.buses;
        for place in [Place::I2c(1, 0x50), Place::SoftI2c(1, 2, 0x50), Place::Spi(0), Place::OneWire(9)] {
            buses.attach(place, Registers([0; 256]));
        }
    };
    let i2c = "0 0 bytearray(b'bc\\x00') -1\n".to_owned() + "0 0 bytearray(b'bc\\x00') -1\n";
    let whole = i2c.clone() + "0 0 bytearray(b'01\\x00') 0 bytearray(b'01\\x00')\n0 b'hi\\x00'\n";
    assert_eq!(run(code, attach), whole);
    let cut = code
        .replace("OneWire\n", "Pin\n")
        .replace("w = OneWire(9)\nwhile w.reset() != 0:", "while I2C(1, 0).write(0x50, b'', 0, b'', 0):");
    let cut = cut.replace("print(w.write('hi'), w.read(3))\n", "");
    // Generation 1 sends up to the first zero byte: the third byte that is read was written before.
    let first = i2c + "0 0 bytearray(b'01z') 0 bytearray(b'01z')\n";
    assert_eq!(run_in("2021", &cut, attach), (Outcome::Done, first));
}

#[test]
fn what_is_drawn_can_be_seen_and_what_is_applied_measured() {
    let code = "
from machine import LCD
from misc import ADC, PWM, Temperature, USB
import utime
b = b'x'
lcd = LCD()
lcd.lcd_init(b, 20, 10, 6500, 1, 4, 0, b, b, b, None)
lcd.lcd_clear(0xf800)
lcd.lcd_write(b'\\x34\\x12' * 4, 2, 3, 3, 4)
lcd.lcd_brightness(2)
seen = []
USB().setCallback(seen.append)
PWM(1, PWM.ABOVE_MS, 1, 4).open()
while ADC().read(2) != 1234 or not seen:
    utime.sleep_ms(1)
print(Temperature().temperature(), seen[0], USB().getStatus())
";
    let text = run(code, |board| {
        let (lcd, analog) = (&board.peripherals.lcd, &board.peripherals.analog);
        until(|| analog.pulse(1).is_some());
        assert_eq!((lcd.size(), lcd.lit()), (Some((20, 10)), (true, 2)));
        assert_eq!([lcd.pixel(1, 3), lcd.pixel(2, 3), lcd.pixel(3, 4)], [Some(0xf800), Some(0x1234), Some(0x1234)]);
        assert_eq!(analog.pulse(1).map(|p| (p.hertz.round(), p.duty)), Some((250.0, 25.0)));
        analog.set_temperature(-40);
        board.set_usb(false);
        analog.apply(2, 1234);
    });
    assert_eq!(text, "-40 0 0\n");
}

#[test]
fn a_hungry_watchdog_restarts_the_board() {
    let (console, _output) = stdio::captured("");
    let session =
        Session::new(Options { console, storage: Storage::Ephemeral, ..Options::default() }).expect("a session");
    let code = "
from machine import WDT, Timer
import utime
dog = WDT(3600)
Timer(0).start(period=1, callback=lambda t: dog.feed())
utime.sleep(60)
";
    let board = session.board().clone();
    let starve = std::thread::spawn(move || {
        until(|| board.peripherals.timers.is_pending(0));
        board.peripherals.watchdog.start(Duration::from_millis(1));
        board.request(quecpy_device::Request::Watchdog);
        board
    });
    let started = Instant::now();
    assert_eq!(session.run(&Source::text("<test>", code)), Outcome::Restart);
    assert!(started.elapsed() < Duration::from_secs(30));
    let board = starve.join().expect("it starves");
    assert!(!board.peripherals.timers.is_pending(0) && !board.peripherals.watchdog.is_running());
    board.restart();
    assert_eq!(board.power.on_reason(), 5);
}

#[test]
fn sessions_of_two_firmwares_have_classes_of_their_own() {
    let code = "
from machine import Pin
from misc import Power
print(hasattr(Pin, 'GPIO0'), hasattr(Pin, 'GPIO47'), type(Power).__name__)
";
    let nobody = |_: Arc<Board>| ();
    for (firmware, expected) in
        [("2021", "False True type\n"), ("2026", "True False module\n"), ("2025", "False True type\n")]
    {
        assert_eq!(run_in(firmware, code, nobody), (Outcome::Done, expected.to_owned()));
    }
}
