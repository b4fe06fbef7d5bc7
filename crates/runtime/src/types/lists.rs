//! Slices of lists: a tuple or a list may be put into one, with step 1 (`list_subscr` in `py/objlist.c`).

use super::original::Original;
use super::slices::has_step;
use rustpython_vm::builtins::{PyList, PySlice, PyTuple};
use rustpython_vm::protocol::PyMapping;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

type Assign = fn(PyMapping<'_>, &PyObject, Option<PyObjectRef>, &VirtualMachine) -> PyResult<()>;

/// What the type did before.
static ASSIGN: Original<Assign> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let slot = &vm.ctx.types.list_type.slots().as_mapping.ass_subscript;
    ASSIGN.keep(slot.swap(Some(assign)));
}

fn assign(list: PyMapping<'_>, index: &PyObject, value: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(slice) = index.downcast_ref::<PySlice>() {
        if let Some(value) = &value
            && value.downcast_ref::<PyList>().is_none()
            && value.downcast_ref::<PyTuple>().is_none()
        {
            let name = quecpy_modules::bridge::exceptions::exception::class_name(value.class());
            return Err(vm.new_type_error(format!("object '{name}' isn't a tuple or list")));
        }
        if has_step(slice, vm) {
            return Err(vm.new_exception(vm.ctx.exceptions.not_implemented_error.to_owned(), vec![]));
        }
    }
    ASSIGN.get(vm)?(list, index, value, vm)
}
