//! Arguments and results that the modules of the device have in common.

use crate::callbacks::object;
use quecpy_device::Value;
use rustpython_vm::function::ArgStrOrBytesLike;
use rustpython_vm::{PyObjectRef, VirtualMachine};

/// Failure, as C modules of the firmware tell it.
pub(crate) const FAILED: i64 = -1;

/// 0 for success, −1 for failure.
pub(crate) fn status(done: bool) -> i64 {
    if done { 0 } else { FAILED }
}

/// A value, or −1.
pub(crate) fn or_failed(value: Option<Value>, vm: &VirtualMachine) -> PyObjectRef {
    object(&value.unwrap_or(Value::Int(FAILED)), vm)
}

/// A text given as str or bytes.
pub(crate) fn text(argument: &ArgStrOrBytesLike) -> String {
    String::from_utf8_lossy(&argument.borrow_bytes()).into_owned()
}
