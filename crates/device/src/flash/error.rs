//! Errors of the flash, and the numbers that a script sees.

use std::io;

/// Why a file operation failed; [`Error::errno`] is what a script sees.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// ENOENT.
    #[error("there is no such file")]
    NotFound,
    /// EEXIST.
    #[error("it exists already")]
    Exists,
    /// EISDIR.
    #[error("it is a folder")]
    IsAFolder,
    /// ENOTDIR.
    #[error("it is not a folder")]
    NotAFolder,
    /// ENOTEMPTY.
    #[error("the folder is not empty")]
    NotEmpty,
    /// EPERM.
    #[error("that cannot be done here")]
    NotPermitted,
    /// EINVAL.
    #[error("that makes no sense")]
    Invalid,
    /// EROFS.
    #[error("the root is read-only")]
    ReadOnly,
    /// An error of the host's file system.
    #[error("{0}")]
    Host(#[from] io::Error),
}

impl Error {
    /// Linux's number, as the module's firmware uses them.
    #[must_use]
    pub fn errno(&self) -> i32 {
        match self {
            Self::NotPermitted => 1,
            Self::NotFound => 2,
            Self::Exists => 17,
            Self::NotAFolder => 20,
            Self::IsAFolder => 21,
            Self::Invalid => 22,
            Self::ReadOnly => 30,
            Self::NotEmpty => 39,
            Self::Host(e) => errno_of(e.kind()),
        }
    }
}

/// What the host's errors are to a module.
fn errno_of(kind: io::ErrorKind) -> i32 {
    match kind {
        io::ErrorKind::NotFound => 2,
        io::ErrorKind::PermissionDenied => 13,
        io::ErrorKind::AlreadyExists => 17,
        io::ErrorKind::NotADirectory => 20,
        io::ErrorKind::IsADirectory => 21,
        io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => 22,
        io::ErrorKind::FileTooLarge => 27,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => 28,
        io::ErrorKind::ReadOnlyFilesystem => 30,
        io::ErrorKind::DirectoryNotEmpty => 39,
        _ => 5,
    }
}

/// What an operation of the flash gives.
pub type Result<T> = std::result::Result<T, Error>;
