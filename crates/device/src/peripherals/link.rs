//! What a peripheral needs of the board it is on: its time, its clock, and where events go.

use crate::event::{Events, Source, Value};
use crate::power::Power;
use crate::time::{Clock, Plan, Time};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Something that keeps a session alive until it is dropped; this crate does not know what.
pub type Hold = Box<dyn std::any::Any + Send + Sync>;

/// A peripheral's way to what the board has around it.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub time: Time,
    pub clock: Arc<Clock>,
    pub events: Arc<Events>,
    pub power: Arc<Power>,
}

impl Link {
    /// Sends an event; no lock may be held that its listener could want.
    pub fn send(&self, source: Source, argument: Value) {
        self.events.send(source, argument);
    }

    /// Now, on the clock of the board's time.
    pub fn now(&self) -> Duration {
        self.time.now()
    }

    /// Plans what to do with a peripheral, if it is still there then.
    pub fn after<T>(&self, delay: Duration, own: &Weak<T>, what: impl FnOnce(&T) + Send + 'static) -> Plan
    where
        T: Send + Sync + 'static,
    {
        let own = own.clone();
        let job = move || {
            if let Some(own) = own.upgrade() {
                what(&own);
            }
        };
        self.time.after(delay, job)
    }
}
