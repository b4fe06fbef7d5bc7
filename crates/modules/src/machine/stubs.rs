//! Classes of `machine` whose names are known and nothing else: they can be made, and do nothing.

use crate::bridge::classes;
use rustpython_vm::builtins::PyType;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Constructor;
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

macro_rules! stub {
    ($class:ident, $name:literal, $function:ident) => {
        #[pyclass(module = "machine", name = $name)]
        #[derive(Debug, PyPayload)]
        pub(super) struct $class;

        impl Constructor for $class {
            type Args = FuncArgs;

            fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
                Ok(Self)
            }
        }

        #[pyclass(flags(BASETYPE), with(Constructor))]
        impl $class {}

        pub(super) fn $function(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            classes::own($class::make_static_type().as_ref(), "machine", [], vm)
        }
    };
}

stub!(NandFlash, "NANDFLASH", nand_flash);
stub!(SoftReset, "SoftReset", soft_reset);
stub!(Key, "Key", key);
