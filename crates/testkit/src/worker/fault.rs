//! A fault of quecpy in a worker.

#![expect(clippy::disallowed_methods, reason = "a worker is a process of the host")]

use crate::events::{Channel, Event};
use quecpy_runtime::OnFault;
use std::sync::Arc;

/// The status of a worker that a fault of quecpy ended.
const FAULT: i32 = 70;

/// Tells the parent of a fault, and ends the worker: its VM is not to be trusted, and the other tests get a new one.
pub(crate) fn on_fault(channel: &Channel) -> OnFault {
    let channel = channel.clone();
    Arc::new(move |fault| {
        channel.send(&Event::Fault { text: fault.to_string() });
        std::process::exit(FAULT)
    })
}
