//! Arguments and results that the modules of the device have in common.

use quecpy_device::Value;
use quecpy_usocket::text::{self, TextOrBytes};
use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

/// Success and failure, as C modules of the firmware tell them.
pub(crate) const DONE: i64 = 0;
pub(crate) const FAILED: i64 = -1;

/// 0 for success, −1 for failure.
pub(crate) fn status(done: bool) -> i64 {
    if done { DONE } else { FAILED }
}

/// A value, or −1.
pub(crate) fn or_failed(value: Option<Value>, vm: &VirtualMachine) -> PyObjectRef {
    object(&value.unwrap_or(Value::Int(FAILED)), vm)
}

/// A text given as str or bytes.
pub(crate) fn text(argument: &TextOrBytes) -> String {
    String::from_utf8_lossy(&argument.borrow_bytes()).into_owned()
}

/// Puts constants into a namespace.
pub(crate) fn constants(into: &PyDictRef, all: &[(&'static str, i64)], vm: &VirtualMachine) -> PyResult<()> {
    all.iter().try_for_each(|(name, value)| into.set_item(*name, vm.ctx.new_int(*value).into(), vm))
}

/// An event's argument as Python has it.
pub(crate) fn object(value: &Value, vm: &VirtualMachine) -> PyObjectRef {
    let all = |values: &[Value]| values.iter().map(|v| object(v, vm)).collect::<Vec<_>>();
    match value {
        Value::None => vm.ctx.none(),
        Value::Int(n) => vm.ctx.new_int(*n).into(),
        Value::Text(text) => text::of_host(text, vm).into(),
        Value::Bytes(bytes) => vm.ctx.new_bytes(bytes.clone()).into(),
        Value::Tuple(values) => vm.ctx.new_tuple(all(values)).into(),
        Value::List(values) => vm.ctx.new_list(all(values)).into(),
    }
}
