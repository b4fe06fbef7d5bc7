//! Types that a script meets but MicroPython gives it no means to make or to take apart: bound methods of bound methods,
//! `list[int]`, `int | str`, a `staticmethod` that is called. Each would be a chain of any length.

use rustpython_vm::builtins::PyModule;
use rustpython_vm::protocol::PyMapping;
use rustpython_vm::{AsObject, Py, PyObject, PyResult, VirtualMachine};

/// Attributes that ask the wrapped object for its own of the same name.
const OF_WRAPPERS: [&str; 4] = ["__annotate__", "__annotations__", "__isabstractmethod__", "__name__"];

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for class in [
        types.bound_method_type,
        types.cell_type,
        types.code_type,
        types.function_type,
        types.generic_alias_type,
        types.mappingproxy_type,
        types.module_type,
        types.namespace_type,
        types.traceback_type,
        types.union_type,
    ] {
        class.slots().new.store(None);
        class.attributes().remove(vm.ctx.intern_str("__new__"));
        class.modified();
    }
    for class in [types.staticmethod_type, types.classmethod_type, types.property_type] {
        for name in OF_WRAPPERS {
            class.attributes().remove(vm.ctx.intern_str(name));
        }
        class.modified();
    }
    types.staticmethod_type.slots().call.store(None);
    // `f.__call__.__call__` and so on.
    for class in [
        types.bound_method_type,
        types.builtin_function_or_method_type,
        types.function_type,
        types.method_descriptor_type,
        types.method_wrapper_type,
        types.staticmethod_type,
        types.wrapper_descriptor_type,
    ] {
        class.attributes().remove(vm.ctx.intern_str("__call__"));
        class.modified();
    }
    let slots = types.type_type.slots();
    slots.as_number.or.store(None);
    slots.as_number.right_or.store(None);
    slots.as_mapping.subscript.store(Some(subscript));
    types.module_type.slots().repr.store(Some(represent_module));
}

/// `list[int]`
fn subscript(_class: PyMapping<'_>, _index: &PyObject, vm: &VirtualMachine) -> PyResult {
    Err(vm.new_type_error("'type' object isn't subscriptable"))
}

/// `<module 'usys'>`; of a file `<module 'a' from 'a.py'>` (`py/objmodule.c`).
fn represent_module(module: &PyObject, vm: &VirtualMachine) -> PyResult<rustpython_vm::builtins::PyStrRef> {
    let module: &Py<PyModule> = module.downcast_ref().ok_or_else(|| vm.new_type_error("a module is required"))?;
    let attribute = |name: &'static str| -> PyResult<Option<String>> {
        let value = module.as_object().dict().map(|dict| dict.get_item_opt(name, vm)).transpose()?.flatten();
        value.map(|value| value.try_into_value(vm)).transpose()
    };
    let name = attribute("__name__")?.unwrap_or_default();
    Ok(vm.ctx.new_str(match attribute("__file__")? {
        Some(file) => format!("<module '{name}' from '{file}'>"),
        None => format!("<module '{name}'>"),
    }))
}
