//! Functions take no attributes, but for the marks that the test runner puts on them.

use super::original::{Original, is_test_runner};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

pub(super) fn install(vm: &VirtualMachine) {
    let slot = &vm.ctx.types.function_type.slots().setattro;
    SET_ATTRIBUTE.keep(slot.load());
    slot.store(Some(set_nothing));
}

type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

/// Functions take no attributes, but for the marks that the test runner puts on them.
fn set_nothing(function: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    if is_test_runner() {
        return SET_ATTRIBUTE.get(vm)?(function, name, value, vm);
    }
    Err(vm.new_no_attribute_error(function.to_owned(), name.to_owned()))
}
