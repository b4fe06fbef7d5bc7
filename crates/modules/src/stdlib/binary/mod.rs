//! Modules that pack, hash, encode and compress bytes.

pub(crate) mod array;
pub(crate) mod packed_numbers;
pub(crate) mod ubinascii;
pub(crate) mod ucryptolib;
pub(crate) mod uhashlib;
pub(crate) mod ustruct;
pub(crate) mod uzlib;
