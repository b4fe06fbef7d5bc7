//! What of the VM's types would show a script the VM: frames, code, tracebacks, namespaces of functions, modules that are
//! not the module's, and the constructors of such things. MicroPython has none of it.
//!
//! Made-up code is the worst of it: the VM runs bytecode without checking it.

use crate::exceptions::walk;
use crate::types::{Original, is_test_runner};
use once_cell::sync::OnceCell;
use quecpy_modules::bridge::hidden::Attribute;
use quecpy_modules::bridge::{firmware, hidden};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyStr, PyTupleRef, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::{AsObject, Context, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

type Class = &'static Py<PyType>;

const OF_FUNCTIONS: &[&str] = &[
    "__annotate__",
    "__annotations__",
    "__builtins__",
    "__closure__",
    "__code__",
    "__defaults__",
    "__dict__",
    "__globals__",
    "__kwdefaults__",
    "__module__",
    "__qualname__",
    "__type_params__",
];
const OF_NATIVE_FUNCTIONS: &[&str] = &["__module__", "__reduce__", "__reduce_ex__", "__self__", "__text_signature__"];
const OF_METHODS: &[&str] = &["__dir__", "__func__", "__module__", "__reduce__", "__self__"];
const OF_DESCRIPTORS: &[&str] = &["__objclass__", "__reduce__", "__self__", "__text_signature__"];
const OF_WRAPPERS: &[&str] = &[
    "__annotate__",
    "__annotations__",
    "__class_getitem__",
    "__dict__",
    "__func__",
    "__isabstractmethod__",
    "__wrapped__",
];
const OF_PROPERTIES: &[&str] = &["__isabstractmethod__", "__name__", "__set_name__", "fdel", "fget", "fset"];
const OF_OBJECTS: &[&str] = &["__getstate__", "__reduce__", "__reduce_ex__", "__sizeof__", "__subclasshook__"];
const OF_TYPES: &[&str] = &[
    "__abstractmethods__",
    "__annotate__",
    "__annotations__",
    "__base__",
    "__basicsize__",
    "__flags__",
    "__itemsize__",
    "__mro__",
    "__or__",
    "__prepare__",
    "__ror__",
    "__subclasses__",
    "__subclasshook__",
    "__text_signature__",
    "__type_params__",
];
const OF_EXCEPTIONS: &[&str] = &["__reduce__", "__setstate__", "__suppress_context__", "__traceback__", "add_note"];
const OF_GENERATORS: &[&str] =
    &["__class_getitem__", "__qualname__", "gi_code", "gi_frame", "gi_running", "gi_suspended", "gi_yieldfrom"];
const OF_COROUTINES: &[&str] = &[
    "__class_getitem__",
    "__qualname__",
    "cr_await",
    "cr_code",
    "cr_frame",
    "cr_origin",
    "cr_running",
    "cr_suspended",
];
const OF_ASYNC_GENERATORS: &[&str] =
    &["__class_getitem__", "__qualname__", "ag_await", "ag_code", "ag_frame", "ag_running", "ag_suspended"];
const OF_MODULES: &[&str] = &["__annotate__", "__annotations__"];
const OF_SUPERS: &[&str] = &["__self__", "__self_class__", "__thisclass__"];
const OF_MEMORY_VIEWS: &[&str] = &["__buffer__", "__class_getitem__", "__release_buffer__", "_from_flags", "obj"];
const OF_NAMESPACES: &[&str] = &["__reduce__", "__replace__"];
const GENERIC: &[&str] = &["__class_getitem__"];
const OF_VIEWS: &[&str] = &["mapping"];

/// What is taken away, by type.
fn names(ctx: &Context) -> [(Class, &'static [&'static str]); 33] {
    let types = &ctx.types;
    [
        (types.async_generator, OF_ASYNC_GENERATORS),
        (types.builtin_function_or_method_type, OF_NATIVE_FUNCTIONS),
        (types.bound_method_type, OF_METHODS),
        (types.classmethod_type, OF_WRAPPERS),
        (types.coroutine_type, OF_COROUTINES),
        (types.dict_items_type, OF_VIEWS),
        (types.dict_keys_type, OF_VIEWS),
        (types.dict_type, GENERIC),
        (types.dict_values_type, OF_VIEWS),
        (types.enumerate_type, GENERIC),
        (types.frozenset_type, GENERIC),
        (types.function_type, OF_FUNCTIONS),
        (types.generator_type, OF_GENERATORS),
        (types.getset_type, OF_DESCRIPTORS),
        (types.list_type, GENERIC),
        (types.mappingproxy_type, GENERIC),
        (types.member_descriptor_type, OF_DESCRIPTORS),
        (types.memoryview_type, OF_MEMORY_VIEWS),
        (types.method_descriptor_type, OF_DESCRIPTORS),
        (types.method_wrapper_type, OF_DESCRIPTORS),
        (types.module_type, OF_MODULES),
        (types.namespace_type, OF_NAMESPACES),
        (types.object_type, OF_OBJECTS),
        (types.property_type, OF_PROPERTIES),
        (types.set_type, GENERIC),
        (types.staticmethod_type, OF_WRAPPERS),
        (types.super_type, OF_SUPERS),
        (types.tuple_type, GENERIC),
        (types.type_type, OF_TYPES),
        (types.weakref_type, GENERIC),
        (types.wrapper_descriptor_type, OF_DESCRIPTORS),
        (types.bytearray_type, &["__alloc__", "__buffer__", "__release_buffer__"]),
        (ctx.exceptions.base_exception_type, OF_EXCEPTIONS),
    ]
}

/// Types of which nothing is left, and no object can be made.
fn opaque(ctx: &Context) -> [Class; 5] {
    let types = &ctx.types;
    [types.cell_type, types.code_type, types.frame_type, types.traceback_type, types.generic_alias_type]
}

/// Types of which scripts have objects, and cannot make more.
fn closed(ctx: &Context) -> [Class; 6] {
    let types = &ctx.types;
    [
        types.bound_method_type,
        types.function_type,
        types.mappingproxy_type,
        types.module_type,
        types.namespace_type,
        types.none_type,
    ]
}

/// What this program asks for itself.
fn kept(ctx: &Context) -> [(Class, &'static str); 11] {
    let types = &ctx.types;
    [
        (types.function_type, "__code__"),
        (types.function_type, "__defaults__"),
        (types.function_type, "__globals__"),
        (types.function_type, "__kwdefaults__"),
        (types.bound_method_type, "__func__"),
        (types.builtin_function_or_method_type, "__self__"),
        (types.super_type, "__self__"),
        (types.super_type, "__thisclass__"),
        (types.classmethod_type, "__func__"),
        (types.staticmethod_type, "__func__"),
        (ctx.exceptions.base_exception_type, "__suppress_context__"),
    ]
}

static ONCE: OnceCell<()> = OnceCell::new();

/// Changes the types, which all VMs of a process share, once.
pub(crate) fn close(vm: &VirtualMachine) {
    ONCE.get_or_init(|| {
        let ctx = &vm.ctx;
        let keep = |(class, name): (Class, &'static str)| {
            let descriptor = class.attributes.get(ctx.intern_str(name))?;
            Some(Attribute { class, name, descriptor })
        };
        hidden::keep(kept(ctx).into_iter().filter_map(keep).collect());
        for (class, names) in names(ctx) {
            for name in names {
                class.attributes.remove(ctx.intern_str(*name));
            }
            class.modified();
        }
        for class in opaque(ctx) {
            for (name, _) in class.attributes.attributes(ctx) {
                class.attributes.remove(name);
            }
            class.slots().new.store(None);
            class.modified();
        }
        for class in closed(ctx) {
            class.attributes.remove(ctx.intern_str("__new__"));
            class.slots().new.store(None);
            class.modified();
        }
        // `int | str`
        ctx.types.type_type.slots().as_number.or.store(None);
        ctx.types.type_type.slots().as_number.right_or.store(None);
        restrict_new(ctx.types.object_type);
        let slot = &ctx.types.type_type.slots().setattro;
        SET_ATTRIBUTE.keep(slot.swap(Some(set_attribute)));
        replace(vm);
        super::format::install(vm);
    });
}

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// RustPython's own constructor of plain objects.
static NEW: OnceCell<Option<New>> = OnceCell::new();

/// Types that are written in Rust inherit the constructor of plain objects unless they have one. It would make objects
/// that have nothing of the type but its name.
fn restrict_new(object: Class) {
    let plain = *NEW.get_or_init(|| object.slots().new.load());
    let plain = plain.map(|new| new as usize);
    walk(object, &mut |class| {
        if class.slots().new.load().map(|new| new as usize) == plain {
            class.slots().new.store(Some(new_object));
        }
    });
}

fn new_object(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let plain = class.heaptype_ext.is_some() || class.is(vm.ctx.types.object_type);
    match NEW.get().copied().flatten().filter(|_| plain) {
        Some(new) => new(class, args, vm),
        None => Err(vm.new_type_error(format!("can't create '{}' instances", class.name()))),
    }
}

/// How a type sets an attribute of itself.
type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

/// Only a script's own classes take attributes: the others are the same for every session of a process. The test runner
/// puts stand-ins into them, and takes them out again.
fn set_attribute(class: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    let own = class.downcast_ref::<PyType>().is_some_and(|class| class.heaptype_ext.is_some());
    if own || is_test_runner() {
        return SET_ATTRIBUTE.get(vm)?(class, name, value, vm);
    }
    Err(vm.new_attribute_error(format!("'type' object has no attribute '{name}'")))
}

/// Attributes that MicroPython has to read only, or to write only.
fn replace(vm: &VirtualMachine) {
    let ctx = &vm.ctx;
    let types = &ctx.types;
    let class = types.object_type;
    let getter = |object: PyObjectRef| object.class().to_owned();
    class.set_str_attr("__class__", ctx.new_readonly_getset("__class__", class, getter), ctx);
    let class = types.type_type;
    class.set_str_attr("__bases__", ctx.new_readonly_getset("__bases__", class, bases), ctx);
    let class = ctx.exceptions.base_exception_type;
    class.set_str_attr("__traceback__", ctx.new_static_getset("__traceback__", class, no_traceback, forget), ctx);
    let class = types.function_type;
    class.set_str_attr("__globals__", ctx.new_readonly_getset("__globals__", class, globals), ctx);
}

fn bases(class: PyRef<PyType>, vm: &VirtualMachine) -> PyTupleRef {
    vm.ctx.new_tuple(class.bases.read().iter().map(|base| base.to_owned().into()).collect())
}

/// Of firmware whose functions show their module's names.
fn globals(function: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if firmware::of(vm)?.function_globals {
        return hidden::get(&function, "__globals__", vm);
    }
    Err(vm.new_no_attribute_error(function, vm.ctx.new_str("__globals__")))
}

fn no_traceback(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult {
    Err(vm.new_no_attribute_error(exception.into(), vm.ctx.new_str("__traceback__")))
}

/// `e.__traceback__ = None` makes an exception that is raised again and again forget where it has been.
fn forget(exception: PyBaseExceptionRef, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    match value {
        PySetterValue::Assign(value) if vm.is_none(&value) => {
            exception.set_traceback(None);
            Ok(())
        }
        _ => no_traceback(exception, vm).map(drop),
    }
}
