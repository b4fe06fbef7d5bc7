//! Servers of this process that scripts talk to.

/// Servers of this process that scripts talk to.
pub trait Servers: Send + Sync {
    /// Has them answer what they were asked. False where it is not certain that they have.
    fn settle(&self) -> bool;
}
