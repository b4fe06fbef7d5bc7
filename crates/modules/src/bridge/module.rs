//! Module objects as MicroPython has them: with a name, and without what the VM writes beside it.

use rustpython_vm::builtins::{PyDict, PyDictRef, PyModule};
use rustpython_vm::{Py, PyRef, PyResult, VirtualMachine};

/// Names that the VM gives every module, and MicroPython gives none.
const OF_THE_VM: [&str; 4] = ["__doc__", "__loader__", "__package__", "__spec__"];

/// A module with a namespace.
///
/// # Errors
/// None that the VM's own dicts raise.
pub fn new(name: &str, names: PyDictRef, vm: &VirtualMachine) -> PyResult<PyRef<PyModule>> {
    let module = vm.new_module(name, names.clone(), None);
    strip(&names, vm)?;
    Ok(module)
}

/// Takes the VM's names out of a module's namespace.
///
/// # Errors
/// None that the VM's own dicts raise.
pub fn strip(names: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<()> {
    for name in OF_THE_VM {
        names.pop_item(name, vm)?;
    }
    Ok(())
}
