//! A serial port of the module as a pseudo-terminal, or as a TCP port of this computer.
//!
//! Two threads carry each connection: one takes what the module sends, one brings what comes. Neither side ever makes
//! a script wait.

use crate::sys;
use crate::wait::lock;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Brings bytes to the module. Returns how many it took; fewer than all when it wants to be asked again.
pub type Feed = Arc<dyn Fn(&[u8]) -> usize + Send + Sync>;

/// Bytes that wait for a reader who does not read; what comes on top is lost.
const MOST: usize = 1 << 20;
/// Until a module that took nothing is asked again.
const AGAIN: Duration = Duration::from_millis(5);

#[derive(Default)]
struct Waiting {
    bytes: VecDeque<u8>,
    /// Whether the last that was taken is still on its way.
    under_way: bool,
}

/// What the module has sent and nobody has carried away yet.
#[derive(Default)]
struct Outgoing {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Outgoing {
    fn take(&self) -> Vec<u8> {
        let mut waiting = lock(&self.waiting);
        waiting.under_way = false;
        self.changed.notify_all();
        let idle = |w: &mut Waiting| w.bytes.is_empty();
        let mut waiting = self.changed.wait_while(waiting, idle).unwrap_or_else(PoisonError::into_inner);
        waiting.under_way = true;
        waiting.bytes.drain(..).collect()
    }
}

/// The module's end of a serial line.
#[derive(Clone)]
pub struct Line(Arc<Outgoing>);

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

impl Line {
    /// Sends; never waits.
    pub fn send(&self, bytes: &[u8]) {
        let mut waiting = lock(&self.0.waiting);
        let room = MOST - waiting.bytes.len().min(MOST);
        waiting.bytes.extend(&bytes[..bytes.len().min(room)]);
        drop(waiting);
        self.0.changed.notify_all();
    }

    /// How many bytes nobody has carried away yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        lock(&self.0.waiting).bytes.len()
    }

    /// Waits until all is carried away, for that long at most.
    pub fn flush(&self, limit: Duration) {
        let busy = |w: &mut Waiting| w.under_way || !w.bytes.is_empty();
        drop(self.0.changed.wait_timeout_while(lock(&self.0.waiting), limit, busy));
    }

    /// Starts the thread that carries away what the module sends.
    fn carry(mut to: impl FnMut(&[u8]) + Send + 'static) -> io::Result<Self> {
        let outgoing = Arc::new(Outgoing::default());
        let line = Self(outgoing.clone());
        start("serial out", move || {
            loop {
                to(&outgoing.take());
            }
        })?;
        Ok(line)
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.into()).spawn(work).map(drop)
}

/// Brings all that `from` has, until it ends.
fn bring(mut from: impl Read, feed: &Feed) {
    let mut buffer = [0; 4096];
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => return,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        let mut rest = &buffer[..n];
        while !rest.is_empty() {
            let taken = feed(rest);
            rest = &rest[taken.min(rest.len())..];
            if taken == 0 {
                std::thread::sleep(AGAIN);
            }
        }
    }
}

/// What a second client is told before it is sent away.
const BUSY: &[u8] = b"quecpy: this port is in use; one client at a time\r\n";

/// Listens at a port of this computer: one client at a time, who may come back. Returns the address.
///
/// # Errors
/// Those of listening; `InvalidInput` for an address that other computers could reach.
pub fn listen(address: SocketAddr, feed: Feed) -> io::Result<(Line, SocketAddr)> {
    if !address.ip().is_loopback() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "only an address of this computer, 127.0.0.1 or ::1"));
    }
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let client: Arc<Mutex<Option<TcpStream>>> = Arc::default();
    let writer = client.clone();
    let line = Line::carry(move |bytes| {
        let connection = lock(&writer).as_ref().and_then(|c| c.try_clone().ok());
        if let Some(mut connection) = connection {
            // Who has gone away does not get it, as from an unplugged cable.
            let _ = connection.write_all(bytes);
        }
    })?;
    start("serial in", move || {
        for connection in listener.incoming() {
            let Ok(connection) = connection else {
                std::thread::sleep(AGAIN);
                continue;
            };
            // A port sends each byte at once.
            let _ = connection.set_nodelay(true);
            let mut current = lock(&client);
            if current.is_some() {
                let _ = (&connection).write_all(BUSY);
                continue;
            }
            *current = connection.try_clone().ok();
            drop(current);
            let (feed, client) = (feed.clone(), client.clone());
            let talk = move || {
                bring(&connection, &feed);
                *lock(&client) = None;
            };
            // Without a thread the client has nobody to talk to, and is sent away by the end of its stream.
            let _ = start("serial client", talk);
        }
    })?;
    Ok((line, address))
}

/// A pseudo-terminal, and the link to it: gone when dropped.
#[derive(Debug)]
pub struct Terminal {
    pub line: Line,
    /// What other programs open.
    pub path: PathBuf,
    link: Option<PathBuf>,
    /// Kept open, so that nobody's leaving ends it.
    device: File,
}

impl Terminal {
    /// Waits until all that was sent has been read, for that long at most: closing takes away what was not.
    pub fn flush(&self, limit: Duration) {
        let end = Instant::now() + limit;
        self.line.flush(limit);
        // The kernel hands bytes over a moment after they were written.
        let mut read = 0;
        while read < 2 && Instant::now() < end {
            read = if sys::unread(&self.device) == 0 { read + 1 } else { 0 };
            std::thread::sleep(AGAIN);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(link) = &self.link {
            // Somebody else may have taken the name.
            if std::fs::read_link(link).is_ok_and(|to| to == self.path) {
                let _ = std::fs::remove_file(link);
            }
        }
    }
}

/// Opens a pseudo-terminal, with a link to it at `link`: an old link is replaced, a file is not.
///
/// # Errors
/// Those of the calls; `Unsupported` where there are no pseudo-terminals.
pub fn terminal(link: Option<&Path>, feed: Feed) -> io::Result<Terminal> {
    let (ours, device, path) = sys::open_pty()?;
    if let Some(link) = link {
        if link.is_symlink() {
            std::fs::remove_file(link)?;
        }
        sys::make_link(&path, link)?;
    }
    let mut out = ours.try_clone()?;
    let line = Line::carry(move |bytes| {
        // Fails only when the terminal is gone.
        let _ = out.write_all(bytes);
    })?;
    start("serial in", move || bring(ours, &feed))?;
    Ok(Terminal { line, path, link: link.map(Path::to_owned), device })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, channel};

    fn collecting() -> (Feed, Receiver<Vec<u8>>) {
        let (sender, received) = channel();
        let feed = move |bytes: &[u8]| {
            let _ = sender.send(bytes.to_vec());
            bytes.len()
        };
        (Arc::new(feed), received)
    }

    fn expect(received: &Receiver<Vec<u8>>, expected: &[u8]) {
        let mut all = Vec::new();
        while all.len() < expected.len() {
            all.extend(received.recv_timeout(Duration::from_secs(30)).unwrap());
        }
        assert_eq!(all, expected);
    }

    #[test]
    fn a_client_talks_leaves_and_comes_back() {
        let (feed, received) = collecting();
        let (line, address) = listen("127.0.0.1:0".parse().unwrap(), feed).unwrap();
        for text in [b"first", b"again"] {
            let mut client = TcpStream::connect(address).unwrap();
            client.write_all(text).unwrap();
            expect(&received, text);
            line.send(text);
            let mut back = [0; 5];
            client.read_exact(&mut back).unwrap();
            assert_eq!(&back, text);
        }
    }

    #[test]
    fn nobody_else_may_reach_it() {
        let (feed, _received) = collecting();
        let refused = listen("0.0.0.0:0".parse().unwrap(), feed).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidInput);
    }

    #[test]
    fn a_reader_who_does_not_read_makes_nobody_wait() {
        let (feed, _received) = collecting();
        let (line, address) = listen("127.0.0.1:0".parse().unwrap(), feed).unwrap();
        let _client = TcpStream::connect(address).unwrap();
        for _ in 0..64 {
            line.send(&[0; 1 << 16]);
        }
        assert!(lock(&line.0.waiting).bytes.len() <= MOST);
    }

    #[cfg(unix)]
    #[test]
    fn a_terminal_carries_every_byte_both_ways() {
        let (feed, received) = collecting();
        let link = std::env::temp_dir().join(format!("quecpy-test-pty-{}", std::process::id()));
        let terminal = terminal(Some(&link), feed).unwrap();
        let all: Vec<u8> = (0..=255).collect();
        let mut other = std::fs::OpenOptions::new().read(true).write(true).open(&link).unwrap();
        other.write_all(&all).unwrap();
        expect(&received, &all);
        terminal.line.send(&all);
        let mut back = [0; 256];
        other.read_exact(&mut back).unwrap();
        assert_eq!(&back[..], &all);
        drop(terminal);
        assert!(!link.is_symlink());
    }
}
