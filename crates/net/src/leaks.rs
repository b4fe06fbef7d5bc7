//! The leak log: where each socket and thread was made. A test runner asks for it, and tells what a test has left behind.

use parking_lot::Mutex;

/// Whether a thing is still there.
type StillThere = Box<dyn Fn() -> bool + Send>;

/// Sockets and threads with the lines that made them.
#[derive(Default)]
pub struct LeakLog(Mutex<Vec<(String, StillThere)>>);

impl std::fmt::Debug for LeakLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LeakLog")
    }
}

impl LeakLog {
    /// Something was made.
    pub fn made(&self, what: String, still_there: impl Fn() -> bool + Send + 'static) {
        self.0.lock().push((what, Box::new(still_there)));
    }

    /// What was made since the last call and is still there.
    #[must_use]
    pub fn take_left(&self) -> Vec<String> {
        let made = std::mem::take(&mut *self.0.lock());
        made.into_iter().filter(|(_, still_there)| still_there()).map(|(what, _)| what).collect()
    }
}
