//! The end of a wait.

use crate::time::Time;
use std::time::Duration;

/// The end of a wait: an instant of a [`Time`], or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(pub(crate) Option<Duration>);

impl Deadline {
    /// No end.
    pub const NEVER: Self = Self(None);

    /// `timeout` from now; a time too far to be represented is never.
    #[must_use]
    pub fn after(timeout: Option<Duration>, time: &Time) -> Self {
        Self(timeout.and_then(|t| time.now().checked_add(t)))
    }

    /// Time left: `None` for ever, zero when it has passed.
    #[must_use]
    pub fn left(self, time: &Time) -> Option<Duration> {
        self.0.map(|at| at.saturating_sub(time.now()))
    }

    /// The earlier of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(a), Some(b)) => Self(Some(a.min(b))),
            (a, b) => Self(a.or(b)),
        }
    }

    /// Whether it has come.
    #[must_use]
    pub fn passed(self, time: &Time) -> bool {
        self.left(time) == Some(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_too_far_away_is_never() {
        let time = Time::real();
        let far = time.after(Duration::from_secs(1), || ());
        time.pass(Duration::from_secs(1));
        drop(far);
        assert_eq!(Deadline::after(Some(Duration::MAX), &time), Deadline::NEVER);
        assert_eq!(Deadline::after(None, &time), Deadline::NEVER);
        assert!(Deadline::after(Some(Duration::ZERO), &time).passed(&time));
    }
}
