//! The main serial port: the protocol byte by byte, over TCP and a pseudo-terminal. The tools that people use with modules:
//! `serial_tools.rs`.

mod support;
use std::io::{Read, Write};
use std::time::Duration;
use support::PATIENCE;
use support::main_port::Board;

#[test]
fn the_friendly_prompt_echoes_runs_and_shows_values() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\r\n1+1\r");
    let seen = client.until("2\r\n>>> ");
    assert!(seen.ends_with("1+1\r\n2\r\n>>> "), "{seen:?}");
    client.send(b"def f():\rreturn 7\r\r\r\r");
    client.until(">>> ");
    client.send(b"f()\r");
    client.until("7\r\n>>> ");
    client.send(b"1/0\r");
    let seen = client.until(">>> ");
    assert!(
        seen.contains("Traceback (most recent call last):\r\n") && seen.contains("ZeroDivisionError: "),
        "{seen:?}"
    );
    client.send(b"import usoc\t");
    client.until("ket");
}

#[test]
fn raw_mode_tells_output_and_error_apart_and_ctrl_c_breaks_in() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\x01");
    client.until("raw REPL; CTRL-B to exit\r\n>");
    client.send(b"print('out')\x04");
    assert_eq!(client.until(">"), "OKout\r\n\x04\x04>");
    client.send(b"raise ValueError(3)\x04");
    let seen = client.until("\x04>");
    assert!(seen.starts_with("OK\x04Traceback") && seen.contains("ValueError: 3\r\n"), "{seen:?}");
    client.send(b"print('go')\nwhile True: pass\x04");
    client.until("go\r\n");
    client.send(b"\x03");
    assert!(client.until("\x04>").contains("KeyboardInterrupt"));
    client.send(b"import usocket\ns = usocket.socket()\ns.bind(('', 0))\ns.listen(1)\nprint('go')\ns.accept()\x04");
    client.until("go\r\n");
    client.send(b"\x03");
    assert!(client.until("\x04>").contains("KeyboardInterrupt"), "also out of a wait");
}

#[test]
fn input_edits_its_line_and_the_stream_does_not() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\rname = input('who? ')\r");
    client.until("\r\nwho? ");
    client.send(b"Mex\x7f\x7f\x7f\tJo\x01\xe4\xbd\xa0\r");
    client.until("\r\n>>> ");
    client.send(b"print(name)\r");
    client.until("\r\n\u{4f60}Jo\r\n>>> ");
    for (key, error) in [(3, "KeyboardInterrupt: \r\n>>> "), (4, "EOFError: \r\n>>> ")] {
        client.send(b"name = input('who? ')\r");
        client.until("\r\nwho? ");
        client.send(&[key]);
        client.until(error);
    }
    client.send(b"input('again? ')\ryes\r");
    client.until("'yes'\r\n>>> ");
    client.send(b"try: input('? ')\rexcept KeyboardInterrupt: input('after ')\r\r");
    client.until("\r\n? ");
    client.send(b"\x03");
    client.until("after ");
    client.send(b"it\r");
    client.until("'it'\r\n>>> ");
    client.send(b"import usys\rusys.stdin.readline()\r");
    client.until("readline()\r\n");
    client.send(b"raw\x7f\r");
    assert_eq!(client.until(">>> "), "'raw\\x7f\\n'\r\n>>> ", "no echo, no editing; Enter is a line feed");
    client.send(b"usys.stdin.buffer.read(2)\r");
    client.until("read(2)\r\n");
    client.send(b"x\r");
    client.until("b'x\\r'\r\n>>> ");
    client.send(b"\x01");
    client.until("raw REPL; CTRL-B to exit\r\n>");
    client.send(b"print('got', input('? '))\x04");
    client.until("OK? ");
    client.send(b"here\r");
    assert!(client.until("\x04>").contains("got here\r\n\x04\x04"));
}

#[test]
fn threads_that_ask_for_lines_get_them_in_turn() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.at_the_prompt();
    client.send(b"import _thread, utime\rdef ask(): print('got', input())\r\r");
    client.until("... \r\n>>> ");
    client.send(b"for i in range(2): _thread.start_new_thread(ask, ())\r\r");
    client.until("... \r\n");
    // What is entered before the end of that is a line for them.
    client.until(">>> ");
    client.send(b"utime.sleep(1000)\r");
    client.until("sleep(1000)\r\n");
    client.send(b"one\r");
    client.until("got one\r\n");
    client.send(b"two\r");
    client.until("got two\r\n");
    client.send(b"\x03");
    client.until("KeyboardInterrupt: \r\n>>> ");
}

#[test]
fn paste_mode_shows_values() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\r\x05x = 3\rx + 1\rfor i in range(2):\r    i\r\x04");
    assert!(client.until("1\r\n>>> ").contains("\r\n4\r\n0\r\n1\r\n"));
}

#[test]
fn raw_paste_mode() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\x01");
    client.until("raw REPL; CTRL-B to exit\r\n>");
    client.send(b"\x05A\x01");
    client.until("R\x01");
    let mut window = [0; 2];
    window.copy_from_slice(&client.take(2));
    assert_eq!(u16::from_le_bytes(window), 2048);
    client.send(b"print('pasted')\x04");
    assert!(client.until("\x04>").contains("pasted\r\n\x04\x04>"));
}

#[test]
fn leaving_and_coming_back_keeps_the_vm_and_a_soft_reset_does_not() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.send(b"\rkept = 42\rprint('set')\r");
    client.until("set\r\n>>> ");
    drop(client);
    // A client that comes just after another has left is let in.
    let mut client = module.connect();
    client.send(b"\rprint(kept)\r");
    client.until("42\r\n>>> ");
    client.send(b"\x04");
    client.until("MPY: soft reboot\r\n");
    client.until(">>> ");
    client.send(b"kept\r");
    assert!(client.until(">>> ").contains("NameError: name 'kept' isn't defined"));
}

/// Tasks, generators and threads that are in the middle of something, and what would run or fail as they go.
const SUSPENDED: &str = "
import _thread, uasyncio
class Forever:
    def __await__(self):
        while True:
            yield 1
    __iter__ = __await__
    def __del__(self):
        raise ValueError('del')
class Bad:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
    @property
    def close(self):
        raise ValueError('close')
async def task():
    try:
        await Forever()
    finally:
        print('finally')
        raise ValueError('finally')
def generator():
    try:
        yield from Bad()
    finally:
        raise ValueError('finally')
tasks = [task() for i in range(20)]
for t in tasks:
    t.send(None)
generators = [generator() for i in range(20)]
for g in generators:
    next(g)
cycle = [tasks, generators, Forever()]
cycle.append(cycle)
def work(g=generator()):
    next(g)
    lock.acquire()
lock = _thread.allocate_lock()
lock.acquire()
_thread.start_new_thread(work, ())
never_awaited = task()
print('suspended')
";

#[test]
fn a_soft_reset_leaves_what_is_suspended_alone() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    for _ in 0..3 {
        client.send(b"\r\x05");
        client.until("=== ");
        client.send(SUSPENDED.replace('\n', "\r").as_bytes());
        client.send(b"\x04");
        client.until("suspended\r\n>>> ");
        client.send(b"\x04");
        let seen = client.until("MPY: soft reboot\r\n");
        assert!(!seen.contains("finally") && !seen.contains("Error"), "{seen:?}");
        client.until(">>> ");
    }
    client.send(b"1+1\r");
    client.until("2\r\n>>> ");
}

#[test]
fn a_second_client_is_told_and_sent_away() {
    let module = Board::start(&[]);
    let mut first = module.connect();
    first.send(b"\r1\r");
    first.until("1\r\n>>> ");
    let mut second = module.connect();
    second.send(&[b'x'; 10_000]);
    assert_eq!(second.while_it_talks(PATIENCE), "quecpy: this port is in use; one client at a time\r\n");
    first.send(b"2\r");
    first.until("2\r\n>>> ");
}

#[test]
fn a_client_that_never_reads_stops_nothing() {
    let module = Board::start(&[]);
    let mut client = module.connect();
    client.at_the_prompt();
    client.send(b"exec(\"for i in range(200000): print('0123456789' * 10)\\nopen('/usr/done', 'w').close()\")\r");
    drop(client);
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        assert!(std::time::Instant::now() < end, "the board stands still");
        let mut client = module.connect();
        client.send(b"\rimport uos\ruos.listdir('/usr')\r");
        if client.while_it_talks(Duration::from_secs(5)).contains("'done'") {
            return;
        }
    }
}

#[cfg(unix)]
mod two_wires {
    use super::*;

    #[test]
    fn each_client_gets_its_own_answers() {
        let module = Board::start(&["--pty"]);
        let (mut socket, mut terminal) = (module.connect(), module.open());
        socket.raw_mode();
        terminal.raw_mode();
        for n in 0..20 {
            socket.send(format!("print('socket', {n})\x04").as_bytes());
            terminal.send(format!("print('terminal', {n})\x04").as_bytes());
            assert_eq!(terminal.until("\x04>"), format!("OKterminal {n}\r\n\x04\x04>"));
            assert_eq!(socket.until("\x04>"), format!("OKsocket {n}\r\n\x04\x04>"));
        }
        // A mode is that of one wire; names are the module's.
        socket.send(b"kept = 5\x04");
        socket.until("\x04>");
        terminal.send(b"\x02");
        terminal.until("\r\n>>> ");
        terminal.send(b"kept\r");
        assert_eq!(terminal.until(">>> "), "kept\r\n5\r\n>>> ");
        socket.send(b"print(kept)\x04");
        assert_eq!(socket.until("\x04>"), "OK5\r\n\x04\x04>");
    }

    #[test]
    fn a_person_sees_what_scripts_print_and_a_program_what_its_own_prints() {
        let module = Board::start(&["--pty"]);
        let (mut person, mut program) = (module.connect(), module.open());
        person.at_the_prompt();
        program.raw_mode();
        program.send(b"print('of the program')\x04");
        assert_eq!(program.until("\x04>"), "OKof the program\r\n\x04\x04>");
        assert_eq!(person.until("\n"), "of the program\r\n");
        person.send(b"print('of the person')\r");
        person.until("\r\nof the person\r\n>>> ");
        program.send(b"print('again')\x04");
        assert_eq!(program.until("\x04>"), "OKagain\r\n\x04\x04>");
        // What nobody has asked for is everybody's.
        person.send(b"\rimport _thread, utime\rdef f(): utime.sleep_ms(300); print('of a thread')\r\r");
        person.send(b"_thread.start_new_thread(f, ())\r");
        person.until("of a thread\r\n");
        assert_eq!(program.until("\n"), "of a thread\r\n");
    }

    #[test]
    fn a_wire_without_a_client_costs_nothing_and_its_next_client_finds_nothing_old() {
        let module = Board::start(&["--pty"]);
        let mut client = module.connect();
        client.raw_mode();
        // Three times as much as would wait for a client; a second for each of them it was.
        for _ in 0..100 {
            client.send(b"print('x' * 4000)\x04");
            client.until("\x04>");
        }
        let mut other = module.open();
        other.send(b"\r6 * 7\r");
        assert_eq!(other.until("42\r\n>>> "), "\r\n>>> 6 * 7\r\n42\r\n>>> ");
    }

    #[test]
    fn a_client_that_does_not_read_keeps_up_nobody_on_the_other_wire() {
        let module = Board::start(&["--pty"]);
        let mut lazy = module.open();
        lazy.at_the_prompt();
        let mut client = module.connect();
        client.raw_mode();
        for _ in 0..100 {
            client.send(b"print('x' * 40000)\x04");
            client.until("\x04>");
        }
        // At its own prompt it is waited for, but once only.
        lazy.send(b"for i in range(100): print('y' * 40000)\r\r");
        client.send(b"print('done')\x04");
        assert_eq!(client.until("\x04>"), "OKdone\r\n\x04\x04>");
    }

    #[test]
    fn what_nobody_is_there_for_any_more_can_be_interrupted_from_the_other_wire() {
        let module = Board::start(&["--pty"]);
        let mut client = module.open();
        client.at_the_prompt();
        client.send(b"while True: pass\r\r");
        client.until("... \r\n");
        let mut other = module.connect();
        other.at_the_line();
        other.send(b"\x03\x03");
        // Not while its client is there: only what waits for its turn is broken.
        assert_eq!(client.while_it_talks(Duration::from_millis(200)), "");
        other.send(b"print('never')\r");
        other.until("print('never')\r\n");
        other.send(b"\x03");
        assert_eq!(client.while_it_talks(Duration::from_millis(200)), "");
        client.send(b"\x03");
        client.until("KeyboardInterrupt: \r\n>>> ");
        assert!(other.until("\r\n>>> ").ends_with("KeyboardInterrupt: \r\n>>> "));
        client.send(b"while True: pass\r\r");
        client.until("... \r\n");
        drop(client);
        // Until the module knows that it has gone.
        other.send_until(b"\x031 + 1\r", "\r\n2\r\n>>> ");
    }

    #[test]
    fn a_reset_by_one_client_is_told_to_the_other() {
        let module = Board::start(&["--pty"]);
        let (mut person, mut program) = (module.connect(), module.open());
        person.send(b"\rkept = 1\r");
        person.until("kept = 1\r\n>>> ");
        program.raw_mode();
        program.send(b"\x04");
        program.until("soft reboot\r\nraw REPL; CTRL-B to exit\r\n>");
        assert!(person.until(">>> ").starts_with("\r\nMPY: soft reboot\r\nMicroPython v"));
        person.send(b"kept\r");
        person.until("NameError: name 'kept' isn't defined\r\n>>> ");
        person.send(b"\x04");
        person.until("soft reboot\r\nMicroPython v");
        program.send(b"print(1)\x04");
        assert_eq!(program.until("\x04>"), "OK1\r\n\x04\x04>");
    }

    #[test]
    fn input_is_asked_of_who_runs_it_and_at_the_start_of_all() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("main.py"), "name = input('? ')\nprint('from', name)\n").expect("written");
        let module = Board::start_in(folder, &["--pty", "."]);
        let (mut socket, mut terminal) = (module.connect(), module.open());
        terminal.send(b"the terminal\r");
        terminal.until("from the terminal\r\n");
        terminal.until(">>> ");
        socket.at_the_prompt();
        socket.send(b"print('got', input('who? '))\r");
        socket.until("who? ");
        terminal.send(b"1 + 1\r");
        socket.send(b"me\r");
        socket.until("got me\r\n>>> ");
        terminal.until("2\r\n>>> ");
    }
}

/// Not a test but a measurement: `cargo test --release -p quecpy --test serial -- --ignored --nocapture`.
#[cfg(unix)]
#[test]
#[ignore = "a measurement"]
fn how_fast_64_kib_go_there_and_back() {
    const SIZE: usize = 65536;
    let module = Board::start(&["--pty"]);
    let path = module.port.terminal.clone().expect("a terminal");
    let mut terminal = std::fs::OpenOptions::new().read(true).write(true).open(path).expect("opened");
    terminal.write_all(b"\r").expect("sent");
    let data: Vec<u8> = (0..SIZE as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    until(&mut terminal, b">>> ");
    terminal.write_all(b"\x01").expect("sent");
    until(&mut terminal, b"\n>");
    let there = std::time::Instant::now();
    let pieces = data.chunks(4096).map(|piece| {
        let digits: String = piece.iter().map(|b| format!("\\x{b:02x}")).collect();
        format!("f.write(b'{digits}')\n")
    });
    let source: String = ["f = open('/usr/data', 'wb')\n".to_owned()].into_iter().chain(pieces).collect();
    paste(&mut terminal, &(source + "f.close()\n"));
    let there = there.elapsed();
    let back = std::time::Instant::now();
    let answer = paste(&mut terminal, "import sys\nf = open('/usr/data', 'rb')\nsys.stdout.buffer.write(f.read())\n");
    let back = back.elapsed();
    assert_eq!(&answer[..SIZE], data);
    let rate = |time: Duration| SIZE as f64 / time.as_secs_f64() / 1e6;
    println!("there {:.2} MB/s, back {:.2} MB/s, both {:.2} MB/s", rate(there), rate(back), rate((there + back) / 2));
}

#[cfg(unix)]
fn until(terminal: &mut std::fs::File, end: &[u8]) -> Vec<u8> {
    let (mut all, mut chunk) = (Vec::new(), [0; 65536]);
    while !all.ends_with(end) {
        let n = terminal.read(&mut chunk).expect("read");
        all.extend_from_slice(&chunk[..n]);
    }
    all
}

/// Runs a source in raw-paste mode; what it printed.
#[cfg(unix)]
fn paste(terminal: &mut std::fs::File, source: &str) -> Vec<u8> {
    terminal.write_all(b"\x05A\x01").expect("sent");
    let mut head = [0; 5];
    terminal.read_exact(&mut head).expect("a window");
    let window = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let mut more = [0];
    for (index, piece) in source.as_bytes().chunks(window).enumerate() {
        // Two windows are free at the beginning.
        if index > 1 {
            terminal.read_exact(&mut more).expect("room");
        }
        terminal.write_all(piece).expect("sent");
    }
    terminal.write_all(b"\x04").expect("sent");
    let mut answer = until(terminal, b"\x04\x04>");
    let start = answer.iter().position(|b| *b == 4).map_or(0, |at| at + 1);
    answer.drain(..start);
    answer
}
