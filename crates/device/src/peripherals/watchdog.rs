//! The watchdog: a board that does not feed it restarts.

use super::link::Link;
use crate::power::Request;
use crate::time::Plan;
use parking_lot::Mutex;
use std::time::Duration;

/// A board's watchdog.
#[derive(Debug)]
pub struct Watchdog {
    state: Mutex<Option<(Duration, Option<Plan>)>>,
    link: Link,
}

impl Watchdog {
    pub(super) fn new(link: Link) -> Self {
        Self { state: Mutex::default(), link }
    }

    fn plan(&self, patience: Duration) -> Option<Plan> {
        let power = self.link.power.clone();
        Some(self.link.time.after(patience, move || power.request(Request::Watchdog)))
    }

    /// Starts it, or starts it anew.
    pub fn start(&self, patience: Duration) {
        let plan = self.plan(patience);
        *self.state.lock() = Some((patience, plan));
    }

    /// Begins its patience anew.
    pub fn feed(&self) {
        if let Some((patience, plan)) = &mut *self.state.lock() {
            *plan = self.plan(*patience);
        }
    }

    /// Stops it.
    pub fn stop(&self) {
        *self.state.lock() = None;
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.state.lock().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    #[test]
    fn a_dog_that_is_not_fed_asks_for_a_restart() {
        let (board, _events, _folder) = board();
        let (sender, asked) = channel();
        board.power.listen(Some(Arc::new(move || sender.send(()).unwrap())));
        let dog = &board.peripherals.watchdog;
        dog.start(Duration::from_secs(60));
        dog.feed();
        dog.start(Duration::from_millis(1));
        asked.recv().unwrap();
        assert_eq!(board.power.requested(), Some(Request::Watchdog));
    }

    #[test]
    fn one_that_was_stopped_does_not() {
        let (board, _events, _folder) = board();
        let dog = &board.peripherals.watchdog;
        dog.start(Duration::from_millis(1));
        dog.stop();
        dog.feed();
        assert!(!dog.is_running());
    }
}
