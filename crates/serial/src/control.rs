//! Control characters that more than one mode of the port knows.

/// Ends the output, and then the error.
pub(crate) const END: u8 = 4;
