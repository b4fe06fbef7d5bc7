//! How much memory the process has taken since its session began, and how much that may be. Counted where the program's
//! allocator is [`CountingAllocator`](crate::CountingAllocator); elsewhere nothing is known and nothing limited.
//!
//! Each thread counts for itself and tells the sum of it whenever it has grown or shrunk by [`GRAIN`], so that an allocation costs
//! an addition. The figures are those of the whole process: of two sessions in one, both see both.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicIsize, AtomicUsize};

/// Bytes that a thread takes or frees before it tells.
pub const GRAIN: isize = 16 << 10;
/// What may be taken beyond the limit by what deals with that.
const GRACE: isize = 256 << 10;

static USED: AtomicIsize = AtomicIsize::new(0);
/// What was used when the session began.
static START: AtomicIsize = AtomicIsize::new(0);
static LIMIT: AtomicIsize = AtomicIsize::new(isize::MAX);
/// From where on it is told. Above the limit where a script goes on beyond it, so that it can deal with its MemoryError.
static NEXT: AtomicIsize = AtomicIsize::new(isize::MAX);
/// What a thread had taken when it went over the limit.
static ASKED: AtomicUsize = AtomicUsize::new(0);
static TELL: OnceLock<fn()> = OnceLock::new();

thread_local! {
    static UNTOLD: Cell<isize> = const { Cell::new(0) };
}

/// A thread has taken so many bytes, or freed them.
pub(crate) fn count(change: isize) {
    // A thread that is ending counts no more.
    let _ = UNTOLD.try_with(|untold| {
        let sum = untold.get() + change;
        if sum.abs() < GRAIN {
            untold.set(sum);
        } else {
            untold.set(0);
            tell(sum);
        }
    });
}

/// Called at the end of a thread: what it has not told yet.
pub fn settle() {
    let _ = UNTOLD.try_with(|untold| tell(untold.replace(0)));
}

#[cold]
fn tell(change: isize) {
    let used = USED.fetch_add(change, Relaxed) + change;
    if change < 0 {
        if used <= LIMIT.load(Relaxed) {
            NEXT.store(LIMIT.load(Relaxed), Relaxed);
        }
        return;
    }
    if used > NEXT.load(Relaxed) {
        ASKED.store(change.unsigned_abs(), Relaxed);
        if let Some(tell) = TELL.get() {
            tell();
        }
    }
}

/// From now on more than `bytes` beyond what is used now are too many; `tell` is called then, on the thread that took them, within
/// its allocation: it may take no lock and no memory.
pub fn limit(bytes: usize, tell: fn()) {
    TELL.get_or_init(|| tell);
    let used = USED.load(Relaxed);
    START.store(used, Relaxed);
    LIMIT.store(used.saturating_add_unsigned(bytes), Relaxed);
    NEXT.store(LIMIT.load(Relaxed), Relaxed);
}

/// Whether anybody counts.
fn counts() -> bool {
    USED.load(Relaxed) != 0 && LIMIT.load(Relaxed) != isize::MAX
}

/// Bytes used since the session began; none where nobody counts.
#[must_use]
pub fn used() -> Option<usize> {
    counts().then(|| usize::try_from(USED.load(Relaxed) - START.load(Relaxed)).unwrap_or(0))
}

/// Bytes that may still be taken; none where nobody counts.
#[must_use]
pub fn room() -> Option<usize> {
    counts().then(|| usize::try_from(LIMIT.load(Relaxed).saturating_sub(USED.load(Relaxed))).unwrap_or(0))
}

/// How many bytes were asked for last when there was no room for them; none if there is room.
#[must_use]
pub fn lacking() -> Option<usize> {
    (USED.load(Relaxed) > NEXT.load(Relaxed)).then(|| ASKED.load(Relaxed))
}

/// Somebody is being told: a little more may be taken until it is told again.
pub fn tolerate() {
    NEXT.store(LIMIT.load(Relaxed).max(USED.load(Relaxed).saturating_add(GRACE)), Relaxed);
}
