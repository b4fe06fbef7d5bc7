//! Methods of built-in types that MicroPython does not have, and those that only some firmware has.

use super::original::attribute;
use quecpy_modules::bridge::firmware;
use quecpy_modules::registry;
use quecpy_usocket::semantics::Strings;
use quecpy_usocket::text;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::frame::current_code;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, GetDescriptor};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// Of texts and of bytes alike. MicroPython knows the others by its own names.
const OF_TEXTS: &[&str] = &[
    "capitalize",
    "casefold",
    "expandtabs",
    "format_map",
    "isalnum",
    "isascii",
    "isdecimal",
    "isidentifier",
    "isnumeric",
    "isprintable",
    "istitle",
    "ljust",
    "maketrans",
    "removeprefix",
    "removesuffix",
    "rjust",
    "swapcase",
    "title",
    "translate",
    "zfill",
];
const OF_BYTEARRAYS: &[&str] = &["clear", "copy", "insert", "pop", "remove", "resize", "reverse"];
const OF_NUMBERS: &[&str] =
    &["as_integer_ratio", "bit_count", "bit_length", "conjugate", "from_number", "fromhex", "hex", "is_integer"];
const PARTS_OF_NUMBERS: &[&str] = &["denominator", "imag", "numerator", "real"];
const OF_MEMORY_VIEWS: &[&str] = &["cast", "tobytes", "tolist"];
/// Options of MicroPython's build that firmware of 2021 does without.
const OPTIONAL_OF_TEXTS: &[&str] = &["center", "partition", "rpartition", "splitlines"];
const OPTIONAL_OF_BYTES: &[&str] = &["center", "partition", "rpartition", "splitlines", "hex", "fromhex"];

/// A method that is there or not, by the session's firmware.
#[pyclass(module = false, name = "function")]
#[derive(Debug, PyPayload)]
struct Optional {
    name: &'static str,
    method: PyObjectRef,
    /// Whether this session's firmware has it.
    is_there: fn(&VirtualMachine) -> bool,
}

/// An option of MicroPython's build.
fn is_optional(vm: &VirtualMachine) -> bool {
    of_firmware() || firmware::of(vm).is_ok_and(|firmware| firmware.optional_methods)
}

/// Where texts can be bytes, texts and bytes have their methods in common.
fn in_common(vm: &VirtualMachine) -> bool {
    text::strings(vm) != Strings::Unicode
}

#[pyclass(with(GetDescriptor))]
impl Optional {}

impl GetDescriptor for Optional {
    fn descr_get(
        zelf: &PyObject,
        object: Option<&PyObject>,
        class: Option<&PyObject>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let zelf = Self::_as_pyref(zelf, vm)?;
        if !(zelf.is_there)(vm) {
            let owner = object.or(class).map_or_else(|| vm.ctx.none(), ToOwned::to_owned);
            return Err(vm.new_no_attribute_error(owner, vm.ctx.new_str(zelf.name)));
        }
        let get = zelf.method.class().slots().descr_get.load();
        get.map_or_else(|| Ok(zelf.method.clone()), |get| get(&zelf.method, object, class, vm))
    }
}

/// Whether a method of a type is one that this session's firmware lacks.
pub(super) fn is_lacking(method: &PyObject, vm: &VirtualMachine) -> bool {
    method.downcast_ref::<Optional>().is_some_and(|method| !(method.is_there)(vm))
}

/// Whether the firmware's own modules are asking, which are written for it.
fn of_firmware() -> bool {
    current_code().is_some_and(|code| registry::find(code.source_path().as_str()).is_some())
}

/// A method that no object has of itself. `with` calls what it finds in the class, which raises AttributeError here,
/// where the VM would raise another error itself.
#[pyclass(module = false, name = "function")]
#[derive(Debug, PyPayload)]
struct Missing {
    name: &'static str,
}

#[pyclass(with(GetDescriptor, Callable), flags(METHOD_DESCRIPTOR))]
impl Missing {}

impl GetDescriptor for Missing {
    fn descr_get(
        zelf: &PyObject,
        object: Option<&PyObject>,
        class: Option<&PyObject>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let zelf = Self::_as_pyref(zelf, vm)?;
        let owner = object.or(class).map_or_else(|| vm.ctx.none(), ToOwned::to_owned);
        Err(vm.new_no_attribute_error(owner, vm.ctx.new_str(zelf.name)))
    }
}

impl Callable for Missing {
    type Args = FuncArgs;

    /// Of two that are missing the second of [`OF_CONTEXTS`] is told, for which MicroPython looks first.
    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let object = args.args.first().cloned().unwrap_or_else(|| vm.ctx.none());
        let exit = object.class().get_attr(vm.ctx.intern_str(OF_CONTEXTS[1]));
        let both = exit.is_some_and(|exit| exit.downcast_ref::<Self>().is_some());
        let name = if both { OF_CONTEXTS[1] } else { zelf.name };
        Err(vm.new_no_attribute_error(object, vm.ctx.new_str(name)))
    }
}

/// What `with` looks for.
const OF_CONTEXTS: [&str; 2] = ["__enter__", "__exit__"];

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    let remove = |class: &Py<PyType>, names: &[&str]| {
        for name in names {
            class.attributes().remove(vm.ctx.intern_str(*name));
        }
        class.modified();
    };
    remove(types.str_type, OF_TEXTS);
    remove(types.bytes_type, OF_TEXTS);
    remove(types.bytearray_type, OF_TEXTS);
    remove(types.bytearray_type, OF_BYTEARRAYS);
    remove(types.int_type, OF_NUMBERS);
    remove(types.float_type, OF_NUMBERS);
    remove(types.int_type, PARTS_OF_NUMBERS);
    remove(types.bool_type, PARTS_OF_NUMBERS);
    remove(types.float_type, PARTS_OF_NUMBERS);
    remove(types.memoryview_type, OF_MEMORY_VIEWS);
    let _ = (Optional::make_static_type(), Missing::make_static_type());
    for name in OF_CONTEXTS {
        types.object_type.set_str_attr(name, Missing { name }.into_pyobject(vm), &vm.ctx);
    }
    let put = |class: &'static Py<PyType>, name: &'static str, is_there: fn(&VirtualMachine) -> bool| {
        let Some(method) = attribute(class, name, vm) else { return };
        class.set_str_attr(name, Optional { name, method, is_there }.into_pyobject(vm), &vm.ctx);
    };
    put(types.str_type, "decode", in_common);
    put(types.bytes_type, "encode", in_common);
    let optional = |class: &'static Py<PyType>, names: &[&'static str]| {
        for name in names {
            put(class, name, is_optional);
        }
    };
    optional(types.str_type, OPTIONAL_OF_TEXTS);
    optional(types.bytes_type, OPTIONAL_OF_BYTES);
    optional(types.bytearray_type, OPTIONAL_OF_BYTES);
    optional(types.dict_type, &["fromkeys"]);
}
