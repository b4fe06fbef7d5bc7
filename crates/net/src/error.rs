//! The one error of the socket engine.
//!
//! Numbers are Linux's on every host (contract: "Windows/macOS hosts must translate native errnos to these
//! numbers"); [`crate::sys`] translates the host's own.

use crate::errno;
use std::io;

/// Why a socket call did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The call failed with this (Linux) error number.
    #[error("errno {0}")]
    Errno(i32),
    /// The host name has no address. Which number a script sees depends on the firmware.
    #[error("host name not found")]
    NameNotFound,
    /// TLS failed, with a number of mbedtls (negative; `crate::tls::error_name`).
    #[error("TLS error {0}")]
    Tls(i32),
    /// The wait was broken from outside (Ctrl-C, a stopped thread). Run pending signals, then call again.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// The socket is closed.
    pub const CLOSED: Self = Self::Errno(errno::EBADF);
    /// The time is over.
    pub const TIMED_OUT: Self = Self::Errno(errno::ETIMEDOUT);
    /// It would block.
    pub const WOULD_BLOCK: Self = Self::Errno(errno::EAGAIN);
    /// An argument cannot be.
    pub const INVALID: Self = Self::Errno(errno::EINVAL);
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Self::Errno(crate::sys::linux_errno(&e))
    }
}

/// What calls of this crate return.
pub type Result<T> = std::result::Result<T, Error>;
