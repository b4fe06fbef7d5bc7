//! Classes of scripts: what is put right when one is made or changed.

use super::original::Original;
use super::{finalisers, inheritance, recursion, stringify};
use rustpython_vm::builtins::{PyDict, PyFunction, PyStr, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

/// What `type` did before.
static NEW: Original<New> = Original::new();
static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

/// What the VM writes into the namespace of a class, and MicroPython does not.
const OF_THE_VM: [&str; 7] = [
    "__firstlineno__",
    "__static_attributes__",
    "__doc__",
    "__weakref__",
    "__type_params__",
    "__annotate_func__",
    "__annotations__",
];
const NAME: &str = "__qualname__";
/// A function of that name becomes a class method in the VM.
const NEW_SUBCLASS: &str = "__init_subclass__";

pub(super) fn install(vm: &VirtualMachine) {
    let slots = vm.ctx.types.type_type.slots();
    NEW.keep(slots.new.swap(Some(new)));
    SET_ATTRIBUTE.keep(slots.setattro.swap(Some(set_attribute)));
}

fn new(metaclass: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if !args.kwargs.is_empty() {
        return Err(vm.new_type_error("function doesn't take keyword arguments"));
    }
    let is_new = args.args.len() == 3;
    let plain_function = args.args.get(2).and_then(|names| function(names, vm));
    let class = NEW.get(vm)?(metaclass, args, vm)?;
    if let Some(class) = class.downcast_ref::<PyType>().filter(|_| is_new) {
        settle(class, vm);
        strip(class, vm);
        if let Some(function) = plain_function {
            class.attributes().set(vm.ctx.intern_str(NEW_SUBCLASS), function);
        }
        inheritance::settle(class, change, vm)?;
    }
    Ok(class)
}

/// What is to be a function.
fn function(names: &PyObject, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let value = names.downcast_ref::<PyDict>()?.get_item_opt(NEW_SUBCLASS, vm).ok()??;
    value.downcastable::<PyFunction>().then_some(value)
}

fn strip(class: &Py<PyType>, vm: &VirtualMachine) {
    if class.heaptype_ext().is_some() {
        for name in OF_THE_VM {
            class.attributes().remove(vm.ctx.intern_str(name));
        }
        // Objects find it here.
        class.attributes().set(vm.ctx.intern_str(NAME), class.__qualname__(vm));
    }
}

/// Sets an attribute of a class or deletes it, as the VM does.
fn change(class: &Py<PyType>, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    SET_ATTRIBUTE.get(vm)?(class.as_ref(), name, value, vm)
}

fn set_attribute(class: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    SET_ATTRIBUTE.get(vm)?(class, name, value, vm)?;
    // The VM has put the slots of the class and of those derived from it in order.
    if name.as_bytes().starts_with(b"__")
        && let Some(class) = class.downcast_ref::<PyType>()
    {
        settle_all(class, vm);
    }
    Ok(())
}

fn settle_all(class: &Py<PyType>, vm: &VirtualMachine) {
    settle(class, vm);
    let derived: Vec<_> = class.subclasses.read().iter().filter_map(|weak| weak.upgrade()).collect();
    for class in derived {
        if let Some(class) = class.downcast_ref::<PyType>() {
            settle_all(class, vm);
        }
    }
}

fn settle(class: &Py<PyType>, vm: &VirtualMachine) {
    // `type(x)` comes here too, with classes of the VM.
    if class.heaptype_ext().is_none() {
        return;
    }
    finalisers::settle(class);
    recursion::settle(class);
    stringify::settle(class, vm);
    // That of a class of classes.
    let slot = &class.slots().setattro;
    if let Some((now, original)) = slot.load().zip(SET_ATTRIBUTE.0.get())
        && now as usize == *original as usize
    {
        slot.store(Some(set_attribute));
    }
}
