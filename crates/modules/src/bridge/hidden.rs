//! Attributes that the VM's types have and no module has. Scripts do not see them (crate `runtime`, `walls.rs`); what this
//! program needs of them itself is kept here.

use rustpython_vm::builtins::{PyCode, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};
use std::sync::OnceLock;

/// One attribute of a type, as the type had it.
#[derive(Debug)]
pub struct Attribute {
    /// The class that has it.
    pub class: &'static Py<PyType>,
    /// The attribute's name.
    pub name: &'static str,
    /// What reads it.
    pub descriptor: PyObjectRef,
}

/// The types are shared by all VMs of a process.
static ATTRIBUTES: OnceLock<Vec<Attribute>> = OnceLock::new();

/// Keeps what is about to be taken away, once in a process.
pub fn keep(attributes: Vec<Attribute>) {
    // The first VM found them all.
    let _ = ATTRIBUTES.set(attributes);
}

/// An attribute that scripts do not see.
///
/// # Errors
/// AttributeError for what is not kept.
pub fn get(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> PyResult {
    let fits = |attribute: &&Attribute| attribute.name == name && object.class().fast_issubclass(attribute.class);
    let attribute = ATTRIBUTES.get().into_iter().flatten().find(fits);
    let get = attribute.and_then(|found| Some((found, found.descriptor.class().slots().descr_get.load()?)));
    match get {
        Some((found, get)) => get(&found.descriptor, Some(object), Some(object.class().as_object()), vm),
        None => Err(vm.new_no_attribute_error(object.to_owned(), vm.ctx.new_str(name))),
    }
}

/// The code of a function.
///
/// # Errors
/// AttributeError for what is not written in Python.
pub fn code(function: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
    get(function, "__code__", vm)?.try_into_value(vm)
}
