//! Bytes received ahead of the script, so that a line costs no system call.
//!
//! Filled only by readline; emptied by every kind of reading; counted as readable by poll.

use parking_lot::{Mutex, MutexGuard};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

/// How much readline asks the kernel for at once.
pub const CHUNK: usize = 8 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    start: usize,
    /// Up to here (counted from `start`) there is no line end.
    scanned: usize,
}

impl Buffer {
    pub fn waiting(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Removes `n` bytes from the front.
    pub fn take(&mut self, n: usize) -> Vec<u8> {
        if self.start == 0 && n == self.bytes.len() {
            self.scanned = 0;
            return std::mem::take(&mut self.bytes);
        }
        let taken = self.waiting()[..n].to_vec();
        self.consume(n);
        taken
    }

    pub fn take_into(&mut self, room: &mut [u8]) -> usize {
        let n = room.len().min(self.waiting().len());
        room[..n].copy_from_slice(&self.waiting()[..n]);
        self.consume(n);
        n
    }

    fn consume(&mut self, n: usize) {
        self.start += n;
        self.scanned = self.scanned.saturating_sub(n);
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        }
    }

    /// Length of the first line with its `\n`, if it is there.
    pub fn line(&mut self) -> Option<usize> {
        let found = memchr::memchr(b'\n', &self.waiting()[self.scanned..]).map(|i| self.scanned + i + 1);
        if found.is_none() {
            self.scanned = self.waiting().len();
        }
        found
    }

    /// Where the kernel may put more, behind what waits.
    pub fn more(&mut self) -> &mut Vec<u8> {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        &mut self.bytes
    }

    /// Puts bytes back in front: a read that came to nothing loses nothing.
    fn put_back(&mut self, front: Vec<u8>) {
        if self.waiting().is_empty() {
            self.bytes = front;
        } else {
            self.bytes.splice(..self.start, front);
        }
        self.start = 0;
        self.scanned = 0;
    }
}

/// A socket's look-ahead, with its length readable without the lock.
#[derive(Debug, Default)]
pub(crate) struct LookAhead {
    buffer: Mutex<Buffer>,
    length: AtomicUsize,
}

/// The buffer while it is being changed; publishes the length when let go.
pub(crate) struct Access<'a> {
    guard: MutexGuard<'a, Buffer>,
    length: &'a AtomicUsize,
}

impl std::ops::Deref for Access<'_> {
    type Target = Buffer;
    fn deref(&self) -> &Buffer {
        &self.guard
    }
}

impl std::ops::DerefMut for Access<'_> {
    fn deref_mut(&mut self) -> &mut Buffer {
        &mut self.guard
    }
}

impl Drop for Access<'_> {
    fn drop(&mut self) {
        self.length.store(self.guard.waiting().len(), Relaxed);
    }
}

impl LookAhead {
    /// Number of bytes that wait here.
    pub fn len(&self) -> usize {
        self.length.load(Relaxed)
    }

    pub fn access(&self) -> Access<'_> {
        Access { guard: self.buffer.lock(), length: &self.length }
    }

    /// Takes up to `max` bytes, without looking at the lock when there are none.
    pub fn take(&self, max: usize) -> Option<Vec<u8>> {
        if self.len() == 0 {
            return None;
        }
        let mut buffer = self.access();
        let n = buffer.waiting().len().min(max);
        (n > 0).then(|| buffer.take(n))
    }

    /// Forgets all that waits here.
    pub fn clear(&self) {
        *self.access() = Buffer::default();
    }

    pub fn put_back(&self, front: Vec<u8>) {
        if !front.is_empty() {
            self.access().put_back(front);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_out_as_they_went_in() {
        let l = LookAhead::default();
        l.access().more().extend_from_slice(b"one\ntwo\nthr");
        let mut b = l.access();
        assert_eq!(b.line(), Some(4));
        assert_eq!(b.take(4), b"one\n");
        assert_eq!(b.line(), Some(4));
        assert_eq!(b.take(4), b"two\n");
        assert_eq!(b.line(), None);
        b.more().extend_from_slice(b"ee\nx");
        assert_eq!(b.line(), Some(6));
        assert_eq!(b.take(6), b"three\n");
        drop(b);
        assert_eq!(l.len(), 1);
        l.put_back(b"back\n".to_vec());
        assert_eq!(l.len(), 6);
        assert_eq!(l.access().line(), Some(5));
        assert_eq!(l.take(100).as_deref(), Some(&b"back\nx"[..]));
        assert_eq!(l.take(1), None);
    }
}
