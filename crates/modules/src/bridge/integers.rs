//! Integers as MicroPython's functions take them: of 32 bits, floats refused.

use rustpython_vm::builtins::{PyFloat, PyInt};
use rustpython_vm::class::StaticType;
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

/// An int, or an object that has one in it (`__index__`).
///
/// # Errors
/// TypeError, in MicroPython's words.
pub(crate) fn int_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<rustpython_vm::PyRef<PyInt>> {
    let found = if object.fast_isinstance(PyFloat::static_type()) { None } else { object.try_index_opt(vm) };
    found.unwrap_or_else(|| {
        let class = object.class().name().to_string();
        Err(vm.new_type_error(format!("can't convert {class} to int")))
    })
}

/// A float, or what can be one.
///
/// # Errors
/// TypeError, in MicroPython's words.
pub(crate) fn float_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<f64> {
    match object.try_float_opt(vm) {
        Some(float) => Ok(float?.to_f64()),
        None => {
            let class = object.class().name().to_string();
            Err(vm.new_type_error(format!("can't convert {class} to float")))
        }
    }
}

/// What fits a word of the module's processor.
///
/// # Errors
/// TypeError, OverflowError.
pub(crate) fn word(object: &PyObject, vm: &VirtualMachine) -> PyResult<i32> {
    let int = int_of(object, vm)?;
    i32::try_from(int.as_bigint()).map_err(|_| vm.new_overflow_error("overflow converting long int to machine word"))
}

/// The lowest 64 bits, two's complement.
pub(crate) fn low_64(int: &PyInt) -> u64 {
    let bytes = int.as_bigint().to_signed_bytes_le();
    let fill = if bytes.last().is_some_and(|b| b & 0x80 != 0) { 0xff } else { 0 };
    u64::from_le_bytes(std::array::from_fn(|i| bytes.get(i).copied().unwrap_or(fill)))
}
