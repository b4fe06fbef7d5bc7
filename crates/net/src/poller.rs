//! Waiting for many sockets: the engine of `uselect.poll`, on the crate `polling` (epoll, kqueue, IOCP), so that a
//! call costs in ready sockets, not in registered ones.

use crate::errno;
use crate::error::{Error, Result};
use crate::socket::{Handle, Socket, Watch};
use crate::stack::Stack;
use crate::wait::Waiter;
use parking_lot::Mutex;
use polling::{Event, Events, PollMode};
use quecpy_time::Deadline;
use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Event bits as MicroPython numbers them.
pub const READ: u32 = 1;
/// Writing does not block.
pub const WRITE: u32 = 4;
/// An error is there.
pub const ERROR: u32 = 8;
/// The peer has hung up.
pub const HANGUP: u32 = 16;
/// The socket was closed while registered.
pub const INVALID: u32 = 32;

#[derive(Debug)]
struct Entry {
    socket: Weak<Socket>,
    /// Keeps the descriptor open (and the registration valid) until it is taken out.
    handle: Arc<Handle>,
    mask: u32,
    mode: PollMode,
}

/// What sockets tell a poller about things the kernel does not know.
#[derive(Debug, Default)]
struct Told {
    /// May have bytes in their look-ahead.
    ahead: HashSet<usize>,
    closed: HashSet<usize>,
}

#[derive(Debug)]
struct Shared {
    poller: Arc<polling::Poller>,
    entries: Mutex<HashMap<usize, Entry>>,
    told: Mutex<Told>,
    /// Threads that wait, and are to hear what is told.
    waiting: AtomicUsize,
    /// The operating system serves one of them.
    served: AtomicBool,
    queue: Mutex<Vec<Arc<Waiter>>>,
}

/// A set of registered sockets, each under a key of the caller's.
#[derive(Debug)]
pub struct Poller {
    stack: Arc<Stack>,
    shared: Arc<Shared>,
}

impl Watch for Shared {
    fn bytes_ahead(&self, key: usize) {
        self.told.lock().ahead.insert(key);
        if self.waiting.load(SeqCst) > 0 {
            let _ = self.poller.notify();
        }
    }

    fn socket_closed(&self, key: usize) {
        if let Some(entry) = self.entries.lock().remove(&key) {
            let _ = self.poller.delete(&**entry.handle);
        }
        self.told.lock().closed.insert(key);
        let _ = self.poller.notify();
    }

    fn socket_moved(&self, key: usize, fresh: &Arc<Handle>) {
        let mut entries = self.entries.lock();
        let Some(entry) = entries.get_mut(&key).filter(|entry| !Arc::ptr_eq(&entry.handle, fresh)) else { return };
        let _ = self.poller.delete(&**entry.handle);
        // Fails only where there is no memory: then the socket is as one where nothing happens.
        let _ = crate::sys::watch(&self.poller, fresh, interest(key, entry.mask), entry.mode);
        entry.handle = fresh.clone();
    }
}

impl Shared {
    /// Takes the place of the thread that is served, or is told when it is free.
    fn is_my_turn(&self, me: &Arc<Waiter>) -> bool {
        let mut queue = self.queue.lock();
        if !self.served.swap(true, SeqCst) {
            return true;
        }
        queue.push(me.clone());
        false
    }
}

impl Poller {
    /// # Errors
    /// EMFILE and the like from the host.
    pub fn new(stack: &Arc<Stack>) -> Result<Self> {
        let poller = Arc::new(polling::Poller::new()?);
        let shared = Shared {
            poller,
            entries: Mutex::default(),
            told: Mutex::default(),
            waiting: AtomicUsize::new(0),
            served: AtomicBool::new(false),
            queue: Mutex::default(),
        };
        Ok(Self { stack: stack.clone(), shared: Arc::new(shared) })
    }

    /// The network of its sockets.
    #[must_use]
    pub fn stack(&self) -> &Arc<Stack> {
        &self.stack
    }

    /// Registers `socket` under `key`, or changes its mask when it is registered already.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn register(&self, key: usize, socket: &Arc<Socket>, mask: u32) -> Result<()> {
        self.register_mode(key, socket, mask, PollMode::Level)
    }

    /// Registers `socket` so that each arrival is reported once, whether or not it is then read.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn register_arrivals(&self, key: usize, socket: &Arc<Socket>) -> Result<()> {
        // Hosts without edge-triggered polling (none of Linux, macOS, Windows) keep reporting.
        let edge = self.shared.poller.supports_edge();
        self.register_mode(key, socket, READ, if edge { PollMode::Edge } else { PollMode::Level })
    }

    fn register_mode(&self, key: usize, socket: &Arc<Socket>, mask: u32, mode: PollMode) -> Result<()> {
        let handle = socket.handle()?;
        let mut entries = self.shared.entries.lock();
        if let Some(entry) = entries.get_mut(&key) {
            (entry.mask, entry.mode) = (mask, mode);
            self.shared.poller.modify_with_mode(&**entry.handle, interest(key, mask), mode)?;
            return Ok(());
        }
        crate::sys::watch(&self.shared.poller, &handle, interest(key, mask), mode)?;
        entries.insert(key, Entry { socket: Arc::downgrade(socket), handle, mask, mode });
        drop(entries);
        let shared: Weak<Shared> = Arc::downgrade(&self.shared);
        socket.watchers.add(shared, key);
        let mut told = self.shared.told.lock();
        told.closed.remove(&key);
        if socket.has_bytes_ahead() {
            told.ahead.insert(key);
        }
        drop(told);
        self.catch_up(key, socket)
    }

    /// Another thread may have closed or moved the socket before it knew of this poller.
    fn catch_up(&self, key: usize, socket: &Socket) -> Result<()> {
        match socket.handle() {
            Ok(handle) => {
                self.shared.socket_moved(key, &handle);
                Ok(())
            }
            Err(e) => {
                let _ = self.unregister(key);
                Err(e)
            }
        }
    }

    /// Takes `key` out and ends a wait of another thread, which reports it as [`INVALID`].
    pub fn retire(&self, key: usize) {
        let _ = self.unregister(key);
        self.shared.told.lock().closed.insert(key);
        let _ = self.shared.poller.notify();
    }

    /// # Errors
    /// ENOENT when `key` is not registered.
    pub fn unregister(&self, key: usize) -> Result<()> {
        let was_closed = self.shared.told.lock().closed.remove(&key);
        match self.shared.entries.lock().remove(&key) {
            Some(entry) => {
                let _ = self.shared.poller.delete(&**entry.handle);
                if let Some(socket) = entry.socket.upgrade() {
                    let mine: Weak<Shared> = Arc::downgrade(&self.shared);
                    let mine: Weak<dyn Watch> = mine;
                    socket.watchers.remove(&mine, key);
                }
                Ok(())
            }
            None if was_closed => Ok(()),
            None => Err(Error::Errno(errno::ENOENT)),
        }
    }

    /// Whether `key` is registered.
    #[must_use]
    pub fn has(&self, key: usize) -> bool {
        self.shared.entries.lock().contains_key(&key) || self.shared.told.lock().closed.contains(&key)
    }

    /// Keys that are ready and their events; empty at the deadline.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn wait(&self, deadline: Deadline) -> Result<Vec<(usize, u32)>> {
        self.shared.waiting.fetch_add(1, SeqCst);
        let ready = self.wait_for_events(deadline);
        self.shared.waiting.fetch_sub(1, SeqCst);
        ready
    }

    fn wait_for_events(&self, deadline: Deadline) -> Result<Vec<(usize, u32)>> {
        let mut events = Events::with_capacity(self.room());
        loop {
            let told = self.told();
            let until =
                if told.is_empty() { deadline } else { Deadline::after(Some(Duration::ZERO), self.stack.time()) };
            events.clear();
            match self.serve(&mut events, until) {
                Err(Error::TIMED_OUT) => {}
                result => result?,
            }
            let entries = self.shared.entries.lock();
            let asked = |key| entries.get(&key).map_or(0, |e| e.mask | ERROR | HANGUP);
            let mut ready: Vec<_> = events.iter().map(|e| (e.key, bits(&e) & asked(e.key))).collect();
            drop(entries);
            // Few, as a rule none; a socket may have been closed or read from while this waited.
            for (key, bits) in if told.is_empty() { self.told() } else { told } {
                merge(&mut ready, key, bits);
            }
            ready.retain(|(_, bits)| *bits != 0);
            if !ready.is_empty() || deadline.passed(self.stack.time()) {
                return Ok(ready);
            }
        }
    }

    /// Room for an event of each registered socket, and for a notice.
    fn room(&self) -> NonZeroUsize {
        NonZeroUsize::MIN.saturating_add(self.shared.entries.lock().len())
    }

    /// Waits for events. `polling` waits for one thread at a time: others wait until they are the one.
    fn serve(&self, events: &mut Events, deadline: Deadline) -> Result<()> {
        let shared = &*self.shared;
        let first = !shared.served.swap(true, SeqCst);
        if !first {
            let me = self.stack.waiters.this_thread();
            self.stack.waiters.park(deadline, || shared.is_my_turn(&me))?;
        }
        let result = self.stack.waiters.poll(&shared.poller, events, deadline);
        shared.served.store(false, SeqCst);
        for next in shared.queue.lock().drain(..) {
            next.wake();
        }
        result
    }

    /// What sockets have told: closed ones, and those with bytes ahead that the caller wants to read.
    fn told(&self) -> Vec<(usize, u32)> {
        let entries = self.shared.entries.lock();
        let mut told = self.shared.told.lock();
        let mut ready: Vec<_> = told.closed.iter().map(|key| (*key, INVALID)).collect();
        told.ahead.retain(|key| {
            let Some(entry) = entries.get(key) else { return false };
            let waits = entry.socket.upgrade().is_some_and(|s| s.has_bytes_ahead());
            if waits && entry.mask & READ != 0 {
                ready.push((*key, READ));
            }
            waits
        });
        ready
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        for (_, entry) in self.shared.entries.lock().drain() {
            let _ = self.shared.poller.delete(&**entry.handle);
        }
    }
}

fn interest(key: usize, mask: u32) -> Event {
    Event::new(key, mask & READ != 0, mask & WRITE != 0)
}

fn bits(event: &Event) -> u32 {
    let mut bits = 0;
    for (set, bit) in [
        (event.readable, READ),
        (event.writable, WRITE),
        (event.is_err().unwrap_or(false), ERROR),
        (event.is_interrupt(), HANGUP),
    ] {
        bits |= if set { bit } else { 0 };
    }
    bits
}

fn merge(ready: &mut Vec<(usize, u32)>, key: usize, bits: u32) {
    match ready.iter_mut().find(|(k, _)| *k == key) {
        Some((_, have)) => *have |= bits,
        None => ready.push((key, bits)),
    }
}
