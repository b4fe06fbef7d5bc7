//! What is heard while a worker is waited for.

use crate::events::Event;

/// What a worker's owner hears.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are events")]
pub enum Heard {
    Event(Event),
    /// The worker says no more.
    End,
    /// The run is to end at once.
    Stop,
}
