//! Where reports are written: the process's two streams.

use quecpy_net::process::{self, Stream};
use quecpy_runtime::console::OnFailure;

/// Clones write to the same streams.
#[derive(Clone, Default)]
pub struct Printer {
    /// Told when standard output fails.
    on_failure: Option<OnFailure>,
}

impl std::fmt::Debug for Printer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Printer")
    }
}

impl Printer {
    /// One that tells `on_failure` when standard output cannot be written.
    #[must_use]
    pub fn new(on_failure: OnFailure) -> Self {
        Self { on_failure: Some(on_failure) }
    }

    /// To standard output.
    pub fn out(&self, text: &str) {
        if let (Err(e), Some(on_failure)) = (process::write_text(Stream::Out, text), &self.on_failure) {
            on_failure(&e);
        }
    }

    /// To standard error, where nobody may be reading any more.
    pub fn err(&self, text: &str) {
        process::complain(text);
    }
}
