//! Time that passes without being waited for: a test's fast-forward.
//!
//! While it is on, who sleeps does not wait: when nothing has moved for a moment, the clock jumps to the end of the
//! shortest sleep, or to the next job of the agenda before it. What the host really takes its time for, such as an
//! answer over a socket, is given that moment.

use crate::board::Board;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long nothing must have moved before time jumps.
const MOMENT: Duration = Duration::from_millis(2);

/// Who sleeps until when, in the board's time.
#[derive(Debug, Default)]
pub struct VirtualTime {
    on: AtomicBool,
    sleepers: Mutex<BTreeSet<(Duration, u64)>>,
    last: AtomicU64,
    /// Counts what moves.
    moves: AtomicU64,
}

/// A sleep; over when dropped.
struct Sleep<'a> {
    time: &'a VirtualTime,
    key: (Duration, u64),
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        self.time.sleepers.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
        self.time.moves.fetch_add(1, SeqCst);
    }
}

impl VirtualTime {
    fn sleep(&self, until: Duration) -> Sleep<'_> {
        let key = (until, self.last.fetch_add(1, SeqCst));
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        self.moves.fetch_add(1, SeqCst);
        Sleep { time: self, key }
    }

    fn is_first(&self, sleep: &Sleep<'_>) -> bool {
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner).first() == Some(&sleep.key)
    }

    /// Whether sleeps are jumped over.
    pub fn is_on(&self) -> bool {
        self.on.load(SeqCst)
    }

    pub fn set(&self, on: bool) {
        self.on.store(on, SeqCst);
    }
}

impl Board {
    /// Sleeps until `end` of the board's clock without waiting for it; `pause` waits a moment, and may break off.
    ///
    /// # Errors
    /// Those of `pause`.
    pub fn sleep_until<E>(&self, end: Duration, mut pause: impl FnMut(Duration) -> Result<(), E>) -> Result<(), E> {
        let sleep = self.virtual_time.sleep(end);
        loop {
            let left = end.saturating_sub(self.clock.up());
            if left.is_zero() {
                return Ok(());
            }
            if !self.virtual_time.is_on() {
                pause(left.min(MOMENT))?;
                continue;
            }
            let before = self.virtual_time.moves.load(SeqCst);
            pause(MOMENT)?;
            if self.virtual_time.moves.load(SeqCst) == before && self.virtual_time.is_first(&sleep) {
                let left = end.saturating_sub(self.clock.up());
                self.skip(self.agenda.next_in().map_or(left, |next| next.min(left)));
            }
        }
    }

    /// Lets time pass at once. Jobs that become due run; those who sleep less wake.
    pub fn skip(&self, time: Duration) {
        self.clock.skip(time);
        self.agenda.skip(time);
        self.virtual_time.moves.fetch_add(1, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, Storage};
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    fn board() -> (Arc<Board>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Board::new(Description::default(), folder.path().into(), Storage::Ephemeral).unwrap(), folder)
    }

    fn pause(time: Duration) -> Result<(), ()> {
        std::thread::sleep(time);
        Ok(())
    }

    #[test]
    fn sleeps_end_in_the_order_of_their_times_and_nothing_is_waited_for() {
        let (board, _folder) = board();
        board.virtual_time.set(true);
        let (tell, told) = channel();
        let begin = board.clock.up();
        for hours in [3, 1, 2] {
            let (board, tell) = (board.clone(), tell.clone());
            std::thread::spawn(move || {
                board.sleep_until(begin + Duration::from_secs(hours * 3600), pause).unwrap();
                tell.send(hours).unwrap();
            });
        }
        assert_eq!([told.recv(), told.recv(), told.recv()], [Ok(1), Ok(2), Ok(3)]);
        let passed = board.clock.up() - begin;
        assert!((3 * 3600..3 * 3600 + 60).contains(&passed.as_secs()), "{passed:?}");
    }

    #[test]
    fn jobs_come_when_time_is_skipped() {
        let (board, _folder) = board();
        let (tell, told) = channel();
        let _plan = board.agenda.after(Duration::from_secs(3600), Box::new(move || tell.send(()).unwrap()));
        board.skip(Duration::from_secs(3600));
        assert_eq!(told.recv(), Ok(()));
    }
}
