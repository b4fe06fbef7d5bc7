//! The one owner of time: whatever waits, sleeps or fires in a simulated module goes by a [`Time`].
//!
//! Time is real, or virtual. Real time is the host's. Virtual time stands still while a thread of a script runs, and
//! jumps to the next thing that is due when all of them wait. Both differ only in this crate: what waits elsewhere has a
//! [`Deadline`] and a [`Participant`], what fires elsewhere has a [`Plan`].
//!
//! ```
//! use quecpy_time::Time;
//! use std::sync::{Arc, Mutex};
//! use std::time::Duration;
//!
//! let time = Time::real();
//! let fired = Arc::new(Mutex::new(None));
//! let (clock, seen) = (time.clone(), fired.clone());
//! let hour = Duration::from_secs(3600);
//! let start = time.now();
//! let _plan = time.after(hour, move || *seen.lock().unwrap() = Some(clock.now()));
//! time.pass(2 * hour);
//! assert!(fired.lock().unwrap().unwrap() - start - hour < Duration::from_secs(1));
//! ```
#![expect(clippy::disallowed_methods, reason = "this crate is what all others ask instead of the host's clock")]

mod deadline;
mod jump;
mod keeper;
mod participant;
mod plan;
mod schedule;
mod servers;
mod shared;
mod sleeper;
mod state;
mod steering;
mod time;

pub use deadline::Deadline;
pub use participant::{Busy, Participant, Seat};
pub use plan::Plan;
pub use schedule::Job;
pub use servers::Servers;
pub use sleeper::Sleeper;
pub use state::Traffic;
pub use steering::FastForward;
pub use time::Time;
