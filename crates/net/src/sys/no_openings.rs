//! Other systems than Linux: nothing tells who opens a terminal.

use super::Opening;
use std::convert::Infallible;
use std::io;
use std::path::Path;

/// There are none here.
#[derive(Debug)]
pub struct Openings(Infallible);

impl Openings {
    /// # Errors
    /// Always.
    pub fn of(_path: &Path) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// To be waited for.
    #[cfg(unix)]
    pub fn descriptor(&self) -> std::os::fd::RawFd {
        match self.0 {}
    }

    /// Waits until something has happened.
    pub fn wait(&self) {
        match self.0 {}
    }

    /// What has happened since the last call.
    pub fn take(&self, _told: impl FnMut(Opening)) {
        match self.0 {}
    }
}
