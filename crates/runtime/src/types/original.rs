//! What a built-in type had before it was changed.

use once_cell::sync::OnceCell;
use rustpython_vm::builtins::PyType;
use rustpython_vm::builtins::descriptor::PyMethodDescriptor;
use rustpython_vm::frame::current_code;
use rustpython_vm::function::PyMethodDef;
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

/// How the names of the test runner's own modules begin.
const TEST_RUNNER: &str = "_pytest";

/// Whether the test runner's own code is at work.
pub(crate) fn is_test_runner() -> bool {
    current_code().is_some_and(|code| code.source_path().as_str().starts_with(TEST_RUNNER))
}

/// Keeps what a type had in a slot before it was changed.
pub(crate) struct Original<F>(pub(super) OnceCell<F>);

impl<F: Copy> Original<F> {
    pub(crate) const fn new() -> Self {
        Self(OnceCell::new())
    }

    pub(crate) fn keep(&self, slot: Option<F>) {
        if let Some(function) = slot {
            // Kept once: types are changed once.
            let _ = self.0.set(function);
        }
    }

    pub(crate) fn get(&self, vm: &VirtualMachine) -> PyResult<F> {
        self.0.get().copied().ok_or_else(|| vm.new_system_error("a type was not set up"))
    }
}

/// A type's own method, written in Rust; to be called without a detour.
pub(crate) fn native(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<&'static PyMethodDef> {
    Some(attribute(class, name, vm)?.downcast_ref::<PyMethodDescriptor>()?.method)
}

/// A type's own attribute.
pub(crate) fn attribute(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    class.attributes().get(vm.ctx.intern_str(name))
}
