//! Exceptions in MicroPython's words: classes, texts, tracebacks.

pub mod exception;
pub(crate) mod patterns;
pub(crate) mod texts;
pub mod traceback;
pub(crate) mod type_names;
