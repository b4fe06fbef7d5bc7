//! How it stands with one name of the list.

/// How it stands with one name of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    There,
    /// It is there, and using it raises NotImplementedError.
    Unsimulated,
    Missing,
    /// The list has it, the simulated module does not: why.
    Denied(&'static str),
}
