//! One worker process, seen from the parent.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use crate::events::Event;
use crate::parent::heard::Heard;
use crate::parent::stop::Stop;
use crate::setup::Setup;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// A worker, and what it says.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Heard>,
    complaints: Receiver<String>,
}

/// Why there is no further event.
#[derive(Debug)]
pub enum Silence {
    /// The run is to end at once.
    Stopped,
    /// The process has ended; how.
    Ended(String),
    /// It says nothing for too long.
    TooLong,
}

impl Worker {
    /// Starts one and tells it what its file is. Whoever waits for it hears of `stop`.
    ///
    /// # Errors
    /// Those of starting a process.
    pub fn start(program: &Path, setup: &Setup, stop: &Stop) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .args(["test", "--worker"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take();
        let (tell, heard) = channel();
        stop.wakes(tell.clone());
        if let Some(output) = child.stdout.take() {
            std::thread::Builder::new().name("worker's events".into()).spawn(move || {
                for line in BufReader::new(output).lines() {
                    let Ok(line) = line else { break };
                    // What is no event was printed by something that should not: it is passed on as output.
                    let event = serde_json::from_str(&line)
                        .unwrap_or_else(|_| Event::Output { error: true, text: format!("{line}\n") });
                    if tell.send(Heard::Event(event)).is_err() {
                        return;
                    }
                }
                // The owner may be gone.
                let _ = tell.send(Heard::End);
            })?;
        }
        let (complain, complaints) = channel();
        if let Some(mut errors) = child.stderr.take() {
            std::thread::Builder::new().name("worker's errors".into()).spawn(move || {
                let mut text = Vec::new();
                let _ = errors.read_to_end(&mut text);
                // The parent may be gone.
                let _ = complain.send(String::from_utf8_lossy(&text).into_owned());
            })?;
        }
        let line = serde_json::to_string(setup).map_err(std::io::Error::other)?;
        if let Some(input) = &mut input {
            // A worker that is gone already is found out at its first event.
            let _ = writeln!(input, "{line}");
        }
        Ok(Self { child, input, heard, complaints })
    }

    /// Says a line of JSON.
    pub fn tell(&mut self, value: &serde_json::Value) {
        if let Some(input) = &mut self.input {
            // As above.
            let _ = writeln!(input, "{value}").and_then(|()| input.flush());
        }
    }

    /// The next event.
    ///
    /// # Errors
    /// Why there is none.
    #[expect(clippy::disallowed_methods, reason = "a worker is a process of the host")]
    pub fn next(&mut self, patience: Option<Duration>) -> Result<Event, Silence> {
        let heard = match patience {
            Some(patience) => self.heard.recv_timeout(patience),
            None => self.heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match heard {
            Ok(Heard::Event(event)) => Ok(event),
            Ok(Heard::Stop) => Err(Silence::Stopped),
            Err(RecvTimeoutError::Timeout) => Err(Silence::TooLong),
            Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => Err(Silence::Ended(self.end())),
        }
    }

    /// Waits for the end, and tells how it came.
    #[expect(clippy::disallowed_methods, reason = "a worker is a process of the host")]
    fn end(&mut self) -> String {
        self.input = None;
        let status = self.child.wait().map_or_else(|e| e.to_string(), |status| status.to_string());
        let complaint = self.complaints.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        if complaint.trim().is_empty() { status } else { format!("{status}\n{}", complaint.trim_end()) }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.input = None;
        // It has nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
