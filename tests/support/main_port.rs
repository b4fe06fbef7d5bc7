//! A module whose main serial port is served to tests.

use super::program;
use std::path::Path;
use std::process::{Child, Stdio};

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
