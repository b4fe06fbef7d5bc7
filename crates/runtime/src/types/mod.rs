//! Built-in types in the form that MicroPython has them. What varies between firmware columns is looked up when it
//! is used: RustPython's built-in types are shared by all VMs of a process, and changed once.

mod absent;
mod bytearrays;
mod bytes;
mod classes;
mod dir;
mod finalisers;
mod floats;
mod inheritance;
mod int_bytes;
mod integers;
mod internal;
mod lists;
mod numbers;
mod printing;
mod recursion;
mod represent;
mod sizes;
mod slices;
mod special_methods;
mod stringify;
mod supers;
mod text;
mod views;
mod widths;

pub(crate) use dir::dir;
pub(crate) use finalisers::{current_instruction, sys_of_unraisable};
pub(crate) use stringify::text as text_of;
pub(crate) use supers::install_name as install_super;

use once_cell::sync::OnceCell;
use rustpython_vm::builtins::descriptor::PyMethodDescriptor;
use rustpython_vm::builtins::{PyStr, PyType};
use rustpython_vm::frame::current_code;
use rustpython_vm::function::{PyMethodDef, PySetterValue};
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

/// How the names of the test runner's own modules begin.
const TEST_RUNNER: &str = "_pytest";

static ONCE: OnceCell<()> = OnceCell::new();

/// Changes the types, once in a process.
pub(crate) fn install(vm: &VirtualMachine) {
    ONCE.get_or_init(|| {
        bytes::install(vm);
        bytearrays::install(vm);
        lists::install(vm);
        numbers::install(vm);
        floats::install(vm);
        text::install(vm);
        slices::install(vm);
        printing::install(vm);
        let slot = &vm.ctx.types.function_type.slots().setattro;
        SET_ATTRIBUTE.keep(slot.load());
        slot.store(Some(set_nothing));
        classes::install(vm);
        finalisers::install(vm);
        internal::install(vm);
        recursion::install(vm);
        sizes::install(vm);
        views::install(vm);
        widths::install(vm);
        integers::install(vm);
        int_bytes::install(vm);
        represent::install(vm);
        supers::install(vm);
        special_methods::install(vm);
        // Last: some methods are there in some firmware only.
        absent::install(vm);
    });
}

type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static SET_ATTRIBUTE: Original<SetAttribute> = Original::new();

/// Functions take no attributes, but for the marks that the test runner puts on them.
fn set_nothing(function: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    if is_test_runner() {
        return SET_ATTRIBUTE.get(vm)?(function, name, value, vm);
    }
    Err(vm.new_no_attribute_error(function.to_owned(), name.to_owned()))
}

/// Whether the test runner's own code is at work.
pub(crate) fn is_test_runner() -> bool {
    current_code().is_some_and(|code| code.source_path().as_str().starts_with(TEST_RUNNER))
}

/// Keeps what a type had in a slot before it was changed.
pub(crate) struct Original<F>(OnceCell<F>);

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
fn attribute(class: &Py<PyType>, name: &'static str, vm: &VirtualMachine) -> Option<rustpython_vm::PyObjectRef> {
    class.attributes().get(vm.ctx.intern_str(name))
}
