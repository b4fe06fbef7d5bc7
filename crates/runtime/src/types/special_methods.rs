//! Special methods of built-in types: MicroPython's types have their operations in slots and hardly one as an attribute, so
//! that `[].__len__()` and `Exception.__init__(self)` are AttributeErrors. A script's own class that defines one has it.

use super::original::Original;
use crate::exceptions::walk;
use rustpython_vm::builtins::{PyStr, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Attributes of the VM's types that stand for slots which `object` does not have: without them classes of scripts inherit
/// the slots. (`__setitem__` and `__delitem__` share one: of a class that defines the one, the VM looks for the other.)
const OF_SLOTS: &[&str] = &[
    "__abs__",
    "__add__",
    "__and__",
    "__bool__",
    "__call__",
    "__contains__",
    "__divmod__",
    "__float__",
    "__floordiv__",
    "__getitem__",
    "__iadd__",
    "__iand__",
    "__ifloordiv__",
    "__ilshift__",
    "__imatmul__",
    "__imod__",
    "__imul__",
    "__index__",
    "__invert__",
    "__ior__",
    "__ipow__",
    "__irshift__",
    "__isub__",
    "__iter__",
    "__itruediv__",
    "__ixor__",
    "__len__",
    "__lshift__",
    "__matmul__",
    "__mod__",
    "__mul__",
    "__neg__",
    "__or__",
    "__pos__",
    "__pow__",
    "__radd__",
    "__rand__",
    "__rdivmod__",
    "__rfloordiv__",
    "__rlshift__",
    "__rmatmul__",
    "__rmod__",
    "__rmul__",
    "__ror__",
    "__rpow__",
    "__rrshift__",
    "__rshift__",
    "__rsub__",
    "__rtruediv__",
    "__rxor__",
    "__sub__",
    "__truediv__",
    "__xor__",
];
/// Attributes that only a script's classes show, and `object` the first of them. Its own stay where they are.
const OF_OBJECT: [&str; 8] = ["__init__", "__eq__", "__ge__", "__gt__", "__hash__", "__le__", "__lt__", "__ne__"];

/// What the VM itself calls of a class of classes.
const ORDER: &[u8] = b"mro";

type GetAttribute = fn(&PyObject, &Py<PyStr>, &VirtualMachine) -> PyResult;

/// What `type` did before.
const AWAIT: &str = "__await__";

static GET_ATTRIBUTE: Original<GetAttribute> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    walk(types.object_type, &mut |class| {
        // `reversed` asks for it.
        let sequences = [
            types.str_type,
            types.bytes_type,
            types.bytearray_type,
            types.tuple_type,
            types.list_type,
            types.range_type,
        ];
        let kept: &[&str] = if class.is(types.dict_type) || sequences.iter().any(|sequence| class.is(*sequence)) {
            &["__getitem__"]
        } else if class.is(types.set_type) || class.is(types.frozenset_type) {
            &["__contains__"]
        } else {
            &[]
        };
        for name in OF_SLOTS.iter().filter(|name| !kept.contains(name)) {
            class.attributes().remove(vm.ctx.intern_str(*name));
        }
    });
    // `await` takes any generator (`py/compile.c`: it is a `yield from`), the VM what has this.
    let class = types.generator_type;
    class.set_str_attr(AWAIT, vm.new_method(AWAIT, class, |generator: PyObjectRef| generator), &vm.ctx);
    types.object_type.modified();
    let slot = &types.type_type.slots().getattro;
    GET_ATTRIBUTE.keep(slot.swap(Some(get_attribute)));
}

/// `Exception.__init__`, and `X.__init__` of a class that has none.
fn get_attribute(class: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
    let special = name.as_bytes().starts_with(b"__") || name.as_bytes() == ORDER;
    if special
        && (name.as_bytes() == ORDER || OF_OBJECT.iter().any(|hidden| hidden.as_bytes() == name.as_bytes()))
        && let Some(own) = class.downcast_ref::<PyType>()
        && !defines(own, name, vm)
    {
        return Err(vm.new_attribute_error(format!("type object '{}' has no attribute '{name}'", own.name())));
    }
    GET_ATTRIBUTE.get(vm)?(class, name, vm)
}

/// Whether a script's class among those that it inherits from has an attribute.
fn defines(class: &Py<PyType>, name: &Py<PyStr>, vm: &VirtualMachine) -> bool {
    let object = vm.ctx.types.object_type;
    if class.is(object) {
        return name.as_bytes() == OF_OBJECT[0].as_bytes();
    }
    let Some(name) = vm.ctx.interned_str(name) else { return false };
    let mro = class.mro.read();
    mro.iter().any(|base| base.heaptype_ext().is_some() && base.attributes.contains(name))
}
