//! What the servers of one lab share.

use crate::budget::Budget;
use crate::names::Names;
use crate::{mqtt, tls};
use std::sync::Arc;
use std::time::SystemTime;

/// What the servers of one lab share.
#[derive(Debug)]
pub struct World {
    pub names: Names,
    pub authority: Arc<tls::Authority>,
    pub broker: Arc<mqtt::Broker>,
    /// For the bodies of the web server's requests and answers.
    pub bodies: Budget,
    pub clock: fn() -> SystemTime,
}

impl World {
    pub fn new(clock: fn() -> SystemTime) -> Self {
        Self {
            names: Names::default(),
            authority: Arc::default(),
            broker: Arc::default(),
            bodies: Budget::default(),
            clock,
        }
    }
}
