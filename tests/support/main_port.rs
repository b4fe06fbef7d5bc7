//! A module whose main serial port is served to tests.

use super::{PATIENCE, program};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Ended when dropped.
pub struct Module {
    child: Child,
    /// Where its port is as a TCP port: `127.0.0.1:PORT`.
    pub address: String,
    /// The pseudo-terminal's own name, if it has one.
    pub terminal: Option<String>,
}

impl Module {
    /// Starts one whose `/usr` is `folder`, and which forgets what is written there.
    pub fn start(folder: &Path, options: &[String]) -> Self {
        let mut command = program();
        command.args(["serial", "--ephemeral", "--listen", "127.0.0.1:0"]).args(options).current_dir(folder);
        let mut child = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().expect("started");
        let stderr = child.stderr.take().expect("piped");
        let mut line = String::new();
        let mut terminal = None;
        let mut reader = std::io::BufReader::new(stderr);
        while !line.contains("socket://") {
            line.clear();
            assert!(std::io::BufRead::read_line(&mut reader, &mut line).expect("read") > 0, "no port");
            if let Some((_, at)) = line.split_once("port is at /") {
                terminal = at.split([',', '\n']).next().map(|path| format!("/{path}"));
            }
        }
        // Read on, so that it never waits for us.
        std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
        let address = line.rsplit("socket://").next().unwrap_or_default().trim().to_owned();
        Self { child, address, terminal }
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A module in a folder of its own.
pub struct Board {
    pub port: Module,
    folder: tempfile::TempDir,
}

impl Board {
    pub fn start(options: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"), options)
    }

    pub fn start_in(folder: tempfile::TempDir, options: &[&str]) -> Self {
        let options: Vec<_> = options.iter().map(|o| (*o).to_owned()).collect();
        Self { port: Module::start(folder.path(), &options), folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A client of its TCP port.
    pub fn connect(&self) -> Client {
        Client::new(TcpStream::connect(&self.port.address).expect("connected"))
    }

    /// A client of its pseudo-terminal.
    #[cfg(unix)]
    pub fn open(&self) -> Client {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.port.terminal.as_ref().expect("a terminal");
        let file = std::fs::OpenOptions::new().read(true).write(true).custom_flags(NON_BLOCKING).open(path);
        Client { stream: Box::new(file.expect("opened")), kept: Vec::new() }
    }
}

/// O_NONBLOCK.
#[cfg(unix)]
const NON_BLOCKING: i32 = if cfg!(target_os = "linux") { 0o4000 } else { 4 };

/// What a client reads and writes.
pub trait Stream: Read + Write + Send {}
impl<S: Read + Write + Send> Stream for S {}

/// A client of the port. No read waits.
pub struct Client {
    stream: Box<dyn Stream>,
    /// What came and nobody has asked for yet.
    kept: Vec<u8>,
}

impl Client {
    fn new(stream: TcpStream) -> Self {
        stream.set_nonblocking(true).expect("settable");
        Self { stream: Box::new(stream), kept: Vec::new() }
    }

    #[track_caller]
    pub fn send(&mut self, bytes: &[u8]) {
        let end = Instant::now() + PATIENCE;
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.stream.write(rest) {
                Ok(n) => rest = &rest[n..],
                Err(e) if e.kind() == ErrorKind::WouldBlock && Instant::now() < end => pause(),
                Err(e) => panic!("{e}, {} bytes not sent", rest.len()),
            }
        }
    }

    /// Takes what is there; false at the end of the stream.
    fn read(&mut self) -> bool {
        let mut chunk = [0; 65536];
        match self.stream.read(&mut chunk) {
            Ok(0) => return false,
            Ok(n) => self.kept.extend_from_slice(&chunk[..n]),
            Err(e) if e.kind() == ErrorKind::WouldBlock => pause(),
            Err(_) => return false,
        }
        true
    }

    /// So many bytes.
    #[track_caller]
    pub fn take(&mut self, count: usize) -> Vec<u8> {
        self.read_until(&format!("{count} bytes"), |kept, _| (kept.len() >= count).then_some(count))
    }

    /// Everything up to and with `end`.
    #[track_caller]
    pub fn until(&mut self, end: &str) -> String {
        let found = |kept: &[u8], seen: usize| {
            let from = seen.saturating_sub(end.len());
            kept[from..].windows(end.len()).position(|w| w == end.as_bytes()).map(|at| from + at + end.len())
        };
        String::from_utf8_lossy(&self.read_until(&format!("{end:?}"), found)).into_owned()
    }

    /// `found` says how many of the kept bytes are enough; it is told how many of them it has seen before.
    #[track_caller]
    fn read_until(&mut self, wanted: &str, found: impl Fn(&[u8], usize) -> Option<usize>) -> Vec<u8> {
        let end = Instant::now() + PATIENCE;
        let mut seen = 0;
        loop {
            if let Some(count) = found(&self.kept, seen) {
                return self.kept.drain(..count).collect();
            }
            seen = self.kept.len();
            if !self.read() || Instant::now() > end {
                let tail = &self.kept[self.kept.len().saturating_sub(500)..];
                panic!("no {wanted} after {:?}", String::from_utf8_lossy(tail));
            }
        }
    }

    /// All that comes until there is a pause of this length, or the end.
    pub fn while_it_talks(&mut self, length: Duration) -> String {
        let mut last = (Instant::now(), self.kept.len());
        while last.0.elapsed() < length && self.read() {
            if self.kept.len() > last.1 {
                last = (Instant::now(), self.kept.len());
            }
        }
        String::from_utf8_lossy(&std::mem::take(&mut self.kept)).into_owned()
    }

    /// Waits until there is a prompt and nothing more to come: a client that comes while the module starts sees that too.
    #[track_caller]
    pub fn at_the_prompt(&mut self) {
        self.send(b"\r're' 'ady'\r");
        self.until("\r\n'ready'\r\n>>> ");
    }

    /// The same while the session is busy with another wire's run.
    #[track_caller]
    pub fn at_the_line(&mut self) {
        self.send(b"'ready'\x03");
        self.until("'ready'\r\n>>> ");
    }

    /// Sends it again and again until `end` has come.
    #[track_caller]
    pub fn send_until(&mut self, bytes: &[u8], end: &str) {
        let limit = Instant::now() + PATIENCE;
        let mut seen = String::new();
        while !seen.contains(end) {
            assert!(Instant::now() < limit, "no {end:?} in {seen:?}");
            self.send(bytes);
            seen += &self.while_it_talks(Duration::from_millis(100));
        }
    }

    /// Raw mode, as tools enter it.
    #[track_caller]
    pub fn raw_mode(&mut self) {
        self.send(b"\r\x03\x01");
        self.until("raw REPL; CTRL-B to exit\r\n>");
    }
}

fn pause() {
    std::thread::sleep(Duration::from_micros(500));
}
