//! A line as a TCP port of this computer: one client at a time, and others may come after it.

use super::browser::{Beginning, beginning};
use super::line::{AGAIN, Feed, Line, bring, start};
use super::rfc2217::{self, Telnet};
use crate::sys;
use parking_lot::{Condvar, Mutex};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

/// What a second client is told before it is sent away.
const BUSY: &[u8] = b"quecpy: this port is in use; one client at a time\r\n";

/// How long a client waits for another that is about to leave: tools close a port and open it at once.
const LEAVING: Duration = Duration::from_millis(300);
/// How long a client that sends no more may take to read what was sent to it.
const LAST_BYTES: Duration = Duration::from_millis(200);
/// How long what a refused client sends is read: the reset of a connection with unread bytes overtakes the answer.
const LINGER: Duration = Duration::from_secs(1);
/// How much of it.
const MOST_REFUSED: usize = 1 << 20;
/// Connections that are looked after at once; others are closed.
const MOST_GUESTS: usize = 64;

/// Which clients are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Anybody on this computer: what comes is data.
    None,
    /// Not web browsers: what comes is run.
    Browsers,
}

/// The client that is there.
struct Client {
    number: u64,
    connection: TcpStream,
    /// It speaks telnet.
    telnet: bool,
}

struct Server {
    line: Line,
    feed: Feed,
    guard: Guard,
    /// The one place.
    client: Mutex<Option<Client>>,
    left: Condvar,
    guests: AtomicUsize,
}

/// Makes `line` a port of this computer. Returns the address.
///
/// # Errors
/// Those of listening; `InvalidInput` for an address that other computers could reach.
pub fn listen(address: SocketAddr, line: &Line, feed: Feed, guard: Guard) -> io::Result<SocketAddr> {
    if !address.ip().is_loopback() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "only an address of this computer, 127.0.0.1 or ::1"));
    }
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let server = Server {
        line: line.clone(),
        feed,
        guard,
        client: Mutex::default(),
        left: Condvar::new(),
        guests: AtomicUsize::new(0),
    };
    let server = Arc::new(server);
    let writer = server.clone();
    line.carry(move |parcel| {
        let Some((mut connection, telnet)) = writer.connection(parcel.client) else { return };
        let mut bytes = parcel.answers;
        bytes.extend(if telnet { rfc2217::escaped(&parcel.bytes) } else { parcel.bytes });
        // A client that has gone away does not get it, as from an unplugged cable.
        let _ = connection.write_all(&bytes);
    })?;
    start("serial in", move || {
        for connection in listener.incoming() {
            match connection {
                Ok(connection) => server.welcome(connection),
                Err(_) => std::thread::sleep(AGAIN),
            }
        }
    })?;
    Ok(address)
}

impl Server {
    fn connection(&self, client: u64) -> Option<(TcpStream, bool)> {
        let place = self.client.lock();
        let client = place.as_ref().filter(|c| c.number == client)?;
        Some((client.connection.try_clone().ok()?, client.telnet))
    }

    /// Gives a connection a thread of its own; without one it is closed.
    fn welcome(self: &Arc<Self>, connection: TcpStream) {
        if self.guests.fetch_add(1, SeqCst) >= MOST_GUESTS {
            self.guests.fetch_sub(1, SeqCst);
            return;
        }
        let server = self.clone();
        let talk = move || {
            // A port sends each byte at once.
            let _ = connection.set_nodelay(true);
            if let Some(text) = server.talk(&connection) {
                refuse(&connection, &text);
            }
            server.guests.fetch_sub(1, SeqCst);
        };
        if start("serial client", talk).is_err() {
            self.guests.fetch_sub(1, SeqCst);
        }
    }

    /// The client's time at the port. Returns what one is told that may not have it.
    fn talk(self: &Arc<Self>, connection: &TcpStream) -> Option<Vec<u8>> {
        let Some(number) = self.enter(connection) else { return Some(BUSY.into()) };
        self.feed.opened();
        let guard = (self.guard == Guard::Browsers).then(Vec::new);
        let mut client = Reading { server: self, connection, number, first: true, guard, refusal: None, telnet: None };
        bring(&mut client, &self.feed);
        let refusal = client.refusal.take();
        if refusal.is_none() {
            self.line.flush(LAST_BYTES);
        }
        self.line.closed();
        if refusal.is_none() {
            // Ends a write that its client does not read.
            let _ = connection.shutdown(Shutdown::Both);
        }
        *self.client.lock() = None;
        self.left.notify_all();
        refusal
    }

    /// Takes the place, when it is free or soon will be. Returns the client's number.
    fn enter(&self, connection: &TcpStream) -> Option<u64> {
        let taken = |client: &mut Option<Client>| client.is_some();
        let mut client = self.client.lock();
        self.left.wait_while_for(&mut client, taken, LEAVING);
        if client.is_some() {
            return None;
        }
        let connection = connection.try_clone().ok()?;
        let number = self.line.opened();
        *client = Some(Client { number, connection, telnet: false });
        Some(number)
    }

    fn speaks_telnet(&self, number: u64) {
        if let Some(client) = self.client.lock().as_mut().filter(|c| c.number == number) {
            client.telnet = true;
        }
    }
}

/// What a client sends: the data alone. One whose first byte is telnet's mark speaks it.
struct Reading<'a> {
    server: &'a Server,
    connection: &'a TcpStream,
    number: u64,
    first: bool,
    /// What came, a few bytes, while it may still be a web browser.
    guard: Option<Vec<u8>>,
    refusal: Option<Vec<u8>>,
    telnet: Option<Telnet>,
}

impl Read for Reading<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let kept = self.guard.as_ref().map_or(0, Vec::len);
            let n = self.connection.read(&mut room[kept..])?;
            if n == 0 {
                return Ok(0);
            }
            sys::acknowledge(self.connection);
            let n = kept + n;
            match self.seen(&mut room[..n]) {
                Beginning::Client => {}
                Beginning::Open => continue,
                browser => {
                    self.refusal = browser.refusal();
                    return Ok(0);
                }
            }
            if std::mem::take(&mut self.first) && room[0] == rfc2217::IAC {
                self.telnet = Some(Telnet::default());
                self.server.speaks_telnet(self.number);
            }
            let Some(telnet) = self.telnet.as_mut() else { return Ok(n) };
            let (data, answer) = telnet.receive(&room[..n]);
            self.server.line.answer(&answer);
            if !data.is_empty() {
                room[..data.len()].copy_from_slice(&data);
                return Ok(data.len());
            }
        }
    }
}

impl Reading<'_> {
    /// Who sends these bytes, in front of which there is room for those that were kept.
    fn seen(&mut self, bytes: &mut [u8]) -> Beginning {
        let Some(kept) = &mut self.guard else { return Beginning::Client };
        bytes[..kept.len()].copy_from_slice(kept);
        let beginning = beginning(bytes);
        match beginning {
            Beginning::Open => bytes.clone_into(kept),
            _ => self.guard = None,
        }
        beginning
    }
}

/// Sends a client away, once it has had the time to say what it came for.
fn refuse(mut connection: &TcpStream, text: &[u8]) {
    if connection.write_all(text).and_then(|()| connection.shutdown(Shutdown::Write)).is_err() {
        return;
    }
    let end = Instant::now() + LINGER;
    let mut waste = [0; 4096];
    let mut read = 0;
    while read < MOST_REFUSED {
        let left = end.saturating_duration_since(Instant::now());
        // Zero would be for ever.
        if left.is_zero() || connection.set_read_timeout(Some(left)).is_err() {
            return;
        }
        match connection.read(&mut waste) {
            Ok(n @ 1..) => read += n,
            _ => return,
        }
    }
}
