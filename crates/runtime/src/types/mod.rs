//! Built-in types in the form that MicroPython has them. What varies between firmware columns is looked up when it
//! is used: RustPython's built-in types are shared by all VMs of a process, and changed once.

mod absent;
mod bytearrays;
mod bytes;
mod classes;
mod dir;
mod finalisers;
mod functions;
mod inheritance;
mod internal;
mod lists;
mod number;
mod original;
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
pub(crate) use original::{Original, is_test_runner, native};
pub(crate) use stringify::text as text_of;
pub(crate) use supers::install_name as install_super;
pub(crate) use text::install_ascii;

use number::{floats, grouping, int_bytes, integers, numbers};
use once_cell::sync::OnceCell;
use rustpython_vm::VirtualMachine;

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
        functions::install(vm);
        classes::install(vm);
        finalisers::install(vm);
        internal::install(vm);
        recursion::install(vm);
        sizes::install(vm);
        views::install(vm);
        widths::install(vm);
        grouping::install(vm);
        integers::install(vm);
        int_bytes::install(vm);
        represent::install(vm);
        supers::install(vm);
        special_methods::install(vm);
        // Last: some methods are there in some firmware only.
        absent::install(vm);
    });
}
