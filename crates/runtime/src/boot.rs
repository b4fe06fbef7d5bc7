//! What the VM is built with: the table of its modules, and what it loads at its start.
//!
//! RustPython comes with some forty built-in modules: the host's files, processes, signals and C libraries (`posix`,
//! `nt`, `_io`, `_ctypes`, `_posixsubprocess`, `_signal`, `_imp`), and what its own standard library needs. A script must
//! reach none of them. So none is in the table: it holds the modules of the registry, and under the names that the VM
//! imports when it starts modules that have only what the start asks of them. They are also smaller: RustPython's own
//! create the node types of `_ast`, the classes of `codecs` and an import system each time.

use crate::extension::Extension;
use once_cell::sync::OnceCell;
use quecpy_modules::registry;
use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::common::rc::PyRc;
use rustpython_vm::function::{Callee, FuncArgs, PyMethodDef};
use rustpython_vm::stdlib::builtin_module_defs;
use rustpython_vm::{Context, PyObjectRef, PyResult, VirtualMachine, py_freeze};

/// Names that the VM imports at its start and takes nothing from.
const EMPTY: [&str; 7] = ["_ast", "_signal", "_thread", "_typing", "_warnings", "_weakref", "codecs"];

/// Names that it takes something from.
fn needed(ctx: &Context) -> [(&'static str, &'static PyModuleDef); 5] {
    [
        ("_imp", start::module_def(ctx)),
        ("_io", start::module_def(ctx)),
        ("encodings_ascii", ascii::module_def(ctx)),
        ("encodings_latin_1", latin_1::module_def(ctx)),
        ("encodings_utf_8", utf_8::module_def(ctx)),
    ]
}

/// Gives the VM its table, before it starts: afterwards nothing can be added.
///
/// # Panics
/// If the VM has started already, which is a bug of this program.
pub(crate) fn install(extension: &Extension, vm: &mut VirtualMachine) {
    let empty = empty::module_def(&vm.ctx);
    let mut table: Vec<_> = EMPTY.iter().map(|name| (*name, empty)).collect();
    table.extend(needed(&vm.ctx));
    let mut modules = registry::native_modules(&vm.ctx);
    modules.extend(registry::definitions(extension.modules, &vm.ctx));
    table.extend(modules.into_iter().map(|definition| (definition.name.as_str(), definition)));
    let state = PyRc::get_mut(&mut vm.state).expect("hooks run before anything else holds the state");
    state.module_defs = table.into_iter().collect();
    state.frozen.clear();
    state.frozen.extend(py_freeze!(dir = "boot"));
    state.frozen.extend(quecpy_modules::frozen_modules());
    state.frozen.extend((extension.frozen)());
}

/// A function of RustPython's module of codecs.
fn codec(name: &'static str, args: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    static CODECS: OnceCell<&[PyMethodDef]> = OnceCell::new();
    let methods = CODECS.get_or_init(|| {
        let mut all = builtin_module_defs(&vm.ctx).into_iter();
        all.find(|definition| definition.name.as_str() == "_codecs").map_or(&[], |codecs| codecs.methods)
    });
    let method = methods.iter().find(|method| method.name == name);
    let method = method.ok_or_else(|| vm.new_lookup_error(format!("unknown encoding: {name}")))?;
    (method.func)(vm, FuncArgs::from(args), Callee::named(name))
}

#[rustpython_vm::pymodule(name = "_quecpy_empty")]
mod empty {}

/// The import functions of the start (`_frozen_importlib.py`), and the `open` that the VM makes a built-in name of until
/// `builtins.rs` replaces it. Scripts import through `imports.rs`.
#[expect(clippy::unwrap_used, reason = "what `pyattr` makes of a function")]
#[rustpython_vm::pymodule(name = "_quecpy_start")]
mod start {
    use rustpython_vm::builtins::PyStrRef;
    use rustpython_vm::function::FuncArgs;
    use rustpython_vm::import::import_builtin;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyattr]
    fn open(vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    #[pyfunction]
    fn _find_and_load(name: PyStrRef, _import: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        import_builtin(vm, name.as_ref())
    }

    #[pyfunction]
    fn __import__(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let name: PyStrRef = args.bind(vm)?;
        import_builtin(vm, name.as_ref())
    }

    /// How a module prints itself.
    #[pyfunction]
    fn _module_repr(module: PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
        let name = module.get_attr("__name__", vm)?.str(vm)?;
        let file = vm.get_attribute_opt(&module, vm.ctx.intern_str("__file__"))?;
        match file.filter(|file| !vm.is_none(file)) {
            Some(file) => Ok(format!("<module '{name}' from '{}'>", file.str(vm)?)),
            None => Ok(format!("<module '{name}'>")),
        }
    }
}

/// A codec as the VM's start asks for it: encoder and decoder; nothing here reads or writes streams through codecs.
macro_rules! encoding {
    ($module:ident, $name:literal, $encode:literal, $decode:literal $(, $last:ident)?) => {
        #[rustpython_vm::pymodule(name = $name)]
        mod $module {
            use rustpython_vm::builtins::PyTupleRef;
            use rustpython_vm::function::OptionalArg;
            use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

            #[pyfunction]
            fn encode(text: PyObjectRef, errors: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
                super::codec($encode, std::iter::once(text).chain(errors.into_option()).collect(), vm)
            }

            #[pyfunction]
            fn decode(bytes: PyObjectRef, errors: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
                let errors = errors.unwrap_or_else(|| vm.ctx.new_str("strict").into());
                super::codec($decode, vec![bytes, errors $(, vm.ctx.$last.clone().into())?], vm)
            }

            #[pyfunction]
            fn getregentry(vm: &VirtualMachine) -> PyTupleRef {
                let none = || vm.ctx.none();
                let encode = vm.new_function("encode", encode);
                let decode = vm.new_function("decode", decode);
                vm.ctx.new_tuple(vec![encode.into(), decode.into(), none(), none()])
            }
        }
    };
}

encoding!(ascii, "encodings_ascii", "ascii_encode", "ascii_decode");
encoding!(latin_1, "encodings_latin_1", "latin_1_encode", "latin_1_decode");
encoding!(utf_8, "encodings_utf_8", "utf_8_encode", "utf_8_decode", true_value);
