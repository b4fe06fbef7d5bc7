//! A wire of the module's serial port: what the module sends waits here for the client, and what comes goes to the module.

use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;
use std::thread::Thread;
use std::time::Duration;

/// The module's side of what a line brings.
pub trait Receiver: Send + Sync {
    /// Bytes came. Returns how many were taken; fewer than all when it wants to be asked again.
    fn receive(&self, bytes: &[u8]) -> usize;

    /// A client has opened the line.
    fn opened(&self) {}
}

impl<F: Fn(&[u8]) -> usize + Send + Sync> Receiver for F {
    fn receive(&self, bytes: &[u8]) -> usize {
        self(bytes)
    }
}

/// Brings bytes to the module.
pub type Feed = Arc<dyn Receiver>;

/// Bytes that wait for a reader that does not read; what comes on top is lost.
pub(super) const MOST: usize = 1 << 20;
/// With more than this waiting a line is full, for writers that want to lose nothing.
const FULL: usize = 128 * 1024;
/// Bytes that are carried away at once.
const PARCEL: usize = 64 * 1024;
/// Until a module that took nothing is asked again.
pub(super) const AGAIN: Duration = Duration::from_millis(5);

#[derive(Default)]
pub(super) struct Outgoing {
    /// The number of the client that is there.
    client: Option<u64>,
    clients: u64,
    pub(super) bytes: VecDeque<u8>,
    /// What a client is answered about the line itself; goes first.
    answers: Vec<u8>,
    /// So many of the bytes that were taken last are still on their way.
    under_way: usize,
    /// Threads that want to know when the line is no longer full.
    waiting: Vec<Thread>,
}

impl Outgoing {
    fn unread(&self) -> usize {
        self.bytes.len() + self.under_way
    }

    fn tell(&mut self) {
        if self.unread() <= FULL {
            self.waiting.drain(..).for_each(|thread| thread.unpark());
        }
    }
}

/// What goes to one client.
pub(super) struct Parcel {
    pub(super) client: u64,
    pub(super) answers: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

#[derive(Default)]
pub(super) struct Shared {
    pub(super) outgoing: Mutex<Outgoing>,
    changed: Condvar,
}

/// The module's end of a serial line. Connected to nothing until `terminal` or `listen` does so; clones are the same line.
#[derive(Clone, Default)]
pub struct Line(pub(super) Arc<Shared>);

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

impl Line {
    /// Sends to the client, if one is there; never waits.
    pub fn send(&self, bytes: &[u8]) {
        let mut outgoing = self.0.outgoing.lock();
        if outgoing.client.is_some() {
            let room = MOST - outgoing.bytes.len().min(MOST);
            outgoing.bytes.extend(&bytes[..bytes.len().min(room)]);
            drop(outgoing);
            self.0.changed.notify_all();
        }
    }

    /// Answers a client about the line itself.
    pub(super) fn answer(&self, bytes: &[u8]) {
        let mut outgoing = self.0.outgoing.lock();
        if outgoing.client.is_some() && !bytes.is_empty() && outgoing.answers.len() < MOST {
            outgoing.answers.extend_from_slice(bytes);
            self.0.changed.notify_all();
        }
    }

    /// Whether somebody is at the other end.
    #[must_use]
    pub fn has_client(&self) -> bool {
        self.0.outgoing.lock().client.is_some()
    }

    /// The client lags behind what was sent: whoever sends more should wait.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.outgoing.lock().unread() > FULL
    }

    /// Unparks a thread, once, when the line is no longer full.
    pub fn tell(&self, thread: Thread) {
        let mut outgoing = self.0.outgoing.lock();
        if !outgoing.waiting.iter().any(|known| known.id() == thread.id()) {
            outgoing.waiting.push(thread);
        }
        outgoing.tell();
    }

    /// Waits until all is carried away, for that long at most.
    pub fn flush(&self, limit: Duration) {
        let busy = |o: &mut Outgoing| o.unread() > 0;
        self.0.changed.wait_while_for(&mut self.0.outgoing.lock(), busy, limit);
    }

    /// A client has come; its number.
    pub(super) fn opened(&self) -> u64 {
        let mut outgoing = self.0.outgoing.lock();
        outgoing.clients += 1;
        outgoing.client = Some(outgoing.clients);
        outgoing.clients
    }

    /// It has gone, and with it what was on its way to it.
    pub(super) fn closed(&self) {
        let mut outgoing = self.0.outgoing.lock();
        outgoing.client = None;
        outgoing.bytes.clear();
        outgoing.answers.clear();
        outgoing.tell();
        drop(outgoing);
        self.0.changed.notify_all();
    }

    pub(super) fn is_client(&self, number: u64) -> bool {
        self.0.outgoing.lock().client == Some(number)
    }

    /// Waits for something to carry.
    pub(super) fn take(&self) -> Parcel {
        let mut outgoing = self.0.outgoing.lock();
        outgoing.under_way = 0;
        outgoing.tell();
        self.0.changed.notify_all();
        loop {
            if let Some(client) = outgoing.client.filter(|_| !outgoing.bytes.is_empty() || !outgoing.answers.is_empty())
            {
                let count = outgoing.bytes.len().min(PARCEL);
                outgoing.under_way = count;
                let answers = std::mem::take(&mut outgoing.answers);
                return Parcel { client, answers, bytes: outgoing.bytes.drain(..count).collect() };
            }
            self.0.changed.wait(&mut outgoing);
        }
    }

    /// Starts the thread that carries away what the module sends.
    pub(super) fn carry(&self, mut to: impl FnMut(Parcel) + Send + 'static) -> io::Result<()> {
        let line = self.clone();
        start("serial out", move || {
            loop {
                to(line.take());
            }
        })
    }
}

pub(super) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.into()).spawn(work).map(drop)
}

/// Brings all that `from` has, until it ends.
pub(super) fn bring(mut from: impl Read, feed: &Feed) {
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
            let taken = feed.receive(rest);
            rest = &rest[taken.min(rest.len())..];
            if taken == 0 {
                std::thread::sleep(AGAIN);
            }
        }
    }
}
