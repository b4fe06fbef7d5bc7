//! The main serial port: the protocol over TCP byte by byte, and the tools that people use with modules. Tools are installed
//! once into a virtual environment in the build's own folder; where that cannot be, a test says so and is skipped.

mod support;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use support::{PATIENCE, program, run_within};

/// A module whose port is served; ended when dropped.
struct Module {
    child: Child,
    address: String,
}

impl Module {
    fn start(options: &[&str]) -> Self {
        let mut command = program();
        command.args(["serial", "--ephemeral", "--listen", "127.0.0.1:0"]).args(options);
        let mut child = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().expect("started");
        let stderr = child.stderr.take().expect("piped");
        let mut line = String::new();
        let mut reader = std::io::BufReader::new(stderr);
        while !line.contains("socket://") {
            line.clear();
            assert!(std::io::BufRead::read_line(&mut reader, &mut line).expect("read") > 0, "no port");
        }
        // Read on, so that it never waits for us.
        std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
        let address = line.rsplit("socket://").next().unwrap_or_default().trim().to_owned();
        Self { child, address }
    }

    fn connect(&self) -> Client {
        let stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        Client(stream)
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
fn raw_paste_mode() {
    let module = Module::start(&[]);
    let mut client = module.connect();
    client.send(b"\x01");
    client.until("raw REPL; CTRL-B to exit\r\n>");
    client.send(b"\x05A\x01");
    client.until("R\x01");
    let mut window = [0; 2];
    client.0.read_exact(&mut window).expect("a window");
    assert_eq!(u16::from_le_bytes(window), 128);
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

/// The tools, by version.
const TOOLS: [&str; 3] = ["mpremote==1.26.1", "adafruit-ampy==1.1.0", "rshell==0.0.36"];

static INSTALLING: Mutex<()> = Mutex::new(());

/// The folder of the tools' programs; `None` where they cannot be had.
fn tools() -> Option<PathBuf> {
    let _one = INSTALLING.lock().expect("no test fails while it installs");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serial tools");
    let programs = place.join("bin");
    if !programs.join("complete").exists() {
        let ran = |command: &mut Command| {
            let command = std::mem::replace(command, Command::new("true"));
            matches!(run_within(command, PATIENCE * 6), Ok(ended) if ended.status == Some(0))
        };
        let mut pip = Command::new(programs.join("python3"));
        pip.args(["-m", "pip", "install", "--quiet"]).args(TOOLS);
        if !ran(Command::new("python3").args(["-m", "venv"]).arg(&place)) || !ran(&mut pip) {
            eprintln!("SKIPPED: {} cannot be installed", TOOLS.join(", "));
            return None;
        }
        std::fs::write(programs.join("complete"), "").expect("written");
    }
    Some(programs)
}

#[cfg(unix)]
#[test]
fn mpremote_ampy_and_rshell_copy_files_and_run_code() {
    let Some(programs) = tools() else { return };
    let folder = std::env::temp_dir().join(format!("quecpy serial {}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let port = folder.join("port");
    let pty = format!("--pty={}", port.display());
    let module = Module::start(&[&pty]);
    let bytes: Vec<u8> = (0..65536u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    std::fs::write(folder.join("data"), &bytes).expect("written");
    std::fs::write(folder.join("s.py"), "print('from a file', 6 * 7)\n").expect("written");
    let tool = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(programs.join(name));
        command.args(arguments).current_dir(&folder);
        let ended = run_within(command, PATIENCE * 2).expect("it ends");
        assert_eq!(ended.status, Some(0), "{name} {arguments:?}: {}{}", ended.stdout, ended.stderr);
        ended.stdout
    };
    let port = port.to_string_lossy();
    let mpremote = |arguments: &[&str]| tool("mpremote", &[&["connect", &port, "resume"], arguments].concat());
    assert_eq!(mpremote(&["exec", "print(1 + 1)"]), "2\n");
    assert_eq!(mpremote(&["eval", "3 * 4"]), "12\n");
    assert_eq!(mpremote(&["run", "s.py"]), "from a file 42\n");
    mpremote(&["fs", "cp", "data", ":/usr/data"]);
    assert!(mpremote(&["fs", "ls", ":/usr"]).contains("65536 data"));
    mpremote(&["fs", "cp", ":/usr/data", "back"]);
    assert_eq!(std::fs::read(folder.join("back")).expect("there"), bytes);
    mpremote(&["fs", "mkdir", ":/usr/sub"]);
    mpremote(&["fs", "rm", ":/usr/data"]);
    assert!(!mpremote(&["fs", "ls", ":/usr"]).contains("data"));
    mpremote(&["soft-reset"]);
    assert_eq!(tool("ampy", &["-p", &port, "run", "s.py"]), "from a file 42\n");
    tool("ampy", &["-p", &port, "put", "s.py", "/usr/s.py"]);
    assert!(tool("ampy", &["-p", &port, "ls", "/usr"]).contains("/usr/s.py"));
    assert!(tool("ampy", &["-p", &port, "get", "/usr/s.py"]).contains("from a file"));
    assert!(tool("rshell", &["-p", &port, "--quiet", "ls", "/pyboard/usr"]).contains("s.py"));
    drop(module);
    let _ = std::fs::remove_dir_all(&folder);
}
