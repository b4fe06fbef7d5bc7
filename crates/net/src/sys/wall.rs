//! What the operating system has to keep a thread out of files.

use std::fmt;

/// What the operating system has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// Landlock, and which version of its interface.
    Landlock(i32),
    /// Nothing: all goes on as it was.
    None,
}

impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Landlock(version) => write!(f, "Landlock (version {version} of its interface)"),
            Self::None if cfg!(target_os = "linux") => {
                f.write_str("the interpreter alone (this kernel has no Landlock)")
            }
            Self::None => f.write_str("the interpreter alone (quecpy uses no wall of this operating system)"),
        }
    }
}
