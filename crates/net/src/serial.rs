//! A serial port of the module as a pseudo-terminal, or as a TCP port of this computer.
//!
//! Two threads carry each connection: one takes what the module sends, one brings what comes. Neither side ever makes
//! a script wait.

use crate::sandbox;
use crate::sys;
use crate::telnet::{self, Telnet};
use crate::wait::lock;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
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
    /// What a client is answered about the line itself; goes first.
    answers: Vec<u8>,
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
    fn take(&self) -> (Vec<u8>, Vec<u8>) {
        let mut waiting = lock(&self.waiting);
        waiting.under_way = false;
        self.changed.notify_all();
        let idle = |w: &mut Waiting| w.bytes.is_empty() && w.answers.is_empty();
        let mut waiting = self.changed.wait_while(waiting, idle).unwrap_or_else(PoisonError::into_inner);
        waiting.under_way = true;
        (std::mem::take(&mut waiting.answers), waiting.bytes.drain(..).collect())
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

    /// Answers a client about the line itself.
    fn answer(&self, bytes: &[u8]) {
        let mut waiting = lock(&self.0.waiting);
        if !bytes.is_empty() && waiting.answers.len() < MOST {
            waiting.answers.extend_from_slice(bytes);
            self.0.changed.notify_all();
        }
    }

    /// How many bytes nobody has carried away yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        lock(&self.0.waiting).bytes.len()
    }

    /// Waits until all is carried away, for that long at most.
    #[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
    pub fn flush(&self, limit: Duration) {
        let busy = |w: &mut Waiting| w.under_way || !w.bytes.is_empty();
        drop(self.0.changed.wait_timeout_while(lock(&self.0.waiting), limit, busy));
    }

    /// Starts the thread that carries away what the module sends.
    fn carry(mut to: impl FnMut(Vec<u8>, Vec<u8>) + Send + 'static) -> io::Result<Self> {
        let outgoing = Arc::new(Outgoing::default());
        let line = Self(outgoing.clone());
        start("serial out", move || {
            loop {
                let (answers, bytes) = outgoing.take();
                to(answers, bytes);
            }
        })?;
        Ok(line)
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.into()).spawn(work).map(drop)
}

/// Brings all that `from` has, until it ends.
#[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
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

/// How long a client waits for one who is about to leave: tools close a port and open it at once.
const LEAVING: Duration = Duration::from_millis(300);

/// The one place for a client.
#[derive(Default)]
struct Place {
    client: Mutex<Option<TcpStream>>,
    left: Condvar,
    /// This client speaks telnet.
    telnet: AtomicBool,
}

impl Place {
    #[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
    fn enter(&self, connection: &TcpStream) -> bool {
        let taken = |client: &mut Option<TcpStream>| client.is_some();
        let waited = self.left.wait_timeout_while(lock(&self.client), LEAVING, taken);
        let (mut client, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if client.is_none() {
            self.telnet.store(false, SeqCst);
            *client = connection.try_clone().ok();
            return client.is_some();
        }
        false
    }

    fn leave(&self) {
        *lock(&self.client) = None;
        self.left.notify_all();
    }
}

/// What a client sends: the data alone. One whose first byte is telnet's mark speaks it.
struct Client {
    connection: TcpStream,
    telnet: Option<Telnet>,
    fresh: bool,
    place: Arc<Place>,
    line: Line,
}

impl Read for Client {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.connection.read(room)?;
            if n > 0 && std::mem::take(&mut self.fresh) && room[0] == telnet::IAC {
                self.telnet = Some(Telnet::default());
                self.place.telnet.store(true, SeqCst);
            }
            let Some(telnet) = self.telnet.as_mut().filter(|_| n > 0) else { return Ok(n) };
            let (data, answer) = telnet.receive(&room[..n]);
            self.line.answer(&answer);
            if !data.is_empty() {
                room[..data.len()].copy_from_slice(&data);
                return Ok(data.len());
            }
        }
    }
}

/// Listens at a port of this computer: one client at a time, who may come back. Returns the address.
///
/// # Errors
/// Those of listening; `InvalidInput` for an address that other computers could reach.
#[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
pub fn listen(address: SocketAddr, feed: Feed) -> io::Result<(Line, SocketAddr)> {
    if !address.ip().is_loopback() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "only an address of this computer, 127.0.0.1 or ::1"));
    }
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let place: Arc<Place> = Arc::default();
    let writer = place.clone();
    let line = Line::carry(move |mut answers, bytes| {
        let connection = lock(&writer.client).as_ref().and_then(|c| c.try_clone().ok());
        if let Some(mut connection) = connection {
            answers.extend(if writer.telnet.load(SeqCst) { telnet::escaped(&bytes) } else { bytes });
            // Who has gone away does not get it, as from an unplugged cable.
            let _ = connection.write_all(&answers);
        }
    })?;
    let answering = line.clone();
    start("serial in", move || {
        for connection in listener.incoming() {
            let Ok(connection) = connection else {
                std::thread::sleep(AGAIN);
                continue;
            };
            // A port sends each byte at once.
            let _ = connection.set_nodelay(true);
            if !place.enter(&connection) {
                let _ = (&connection).write_all(BUSY);
                continue;
            }
            let (feed, place, line) = (feed.clone(), place.clone(), answering.clone());
            let talk = move || {
                bring(Client { connection, telnet: None, fresh: true, place: place.clone(), line }, &feed);
                place.leave();
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
    #[expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]
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
        if let Some(link) = self.link.take() {
            // Somebody else may have taken the name.
            if std::fs::read_link(&link).is_ok_and(|to| to == self.path) {
                let _ = sandbox::outside(move || std::fs::remove_file(link));
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
    let line = Line::carry(move |_, bytes| {
        // Fails only when the terminal is gone.
        let _ = out.write_all(&bytes);
    })?;
    start("serial in", move || bring(ours, &feed))?;
    Ok(Terminal { line, path, link: link.map(Path::to_owned), device })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]
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
    fn a_client_may_speak_telnet() {
        let (feed, received) = collecting();
        let (line, address) = listen("127.0.0.1:0".parse().unwrap(), feed).unwrap();
        let mut client = TcpStream::connect(address).unwrap();
        client.write_all(b"\xff\xfb\x2cdata\xff\xff").unwrap();
        expect(&received, b"data\xff");
        let mut answer = [0; 3];
        client.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"\xff\xfd\x2c");
        line.send(b"\xff\x00");
        client.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"\xff\xff\x00");
        drop(client);
        let mut client = TcpStream::connect(address).unwrap();
        client.write_all(b"plain\xff").unwrap();
        expect(&received, b"plain\xff");
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
