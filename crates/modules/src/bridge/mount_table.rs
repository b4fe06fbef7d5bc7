//! What a session's scripts have mounted.

use parking_lot::{Mutex, MutexGuard};
use rustpython_vm::PyObjectRef;

/// A file system of a script's own, and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Mounted {
    /// Absolute, without a slash at its end: nothing for the root.
    pub at: String,
    pub object: PyObjectRef,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub mounted: Vec<Mounted>,
    /// Where `uos.chdir` went, when not into the flash.
    pub current: Option<Mounted>,
    /// Whether the script has unmounted the root with all that the firmware mounts.
    pub without_flash: bool,
}

impl State {
    /// What is mounted at the root itself.
    pub fn root(&self) -> Option<Mounted> {
        self.mounted.iter().find(|m| m.at.is_empty()).cloned()
    }
}

/// What a session's scripts have mounted.
#[derive(Debug, Default)]
pub(crate) struct Table(Mutex<State>);

impl Table {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock()
    }
}
