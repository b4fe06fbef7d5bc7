//! The main serial port: the protocol over TCP byte by byte. The tools that people use with modules: `serial_tools.rs`.

mod support;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use support::{PATIENCE, main_port};

/// A module in an empty folder of its own.
struct Module {
    port: main_port::Module,
    _folder: tempfile::TempDir,
}

impl Module {
    fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options: Vec<_> = options.iter().map(|o| (*o).to_owned()).collect();
        Self { port: main_port::Module::start(folder.path(), &options), _folder: folder }
    }

    fn connect(&self) -> Client {
        let stream = TcpStream::connect(&self.port.address).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        Client(stream)
    }
}

struct Client(TcpStream);

impl Client {
    fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("sent");
    }

    /// Everything up to and with `end`.
    fn until(&mut self, end: &str) -> String {
        let mut all = Vec::new();
        let mut byte = [0];
        while !all.ends_with(end.as_bytes()) {
            match self.0.read(&mut byte) {
                Ok(1) => all.push(byte[0]),
                other => panic!("{other:?} after {:?}, expected {end:?}", String::from_utf8_lossy(&all)),
            }
        }
        String::from_utf8_lossy(&all).into_owned()
    }
}

#[test]
fn the_friendly_prompt_echoes_runs_and_shows_values() {
    let module = Module::start(&[]);
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
    let module = Module::start(&[]);
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
    let module = Module::start(&[]);
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
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\rimport _thread, utime\rdef ask(): print('got', input())\r\r");
    client.until(">>> ");
    client.send(b"for i in range(2): _thread.start_new_thread(ask, ())\r\rutime.sleep(1000)\r");
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
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\r\x05x = 3\rx + 1\rfor i in range(2):\r    i\r\x04");
    assert!(client.until("1\r\n>>> ").contains("\r\n4\r\n0\r\n1\r\n"));
}

#[test]
fn raw_paste_mode() {
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\x01");
    client.until("raw REPL; CTRL-B to exit\r\n>");
    client.send(b"\x05A\x01");
    client.until("R\x01");
    let mut window = [0; 2];
    client.0.read_exact(&mut window).expect("a window");
    assert_eq!(u16::from_le_bytes(window), 2048);
    client.send(b"print('pasted')\x04");
    assert!(client.until("\x04>").contains("pasted\r\n\x04\x04>"));
}

#[test]
fn leaving_and_coming_back_keeps_the_vm_and_a_soft_reset_does_not() {
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\rkept = 42\rprint('set')\r");
    client.until("set\r\n>>> ");
    drop(client);
    // The port is free a moment after its client has left.
    let mut client = loop {
        let mut client = module.connect();
        client.send(b"\rprint(kept)\r");
        let seen = client.until("\n");
        if !seen.contains("in use") {
            break client;
        }
    };
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
    let module = Module::start(&[]);
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
    let module = Module::start(&[]);
    let mut first = module.connect();
    first.send(b"\r1\r");
    first.until("1\r\n>>> ");
    let mut told = String::new();
    module.connect().0.read_to_string(&mut told).expect("closed");
    assert_eq!(told, "quecpy: this port is in use; one client at a time\r\n");
    first.send(b"2\r");
    first.until("2\r\n>>> ");
}

#[test]
fn a_client_that_never_reads_stops_nothing() {
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\rfor i in range(200000): print('0123456789' * 10)\r\r");
    client.send(b"open('/usr/done', 'w').close()\r");
    drop(client);
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        assert!(std::time::Instant::now() < end, "the board stands still");
        let mut client = module.connect();
        client.send(b"\rimport uos\ruos.listdir('/usr')\r");
        client.0.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        let mut seen = Vec::new();
        let mut chunk = [0; 65536];
        while let Ok(n @ 1..) = client.0.read(&mut chunk) {
            seen.extend_from_slice(&chunk[..n]);
            if String::from_utf8_lossy(&seen).contains("'done'") {
                return;
            }
        }
    }
}

/// Not a test but a measurement: `cargo test --release -p quecpy --test serial -- --ignored --nocapture`.
#[cfg(unix)]
#[test]
#[ignore = "a measurement"]
fn how_fast_64_kib_go_there_and_back() {
    const SIZE: usize = 65536;
    let module = Module::start(&["--pty"]);
    let path = module.port.terminal.clone().expect("a terminal");
    let mut terminal = std::fs::OpenOptions::new().read(true).write(true).open(path).expect("opened");
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
