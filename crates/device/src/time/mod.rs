//! The board's time: one [`Time`] for whatever waits, sleeps or fires on the board and in its sessions, real or virtual
//! (crate `quecpy-time`), and the clock that it shows.

mod clock;

pub use clock::Clock;
pub use quecpy_time::{Plan, Time};
