//! `dir()`: the names that MicroPython has. Of those with underscores on both sides it has few; the VM's types have many.

use super::absent;
use quecpy_modules::bridge::firmware;
use rustpython_vm::builtins::{PyBoundMethod, PyFunction, PyStr, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};
use std::collections::BTreeSet;

/// Of a class, of `object`, and of what a script's class makes.
const OF_CLASSES: &[&str] = &["__class__", "__name__", "__bases__", "__dict__"];
const OF_OBJECT: &[&str] = &["__init__", "__new__", "__setattr__", "__delattr__"];
const OF_SCRIPTS: &[&str] = &["__module__", "__qualname__"];
/// Of dicts, sets and iterators, whose operations are attributes too.
const OF_BUILT_IN: &[&str] = &["__getitem__", "__setitem__", "__delitem__", "__contains__", "__next__"];
const ITEMS: &[&str] = &["__getitem__", "__setitem__", "__delitem__"];

/// The names of an object, or those where the call stands.
pub(crate) fn dir(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let Some(object) = object else { return Ok(vm.dir(None)?.into_pyobject(vm)) };
    let own = vm.ctx.intern_str("__dir__");
    let class = object.class();
    let defined = class.mro.read().iter().any(|base| base.heaptype_ext().is_some() && base.attributes.contains(own));
    if defined {
        return vm.call_method(&object, "__dir__", ());
    }
    let all = vm.dir(Some(object.clone()))?;
    let keep = |name: &PyObjectRef| name.downcast_ref::<PyStr>().is_none_or(|name| is_shown(&object, name, vm));
    let of_vm = all.borrow_vec();
    let kept = of_vm.iter().filter(|name| keep(name)).filter_map(|name| name.downcast_ref::<PyStr>());
    let mut names: BTreeSet<String> = kept.map(ToString::to_string).collect();
    names.extend(added(&object, vm)?.map(str::to_owned));
    Ok(vm.ctx.new_list(names.into_iter().map(|name| vm.ctx.new_str(name).into()).collect()).into())
}

/// Names that MicroPython tells of.
fn added(object: &PyObject, vm: &VirtualMachine) -> PyResult<impl Iterator<Item = &'static str>> {
    let class = object.downcast_ref::<PyType>();
    let is_function = object.downcast_ref::<PyFunction>().is_some() || object.downcast_ref::<PyBoundMethod>().is_some();
    let parts: [(&[&str], bool); 6] = [
        (if class.is_some() { OF_CLASSES } else { &["__class__"] }, true),
        (OF_OBJECT, class.unwrap_or_else(|| object.class()).is(vm.ctx.types.object_type)),
        (OF_SCRIPTS, class.unwrap_or_else(|| object.class()).heaptype_ext().is_some()),
        (&["__dict__"], object.class().heaptype_ext().is_some() && object.dict().is_some()),
        (&["__name__"], is_function),
        (&["__globals__"], is_function && firmware::of(vm)?.function_globals),
    ];
    Ok(parts.into_iter().filter(|(_, there)| *there).flat_map(|(names, _)| names.iter().copied()))
}

/// Whether MicroPython has an attribute that the VM has.
fn is_shown(object: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> bool {
    let bytes = name.as_bytes();
    let special = bytes.len() > 4 && bytes.starts_with(b"__") && bytes.ends_with(b"__");
    if !special {
        let class = object.downcast_ref::<PyType>().unwrap_or_else(|| object.class());
        let method = vm.ctx.interned_str(name).and_then(|name| class.get_attr(name));
        return method.is_none_or(|method| !absent::is_lacking(&method, vm));
    }
    let is = |names: &[&str]| names.iter().any(|known| known.as_bytes() == bytes);
    if object.downcast_ref::<PyType>().is_none() && object.dict().is_some_and(|dict| dict.contains_key(name, vm)) {
        return true;
    }
    let class = object.downcast_ref::<PyType>().unwrap_or_else(|| object.class());
    let Some(interned) = vm.ctx.interned_str(name) else { return false };
    for base in class.mro.read().iter() {
        if base.attributes.contains(interned) {
            let dict = base.is(vm.ctx.types.dict_type);
            return match base.heaptype_ext() {
                Some(_) => true,
                None => is(OF_BUILT_IN) && (dict || !is(ITEMS)),
            };
        }
    }
    false
}
