//! What somebody outside wants of the program.

/// What somebody outside wants of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// The terminal, or the connection to it, is gone.
    HangUp,
    /// It is to end.
    Terminate,
}

impl Signal {
    /// The exit status after it: 128 and the signal's number, as shells count it.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::HangUp => 129,
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }
}
