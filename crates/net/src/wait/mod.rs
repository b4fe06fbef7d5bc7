//! The one place where a script waits: for a socket, for time, for another thread.
//!
//! Times are those of [`quecpy_time`]: the host's, or a board's, which may be virtual. A wait ends when what was waited
//! for happens, at its deadline, when the socket is closed by another thread, or when the waiting thread is interrupted
//! (Ctrl-C). The last two must never be missed, also when they come between "look at the flags" and "enter the system
//! call"; hence a waker repeats itself until the waiter has left.

mod calls;
mod interest;
mod waiter;
mod waiters;

pub use interest::Interest;
pub(crate) use interest::Place;
pub use waiter::Waiter;
pub use waiters::Waiters;
