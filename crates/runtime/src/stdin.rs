//! Where a session's standard input comes from: a stream that a thread reads, or a front end that keeps what comes.

use parking_lot::{Condvar, Mutex};
use quecpy_net::{Deadline, Result, Waiter, Waiters};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

/// A front end that has bytes for a script, and keeps those that no script reads.
pub trait Keyboard: Send + Sync {
    /// At most so many of the bytes that are there; never waits.
    fn take(&self, most: usize) -> Vec<u8>;
    /// Whether something can be read without waiting.
    fn has_some(&self) -> bool;
    /// Whether nothing comes any more.
    fn has_ended(&self) -> bool {
        false
    }
    /// Wakes a thread, once, when more has come.
    fn tell(&self, thread: Arc<Waiter>);
}

/// What a read is content with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Want {
    Bytes(usize),
    /// Up to the end of a line: a line feed, or also (`returns`) a carriage return.
    Line {
        returns: bool,
    },
}

fn ends_line(byte: u8, returns: bool) -> bool {
    byte == b'\n' || (returns && byte == b'\r')
}

impl Want {
    /// How many of these bytes, or none while there are too few.
    fn of(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Bytes(n) => (bytes.len() >= n).then_some(n),
            Self::Line { returns } => bytes.iter().position(|b| ends_line(*b, returns)).map(|i| i + 1),
        }
    }

    /// How many bytes may be taken next behind `taken`; none when that is enough.
    fn next(self, taken: &[u8]) -> Option<usize> {
        match self {
            Self::Bytes(n) => Some(n - taken.len()).filter(|n| *n > 0),
            Self::Line { returns } => (!taken.last().is_some_and(|b| ends_line(*b, returns))).then_some(1),
        }
    }
}

#[derive(Clone)]
pub(crate) enum Input {
    Stream(Arc<Pumped>),
    Keyboard(Arc<dyn Keyboard>),
}

impl Input {
    pub fn stream(source: impl Read + Send + 'static) -> Self {
        Self::Stream(Arc::new(Pumped {
            source: Mutex::new(Some(Box::new(source))),
            arrived: Mutex::default(),
            asked: Condvar::new(),
            goes_on: AtomicBool::new(false),
        }))
    }

    /// Its end is a Ctrl-D, behind which more may come.
    pub fn goes_on(&self) {
        if let Self::Stream(stream) = self {
            stream.goes_on.store(true, SeqCst);
        }
    }

    /// Whether a read would get something now; if not, this thread is woken when it would.
    pub fn has_some(&self, waiters: &Waiters) -> io::Result<bool> {
        match self {
            Self::Stream(stream) => stream.has_some(waiters),
            Self::Keyboard(keyboard) => {
                keyboard.tell(waiters.this_thread());
                Ok(keyboard.has_some() || keyboard.has_ended())
            }
        }
    }

    /// Waits until what is wanted can be taken, or all at the end of the input.
    pub fn take(&self, waiters: &Waiters, want: Want) -> Result<Vec<u8>> {
        let keyboard = match self {
            Self::Stream(stream) => return stream.take(waiters, want),
            Self::Keyboard(keyboard) => keyboard,
        };
        let mut taken = Vec::new();
        waiters.park(Deadline::NEVER, || {
            keyboard.tell(waiters.this_thread());
            while let Some(most) = want.next(&taken) {
                let more = keyboard.take(most);
                if more.is_empty() {
                    return keyboard.has_ended();
                }
                taken.extend(more);
            }
            true
        })?;
        Ok(taken)
    }
}

/// A stream. A thread of its own reads it, so that the script's wait can be broken like any other; it reads only while a
/// script asks, since at a prompt somebody else reads the same terminal.
pub(crate) struct Pumped {
    source: Mutex<Option<Box<dyn Read + Send>>>,
    arrived: Mutex<Arrived>,
    asked: Condvar,
    /// More may come behind its end.
    goes_on: AtomicBool,
}

#[derive(Default)]
struct Arrived {
    bytes: Vec<u8>,
    ended: bool,
    /// More is asked for.
    wanted: bool,
    /// Threads that are told when it has come.
    waiting: Vec<Arc<Waiter>>,
}

/// Bytes that are read from standard input at once.
const CHUNK: usize = 4096;

impl Pumped {
    fn start_reading(self: &Arc<Self>) -> io::Result<()> {
        let Some(mut source) = self.source.lock().take() else { return Ok(()) };
        let input = self.clone();
        let pump = move || {
            let mut chunk = [0; CHUNK];
            loop {
                input.wait_for_a_reader();
                let n = match source.read(&mut chunk) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    // Ctrl-C instead of a line: the script will be interrupted, and may ask again.
                    Err(_) if input.goes_on.load(SeqCst) => {
                        input.arrived.lock().wanted = false;
                        continue;
                    }
                    // An input that fails is an input that has ended.
                    result => result.unwrap_or(0),
                };
                let mut arrived = input.arrived.lock();
                arrived.bytes.extend_from_slice(&chunk[..n]);
                arrived.ended = n == 0;
                arrived.wanted = false;
                arrived.waiting.drain(..).for_each(|waiting| waiting.wake());
                if arrived.ended && !input.goes_on.load(SeqCst) {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("standard input".into()).spawn(pump).map(drop)
    }

    fn wait_for_a_reader(&self) {
        let mut arrived = self.arrived.lock();
        while !arrived.wanted {
            self.asked.wait(&mut arrived);
        }
    }

    fn ask(&self, arrived: &mut Arrived, waiters: &Waiters) {
        let me = waiters.this_thread();
        if !arrived.waiting.iter().any(|known| Arc::ptr_eq(known, &me)) {
            arrived.waiting.push(me);
        }
        arrived.wanted = true;
        self.asked.notify_one();
    }

    /// Whether a read would get something now; if not, more is asked for.
    fn has_some(self: &Arc<Self>, waiters: &Waiters) -> io::Result<bool> {
        self.start_reading()?;
        let mut arrived = self.arrived.lock();
        let some = arrived.ended || !arrived.bytes.is_empty();
        if !some {
            self.ask(&mut arrived, waiters);
        }
        Ok(some)
    }

    fn take(self: &Arc<Self>, waiters: &Waiters, want: Want) -> Result<Vec<u8>> {
        self.start_reading()?;
        let mut taken = Vec::new();
        waiters.park(Deadline::NEVER, || {
            let mut arrived = self.arrived.lock();
            let enough = want.of(&arrived.bytes).or_else(|| arrived.ended.then_some(arrived.bytes.len()));
            if let Some(n) = enough {
                taken = arrived.bytes.drain(..n).collect();
                arrived.ended &= !self.goes_on.load(SeqCst);
            } else {
                self.ask(&mut arrived, waiters);
            }
            enough.is_some()
        })?;
        Ok(taken)
    }
}
