//! Slices with a step: MicroPython has them for lists and ranges only.

use super::original::Original;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt, PySlice, PyType};
use rustpython_vm::protocol::PyMapping;
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

type Subscript = fn(PyMapping<'_>, &PyObject, &VirtualMachine) -> PyResult;

/// What the types did before: str, bytes, tuple, bytearray.
static SUBSCRIPT: [Original<Subscript>; 4] = [Original::new(), Original::new(), Original::new(), Original::new()];

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    of_class::<0>(types.str_type);
    of_class::<1>(types.bytes_type);
    of_class::<2>(types.tuple_type);
    of_class::<3>(types.bytearray_type);
}

fn of_class<const CLASS: usize>(class: &Py<PyType>) {
    SUBSCRIPT[CLASS].keep(class.slots().as_mapping.subscript.swap(Some(subscript::<CLASS>)));
}

fn subscript<const CLASS: usize>(object: PyMapping<'_>, index: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let Some(slice) = index.downcast_ref::<PySlice>()
        && has_step(slice, vm)
    {
        return Err(no_step(vm));
    }
    SUBSCRIPT[CLASS].get(vm)?(object, index, vm)
}

pub(super) fn no_step(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = vm.ctx.exceptions.not_implemented_error.to_owned();
    vm.new_exception_msg(class, "only slices with step=1 (aka None) are supported".into())
}

pub(super) fn has_step(slice: &PySlice, vm: &VirtualMachine) -> bool {
    let one = |step: &PyObject| {
        step.downcast_ref::<PyInt>().is_some_and(|n| n.try_to_primitive::<i32>(vm).is_ok_and(|n| n == 1))
    };
    slice.step.as_ref().is_some_and(|step| !vm.is_none(step) && !one(step))
}
