//! `uio.IOBase`, from which streams of a script's own derive.

use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Constructor;
use rustpython_vm::{Py, PyPayload, PyResult, VirtualMachine, pyclass};

/// For streams of a script's own.
#[pyclass(module = false, name = "IOBase")]
#[derive(Debug, PyPayload)]
pub(crate) struct IOBase;

#[pyclass(flags(BASETYPE), with(Constructor))]
impl IOBase {}

impl Constructor for IOBase {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}
