//! What can be seen of others at a file, on every system the same.

/// What has been done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Opened,
    Closed,
}
