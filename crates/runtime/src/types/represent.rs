//! How classes, functions and other objects show themselves: `<class 'X'>`, `<X object at 7f5e7c2a30>`, `<bound_method>`.
//! Source: the `print` of each type in `py/`, built to report errors as modules do (`MICROPY_ERROR_REPORTING_NORMAL`).
//!
//! MicroPython's types have no `__repr__`. With that gone from the VM's types, too, classes of scripts inherit what is put in
//! place here.

use super::original::{Original, attribute, is_test_runner};
use crate::exceptions::walk;
use once_cell::sync::OnceCell;
use quecpy_modules::bridge::exceptions::exception;
use quecpy_modules::bridge::hidden;
use rustpython_vm::builtins::{PyDictRef, PyModule, PyStrRef, PyType};
use rustpython_vm::bytecode::CodeFlags;
use rustpython_vm::recursion::ReprGuard;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

type Represent = fn(&PyObject, &VirtualMachine) -> PyResult<PyStrRef>;

/// What is not in MicroPython. (`ucollections` asks for that of dict.)
const ABSENT: &str = "__repr__";
/// Docstrings are not seen.
const DOC: &str = "__doc__";
const DICT: &str = "__dict__";

/// The VM's attribute of functions, which the test runner asks what fixtures are for.
static DOC_OF_FUNCTIONS: OnceCell<Option<PyObjectRef>> = OnceCell::new();

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    DOC_OF_FUNCTIONS.get_or_init(|| attribute(types.function_type, DOC, vm));
    let set = |class: &Py<PyType>, represent: Represent| class.slots().repr.store(Some(represent));
    let plain = types.object_type.slots().repr.load().map(|f| f as usize);
    walk(types.object_type, &mut |class| {
        if class.slots().repr.load().map(|f| f as usize) == plain {
            set(class, object);
        }
        class.attributes().remove(vm.ctx.intern_str(DOC));
        if !class.is(types.dict_type) {
            class.attributes().remove(vm.ctx.intern_str(ABSENT));
        }
    });
    // Without it the VM asks for the other. Texts and exceptions have their own.
    types.object_type.attributes().remove(vm.ctx.intern_str("__str__"));
    let class = types.function_type;
    class.set_str_attr(DOC, vm.ctx.new_readonly_getset(DOC, class, doc), &vm.ctx);
    // Of all objects, so that no class of a script has one in its namespace.
    let class = types.object_type;
    class.set_str_attr(DICT, vm.ctx.new_readonly_getset(DICT, class, names), &vm.ctx);
    for class in [
        types.bound_method_type,
        types.classmethod_type,
        types.classmethod_descriptor_type,
        types.memoryview_type,
        types.method_descriptor_type,
        types.method_wrapper_type,
        types.property_type,
        types.staticmethod_type,
        types.wrapper_descriptor_type,
    ] {
        set(class, object);
    }
    set(types.type_type, class_text);
    set(types.function_type, function);
    set(types.builtin_function_or_method_type, native);
    for class in [types.generator_type, types.coroutine_type, types.async_generator] {
        set(class, generator);
    }
    set(types.mappingproxy_type, namespace);
    for (i, class) in [types.list_type, types.dict_type, types.set_type].into_iter().enumerate() {
        OF_CONTAINERS[i].keep(class.slots().repr.swap(Some(CONTAINERS[i])));
    }
}

/// What lists, dicts and sets did before.
static OF_CONTAINERS: [Original<Represent>; 3] = [const { Original::new() }; 3];
const CONTAINERS: [Represent; 3] = [container::<0>, container::<1>, container::<2>];

/// Of what contains itself there is no end; the VM would write `[...]`.
fn container<const CLASS: usize>(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    if ReprGuard::enter(vm, object).is_none() {
        return Err(vm.new_recursion_error("maximum recursion depth exceeded"));
    }
    OF_CONTAINERS[CLASS].get(vm)?(object, vm)
}

fn doc(function: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    let original = DOC_OF_FUNCTIONS.get().and_then(Option::as_ref).filter(|_| is_test_runner());
    let get = original.and_then(|original| Some((original, original.class().slots().descr_get.load()?)));
    match get {
        Some((original, get)) => get(original, Some(&function), None, vm),
        None => Err(vm.new_no_attribute_error(function, vm.ctx.new_str(DOC))),
    }
}

/// `x.__dict__`
fn names(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let own = object.class().heaptype_ext().is_some();
    let names = own.then(|| object.dict()).flatten();
    names.ok_or_else(|| vm.new_no_attribute_error(object, vm.ctx.new_str(DICT)))
}

/// `<X object at 7f5e7c2a30>`; of what is not a script's own class its name only.
fn object(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let class = object.class();
    let name = exception::class_name(class);
    Ok(vm.ctx.new_str(match class.heaptype_ext() {
        Some(_) => format!("<{name} object at {:x}>", object.get_id()),
        None => format!("<{name}>"),
    }))
}

fn class_text(class: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let class: &Py<PyType> = class.downcast_ref().ok_or_else(|| vm.new_type_error("a class is required"))?;
    Ok(vm.ctx.new_str(format!("<class '{}'>", exception::class_name(class))))
}

fn name(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    object.get_attr("__name__", vm)?.str(vm)
}

/// `<function f at 7f5e7c2a30>`, `<generator>`, `<closure>`
fn function(function: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let code = hidden::code(function, vm)?;
    if !code.freevars.is_empty() {
        return Ok(vm.ctx.new_str("<closure>"));
    }
    if code.flags.intersects(CodeFlags::GENERATOR | CodeFlags::COROUTINE | CodeFlags::ASYNC_GENERATOR) {
        return Ok(vm.ctx.new_str("<generator>"));
    }
    Ok(vm.ctx.new_str(format!("<function {} at {:x}>", name(function, vm)?, function.get_id())))
}

/// `<function>`, and of an object `<bound_method>`.
fn native(function: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let owner = hidden::get(function, "__self__", vm)?;
    let free = vm.is_none(&owner) || owner.downcast_ref::<PyModule>().is_some();
    Ok(vm.ctx.new_str(if free { "<function>" } else { "<bound_method>" }))
}

/// `<generator object 'g' at 7f5e7c2a30>`
fn generator(generator: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let name = name(generator, vm)?;
    Ok(vm.ctx.new_str(format!("<generator object '{name}' at {:x}>", generator.get_id())))
}

/// `X.__dict__`
fn namespace(proxy: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let copy = attribute(vm.ctx.types.mappingproxy_type, "copy", vm);
    match copy {
        Some(copy) => copy.call((proxy.to_owned(),), vm)?.repr(vm),
        None => object(proxy, vm),
    }
}
