//! Byte formats that a module reads and writes, as its firmware does it. Pure functions of bytes: no VM, no I/O, nothing
//! of the board. Each has a fuzz target in `crates/fuzz`.

pub mod base64;
pub mod checksum;
pub mod cipher;
pub mod half;
pub mod inflate;
pub mod re1_5;
pub mod sms_pdu;
