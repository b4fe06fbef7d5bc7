//! Numbers: what arithmetic, conversions and texts of them do as MicroPython's.

pub(super) mod floats;
pub(super) mod grouping;
pub(super) mod int_bytes;
pub(super) mod integers;
pub(super) mod numbers;
