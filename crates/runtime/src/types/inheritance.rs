//! Where a class with several bases finds its attributes: MicroPython looks through the first base and all that this is
//! derived from, then through the second, and so on (`mp_obj_class_lookup` in `py/objtype.c`). A base that is not a
//! script's class has everything that such a type has, also what it has of `object`.

use super::stringify;
use rustpython_vm::builtins::{PyStr, PyStrInterned, PyType, PyTypeRef};
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

/// Sets an attribute of a class or deletes it, as the VM does.
type Change = fn(&Py<PyType>, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

/// Puts a new class in order.
pub(super) fn settle(class: &Py<PyType>, change: Change, vm: &VirtualMachine) -> PyResult<()> {
    if class.heaptype_ext().is_none() || class.bases.read().len() < 2 {
        return Ok(());
    }
    let mut order = Vec::new();
    visit(class, &mut order, vm);
    order.push(vm.ctx.types.object_type.to_owned());
    let same = |a: &[PyTypeRef], b: &[PyTypeRef]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b));
    if !same(&order, &class.mro.read()) {
        *class.mro.write() = order;
        class.modified();
        put_slots_in_order(class, change, vm)?;
    }
    texts_of_native(class, vm);
    Ok(())
}

fn visit(class: &Py<PyType>, order: &mut Vec<PyTypeRef>, vm: &VirtualMachine) {
    if class.is(vm.ctx.types.object_type) || order.iter().any(|seen| seen.is(class)) {
        return;
    }
    order.push(class.to_owned());
    let bases = class.bases.read().clone();
    for base in bases.iter() {
        visit(base, order, vm);
    }
}

/// Special methods that are found in another class now. The VM looks for a slot when its attribute changes.
fn put_slots_in_order(class: &Py<PyType>, change: Change, vm: &VirtualMachine) -> PyResult<()> {
    let bases: Vec<_> = class.mro.read().iter().skip(1).filter(|base| base.heaptype_ext().is_some()).cloned().collect();
    let special =
        |name: &&'static PyStrInterned| name.as_bytes().starts_with(b"__") && name.as_bytes().ends_with(b"__");
    for name in bases.iter().flat_map(|base| base.attributes.interned_names(&vm.ctx)).filter(special) {
        if class.attributes.contains(name) || matches!(name.as_bytes(), b"__module__" | b"__dict__" | b"__qualname__") {
            continue;
        }
        if let Some(value) = class.get_attr(name) {
            change(class, name, PySetterValue::Assign(value), vm)?;
            change(class, name, PySetterValue::Delete, vm)?;
        }
    }
    Ok(())
}

/// `class C(tuple, Foo)`: the text is that of the tuple, though `Foo` has a `__str__`.
fn texts_of_native(class: &Py<PyType>, vm: &VirtualMachine) {
    let native = |name: &'static str| stringify::owner(class, name, vm).filter(|owner| owner.heaptype_ext().is_none());
    if let Some(base) = native("__str__") {
        class.slots().str.store(base.slots().str.load());
    }
    if let Some(base) = native("__repr__") {
        class.slots().repr.store(base.slots().repr.load());
    }
}
