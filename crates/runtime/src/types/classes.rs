//! Classes of scripts: what is put right when one is made or changed.

use super::{Original, finalisers, recursion};
use rustpython_vm::builtins::{PyStr, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

/// What `type` did before.
static NEW: Original<New> = Original::new();
static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let slots = vm.ctx.types.type_type.slots();
    NEW.keep(slots.new.swap(Some(new)));
    SET_ATTRIBUTE.keep(slots.setattro.swap(Some(set_attribute)));
}

fn new(metaclass: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let class = NEW.get(vm)?(metaclass, args, vm)?;
    if let Some(class) = class.downcast_ref::<PyType>() {
        settle(class);
    }
    Ok(class)
}

fn set_attribute(class: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    SET_ATTRIBUTE.get(vm)?(class, name, value, vm)?;
    // The VM has put the slots of the class and of those derived from it in order.
    if name.as_bytes().starts_with(b"__")
        && let Some(class) = class.downcast_ref::<PyType>()
    {
        settle_all(class);
    }
    Ok(())
}

fn settle_all(class: &Py<PyType>) {
    settle(class);
    let derived: Vec<_> = class.subclasses.read().iter().filter_map(|weak| weak.upgrade()).collect();
    for class in derived {
        if let Some(class) = class.downcast_ref::<PyType>() {
            settle_all(class);
        }
    }
}

fn settle(class: &Py<PyType>) {
    // `type(x)` comes here too, with classes of the VM.
    if class.heaptype_ext().is_none() {
        return;
    }
    finalisers::settle(class);
    recursion::settle(class);
    // That of a class of classes.
    let slot = &class.slots().setattro;
    if let Some((now, original)) = slot.load().zip(SET_ATTRIBUTE.0.get())
        && now as usize == *original as usize
    {
        slot.store(Some(set_attribute));
    }
}
