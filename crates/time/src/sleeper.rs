//! What ends the wait of a thread.

/// A thread that waits, as seen by what ends its wait.
pub trait Sleeper: Send + Sync {
    /// Ends what the thread blocks in, or will block in next. Called under the lock of the time.
    fn rouse(&self);

    /// Whether it waits for something outside, such as a socket, that has come already. Called under the lock of the
    /// time.
    fn has_come(&self) -> bool {
        false
    }

    /// Time has become virtual: a wait by the host's clock is to begin anew.
    fn look_again(&self) {
        self.rouse();
    }
}
