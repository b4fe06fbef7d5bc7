//! A script on a board whose time is virtual, as an embedder has it.

use quecpy_device::peripherals::bus::{BusDevice, Place};
use quecpy_runtime::{Board, Description, Options, Outcome, Session, Source, Storage, stdio};
use std::path::PathBuf;
use std::sync::{Arc, Barrier};

/// Runs a script on a board; returns what it printed.
fn run(board: Arc<Board>, code: &str) -> String {
    let (console, output) = stdio::captured("");
    let session = Session::on(board, Options { console, ..Options::default() });
    let outcome = session.run(&Source::text("<test>", code));
    assert_eq!(outcome, Outcome::Done, "{}", output.stderr());
    output.stdout()
}

fn board() -> Arc<Board> {
    Board::new(Description::default(), PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests"), Storage::Ephemeral)
        .expect("a board")
}

/// Sleeps, with a timer that ticks beside; prints how long, in seconds, and how often.
fn nap(ms: u64, period: u64) -> String {
    format!(
        "
import utime
from machine import Timer
begin, ticks = utime.ticks_ms(), []
timer = Timer(0)
timer.start(period={period}, mode=Timer.PERIODIC, callback=ticks.append)
utime.sleep_ms({ms})
timer.stop()
print(utime.ticks_diff(utime.ticks_ms(), begin) // 1000, len(ticks))
"
    )
}

#[test]
fn two_sessions_of_one_process_go_by_different_clocks() {
    let start = Arc::new(Barrier::new(2));
    let (fast, real) = (board(), board());
    fast.time.set_fast(true);
    let gate = start.clone();
    let beside = std::thread::spawn(move || {
        gate.wait();
        run(real, &nap(300, 10_000_000))
    });
    start.wait();
    let hour = nap(3_600_500, 1000);
    for _ in 0..3 {
        assert_eq!(run(fast.clone(), &hour), "3600 3600\n");
    }
    let text = beside.join().expect("it runs to the end");
    let (seconds, ticks) = text.trim().split_once(' ').expect("two numbers");
    assert!(seconds.parse::<u64>().expect("a number") < 3000 && ticks == "0", "{text}");
}

#[test]
fn one_thread_has_sessions_with_different_clocks() {
    let (fast, real) = (board(), board());
    fast.time.set_fast(true);
    for _ in 0..2 {
        assert_eq!(run(fast.clone(), &nap(3_600_500, 1000)), "3600 3600\n");
        let text = run(real.clone(), &nap(20, 10_000_000));
        assert!(text.ends_with(" 0\n") && text.len() < 6, "{text}");
    }
}

struct Sensor;

impl BusDevice for Sensor {
    fn write(&mut self, _register: &[u8], _data: &[u8]) -> bool {
        true
    }

    fn read(&mut self, _register: &[u8], into: &mut [u8]) -> bool {
        into.fill(7);
        true
    }
}

#[test]
fn the_delay_of_a_bus_is_virtual() {
    let board = board();
    board.time.set_fast(true);
    board.peripherals.buses.attach(Place::I2c(1, 0x50), Sensor);
    let code = "
import utime
from machine import I2C
begin, buf = utime.ticks_ms(), bytearray(1)
print(I2C(1, 0).read(0x50, b'', 0, buf, 1, 3600000), buf, utime.ticks_diff(utime.ticks_ms(), begin))
";
    assert_eq!(run(board, code), "0 bytearray(b'\\x07') 3600000\n");
}
