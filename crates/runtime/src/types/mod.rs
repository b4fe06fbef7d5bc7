//! Built-in types in the form that MicroPython has them. What varies between firmware columns is looked up when it
//! is used: RustPython's built-in types are shared by all VMs of a process, and changed once.

mod absent;
mod bytes;
mod printing;
mod slices;
mod text;

use once_cell::sync::OnceCell;
use rustpython_vm::builtins::descriptor::PyMethodDescriptor;
use rustpython_vm::builtins::{PyStr, PyType};
use rustpython_vm::function::{PyMethodDef, PySetterValue};
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

static ONCE: OnceCell<()> = OnceCell::new();

/// Changes the types, once in a process.
pub(crate) fn install(vm: &VirtualMachine) {
    ONCE.get_or_init(|| {
        bytes::install(vm);
        text::install(vm);
        slices::install(vm);
        printing::install(vm);
        vm.ctx.types.function_type.slots().setattro.store(Some(set_nothing));
        absent::install(vm);
    });
}

/// Functions take no attributes.
fn set_nothing(function: &PyObject, name: &Py<PyStr>, _: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    Err(vm.new_no_attribute_error(function.to_owned(), name.to_owned()))
}

/// Keeps what a type had in a slot before it was changed.
struct Original<F>(OnceCell<F>);

impl<F: Copy> Original<F> {
    const fn new() -> Self {
        Self(OnceCell::new())
    }

    fn keep(&self, slot: Option<F>) {
        if let Some(function) = slot {
            // Kept once: types are changed once.
            let _ = self.0.set(function);
        }
    }

    fn get(&self, vm: &VirtualMachine) -> PyResult<F> {
        self.0.get().copied().ok_or_else(|| vm.new_system_error("a type was not set up"))
    }
}

/// A type's own method, written in Rust; to be called without a detour.
fn native(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<&'static PyMethodDef> {
    Some(attribute(class, name, vm)?.downcast_ref::<PyMethodDescriptor>()?.method)
}

/// A type's own attribute.
fn attribute(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<rustpython_vm::PyObjectRef> {
    class.attributes().get(vm.ctx.intern_str(name))
}
