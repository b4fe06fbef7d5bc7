//! How much the lab keeps for all its clients at a time: bodies of requests and answers, and what the broker remembers. What
//! goes beyond is refused, so that no script fills the computer's memory.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

/// Of each kind. The heap of a module is a hundredth of that.
pub const LIMIT: usize = 128 << 20;

/// Bytes that are kept; clones are the same account.
#[derive(Debug, Clone, Default)]
pub struct Budget(Arc<AtomicUsize>);

/// A part of a budget, given back when dropped.
#[derive(Debug)]
pub struct Share {
    of: Budget,
    bytes: usize,
}

impl Budget {
    /// None if there is not so much left.
    pub fn share(&self, bytes: usize) -> Option<Share> {
        let mut share = Share { of: self.clone(), bytes: 0 };
        share.grow(bytes).then_some(share)
    }
}

impl Share {
    /// Whether there was so much left.
    pub fn grow(&mut self, by: usize) -> bool {
        let more = |held: usize| held.checked_add(by).filter(|held| *held <= LIMIT);
        let fits = self.of.0.fetch_update(SeqCst, SeqCst, more).is_ok();
        self.bytes += if fits { by } else { 0 };
        fits
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.of.0.fetch_sub(self.bytes, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_can_be_had_again() {
        let budget = Budget::default();
        let mut first = budget.share(LIMIT - 10).expect("all is left");
        assert!(budget.share(11).is_none());
        assert!(first.grow(10) && !first.grow(1));
        drop(first);
        assert!(budget.share(LIMIT).is_some());
        assert!(budget.share(usize::MAX).is_none());
    }
}
