//! Modules that are built in take no attributes (`module_attr` in `py/objmodule.c`: their names are in read-only memory). Those
//! of a script do, and those that firmware has in Python.

use crate::imports;
use crate::types::{Original, is_test_runner};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{AsObject, Py, PyObject, PyResult, VirtualMachine};

type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

/// The one name of `usys` that is handed to the interpreter.
const PATH: &str = "path";

/// Puts it in place, for all VMs of the process.
pub(crate) fn install(vm: &VirtualMachine) {
    let slot = &vm.ctx.types.module_type.slots().setattro;
    SET_ATTRIBUTE.keep(slot.load());
    slot.store(Some(set));
}

fn set(module: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    let original = SET_ATTRIBUTE.get(vm)?;
    let Some(row) = imports::built_in(module, vm).filter(|_| !is_test_runner()) else {
        return original(module, name, value, vm);
    };
    match value {
        PySetterValue::Assign(path) if row == "usys" && name.as_bytes() == PATH.as_bytes() => {
            vm.sys_module.as_object().set_attr(PATH, path.clone(), vm)?;
            original(module, name, PySetterValue::Assign(path), vm)
        }
        _ => Err(vm.new_no_attribute_error(module.to_owned(), name.to_owned())),
    }
}
