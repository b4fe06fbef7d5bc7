//! The text of an object of a script's class: MicroPython prints what `__str__` or `__repr__` returns, whatever it is
//! (`instance_print` in `py/objtype.c`), and makes a plain text of it.

use rustpython_vm::builtins::{PyStr, PyStrRef, PyType, PyTypeRef};
use rustpython_vm::{AsObject, Py, PyObject, PyResult, VirtualMachine};

/// `str(object)`
pub(crate) fn text(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let class = object.class();
    let text = match owner(class, "__str__", vm) {
        Some(owner) if owner.heaptype_ext().is_some() => printed(object, "__str__", vm)?,
        // A base that is not a script's has a text of its own.
        Some(_) => match class.slots().str.load() {
            Some(text) => text(object, vm)?,
            None => object.repr(vm)?,
        },
        None => object.str(vm)?,
    };
    Ok(plain(text, vm))
}

fn plain(text: PyStrRef, vm: &VirtualMachine) -> PyStrRef {
    if text.class().is(vm.ctx.types.str_type) { text } else { vm.ctx.new_str(text.as_wtf8().to_owned()) }
}

/// Where MicroPython finds a method of a script's class: in a class that has it, or in the first that is not a script's.
pub(super) fn owner(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<PyTypeRef> {
    class.heaptype_ext()?;
    let name = vm.ctx.intern_str(name);
    let mro = class.mro.read();
    let found = mro.iter().find(|base| match base.heaptype_ext() {
        Some(_) => base.attributes.contains(name),
        None => true,
    });
    found.filter(|base| !base.is(vm.ctx.types.object_type)).cloned()
}

fn printed(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let made = vm.call_method(object, name, ())?;
    match made.downcast::<PyStr>() {
        Ok(text) => Ok(text),
        Err(other) => vm.with_recursion("", || text(&other, vm)),
    }
}

fn represent(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    printed(object, "__repr__", vm)
}

/// A class that has a `__repr__` of a script.
pub(super) fn settle(class: &Py<PyType>, vm: &VirtualMachine) {
    if owner(class, "__repr__", vm).is_some_and(|owner| owner.heaptype_ext().is_some()) {
        class.slots().repr.store(Some(represent));
    }
}
