//! Running the program from tests, always with an end.

#![allow(dead_code, reason = "each test binary uses a part of this")]

pub mod main_port;
pub mod markdown;
pub mod python;

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How long a test waits for anything at all.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The top of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// A run of the program that has ended.
#[derive(Debug)]
pub struct Ended {
    /// None when a signal ended it.
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

fn read_all(mut stream: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let _ = tell.send(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    });
    told
}

/// Runs a command to its end, or kills it at the limit and says so.
pub fn run_within(mut command: Command, limit: Duration) -> Result<Ended, String> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start {command:?}: {e}"))?;
    let stdout = read_all(child.stdout.take().expect("piped"));
    let stderr = read_all(child.stderr.take().expect("piped"));
    let status = wait_within(&mut child, limit);
    let text = |from: mpsc::Receiver<String>| from.recv().unwrap_or_default();
    let (stdout, stderr) = (text(stdout), text(stderr));
    match status {
        Some(status) => Ok(Ended { status: status.code(), stdout, stderr }),
        None => Err(format!("still running after {limit:?}\n--- printed\n{stdout}--- standard error\n{stderr}")),
    }
}

/// The exit status, or `None` after killing it at the limit.
pub fn wait_within(child: &mut Child, limit: Duration) -> Option<std::process::ExitStatus> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return Some(status);
        }
        if Instant::now() >= end {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// The program while it runs, its output read line by line.
pub struct Running {
    pub child: Child,
    lines: mpsc::Receiver<String>,
    stderr: mpsc::Receiver<String>,
    notice: Option<String>,
}

impl Running {
    pub fn start(command: Command) -> Self {
        Self::spawn(command, false)
    }

    fn spawn(mut command: Command, with_notice: bool) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("piped");
        let mut errors = BufReader::new(child.stderr.take().expect("piped"));
        let notice = with_notice.then(|| {
            let mut line = String::new();
            errors.read_line(&mut line).expect("readable");
            line
        });
        let stderr = read_all(errors);
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { return };
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines, stderr, notice }
    }

    /// Starts a script with a serial port as a TCP port, and says where that is.
    pub fn with_uart(command: Command) -> (Self, std::net::SocketAddr) {
        let mut running = Self::spawn(command, true);
        let notice = running.notice.take().expect("the first line of standard error");
        let address = notice.rsplit(' ').next().and_then(|a| a.trim().parse().ok());
        (running, address.unwrap_or_else(|| panic!("no address: {notice}")))
    }

    /// Runs `code` with `options`.
    pub fn code(code: &str, options: &[&str]) -> Self {
        let mut command = program();
        command.args(options).args(["-c", code]);
        Self::start(command)
    }

    /// The next line of standard output.
    pub fn line(&mut self) -> String {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(_) => {
                let _ = self.child.kill();
                panic!("no further line; standard error: {}", self.stderr.recv().unwrap_or_default())
            }
        }
    }

    /// Waits for the end: the status, the lines not yet read, and standard error.
    pub fn end(mut self) -> (Option<i32>, Vec<String>, String) {
        let status = wait_within(&mut self.child, PATIENCE);
        let stderr = self.stderr.recv().unwrap_or_default();
        let lines = self.lines.iter().collect();
        assert!(status.is_some(), "still running; standard error: {stderr}");
        (status.and_then(|s| s.code()), lines, stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program under test.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quecpy"));
    command.env("NO_COLOR", "1");
    command
}

/// A copy of a folder that may be written to, gone when dropped.
pub struct Copy(pub PathBuf);

impl Copy {
    /// `name` is this copy's alone.
    pub fn of(folder: &Path, name: &str) -> Self {
        let made = Self::empty(name);
        copy(folder, &made.0);
        made
    }

    /// Nothing to begin with.
    pub fn empty(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quecpy {} {name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path.canonicalize().expect("it was made"))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Copies a folder with all that is in it; the target may be there already.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Whether what tests expect is to be written anew: `RECORD=1`. Read it before you believe it.
pub fn recording() -> bool {
    std::env::var_os("RECORD").is_some()
}

/// Whether a text is the expected one, in which `...` stands for anything.
pub fn fits(expected: &str, printed: &str) -> bool {
    let mut parts = expected.split("...");
    let Some(mut rest) = parts.next().and_then(|first| printed.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}
