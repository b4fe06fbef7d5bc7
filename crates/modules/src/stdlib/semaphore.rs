//! Locks and semaphores: a number of turns, taken and given back, with a queue of threads that wait for one.

use parking_lot::{Mutex, MutexGuard};
use quecpy_net::{Deadline, Result, Waiter, Waiters};
use std::collections::VecDeque;
use std::sync::Arc;

/// A counting semaphore, whose waiting threads are served in their order.
#[derive(Debug)]
pub struct Turns {
    most: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    waiting: VecDeque<Arc<Waiter>>,
}

impl Turns {
    /// A semaphore of this count, all of it free.
    pub fn new(most: usize) -> Self {
        Self { most, state: Mutex::new(State { free: most, waiting: VecDeque::new() }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// Its count.
    pub fn most(&self) -> usize {
        self.most
    }

    /// How much of it is free.
    pub fn free(&self) -> usize {
        self.state().free
    }

    /// Takes one without waiting; whether one was free.
    pub fn try_take(&self) -> bool {
        let mut state = self.state();
        let free = state.free > 0;
        state.free -= usize::from(free);
        free
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// `TIMED_OUT`, `Interrupted`.
    pub fn take(&self, deadline: Deadline, waiters: &Waiters) -> Result<()> {
        let me = waiters.this_thread();
        waiters.park(deadline, || self.take_or_queue(&me)).inspect_err(|_| self.give_up(&me))
    }

    /// Takes a turn, or is told when one is given back.
    fn take_or_queue(&self, me: &Arc<Waiter>) -> bool {
        let mut state = self.state();
        state.waiting.retain(|waiter| !Arc::ptr_eq(waiter, me));
        let free = state.free > 0;
        if free {
            state.free -= 1;
        } else {
            state.waiting.push_back(me.clone());
        }
        free
    }

    /// Leaves the queue; a wake-up that came for this thread goes to the next.
    fn give_up(&self, me: &Arc<Waiter>) {
        let mut state = self.state();
        state.waiting.retain(|waiter| !Arc::ptr_eq(waiter, me));
        if state.free > 0
            && let Some(next) = state.waiting.pop_front()
        {
            next.wake();
        }
    }

    /// Gives a turn back; false if none was taken.
    pub fn give(&self) -> bool {
        let mut state = self.state();
        if state.free == self.most {
            return false;
        }
        state.free += 1;
        if let Some(next) = state.waiting.pop_front() {
            next.wake();
        }
        true
    }
}
