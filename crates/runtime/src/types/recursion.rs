//! Native recursion: a long chain of objects that lead to each other (iterators of iterators, methods of methods) ends in
//! RuntimeError, as in MicroPython, and never in an overflow of the host's stack.
//!
//! The VM measures its native stack where Python code is called, compared, hashed and printed, but not where a built-in
//! iterator asks the next one or a built-in callable calls another. Those slots are led through the same measurement.

use super::original::Original;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

type Next = fn(&PyObject, &VirtualMachine) -> PyResult<PyIterReturn>;
type Call = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult;
type VectorCall = fn(&PyObject, Vec<PyObjectRef>, usize, Option<&[PyObjectRef]>, &VirtualMachine) -> PyResult;

/// What the types did before, in the order of [`iterators`] and [`callables`].
static NEXT: [Original<Next>; 11] = [const { Original::new() }; 11];
static CALL: [Original<Call>; 6] = [const { Original::new() }; 6];
static VECTOR_CALL: [Original<VectorCall>; 6] = [const { Original::new() }; 6];

/// What they do now.
const MEASURED_NEXT: [Next; 11] = [
    next::<0>, next::<1>, next::<2>, next::<3>, next::<4>, next::<5>, next::<6>, next::<7>, next::<8>, next::<9>,
    next::<10>,
];
const MEASURED_CALL: [Call; 6] = [call::<0>, call::<1>, call::<2>, call::<3>, call::<4>, call::<5>];
const MEASURED_VECTOR_CALL: [VectorCall; 6] =
    [vector_call::<0>, vector_call::<1>, vector_call::<2>, vector_call::<3>, vector_call::<4>, vector_call::<5>];

/// Iterators that ask other objects. Generators are measured by the VM.
fn iterators(vm: &VirtualMachine) -> [&'static Py<PyType>; 11] {
    let types = &vm.ctx.types;
    [
        types.enumerate_type,
        types.filter_type,
        types.map_type,
        types.zip_type,
        types.iter_type,
        types.reverse_iter_type,
        types.callable_iterator,
        types.async_generator_asend,
        types.async_generator_athrow,
        types.anext_awaitable,
        types.coroutine_wrapper_type,
    ]
}

/// Callables that call other objects.
fn callables(vm: &VirtualMachine) -> [&'static Py<PyType>; 6] {
    let types = &vm.ctx.types;
    [
        types.type_type,
        types.bound_method_type,
        types.method_wrapper_type,
        types.wrapper_descriptor_type,
        types.builtin_function_or_method_type,
        types.method_descriptor_type,
    ]
}

pub(super) fn install(vm: &VirtualMachine) {
    for (i, class) in iterators(vm).into_iter().enumerate() {
        NEXT[i].keep(class.slots().iternext.swap(Some(MEASURED_NEXT[i])));
    }
    for (i, class) in callables(vm).into_iter().enumerate() {
        let slots = class.slots();
        CALL[i].keep(slots.call.swap(Some(MEASURED_CALL[i])));
        if let Some(original) = slots.vectorcall.load() {
            VECTOR_CALL[i].keep(Some(original));
            slots.vectorcall.store(Some(MEASURED_VECTOR_CALL[i]));
        }
    }
}

/// A class that a script derives from one of these types finds the type's old function by its attribute.
pub(super) fn settle(class: &Py<PyType>) {
    let slots = class.slots();
    if let Some(now) = slots.iternext.load()
        && let Some(i) = NEXT.iter().position(|kept| kept.0.get().is_some_and(|f| *f as usize == now as usize))
    {
        slots.iternext.store(Some(MEASURED_NEXT[i]));
    }
    if let Some(now) = slots.call.load()
        && let Some(i) = CALL.iter().position(|kept| kept.0.get().is_some_and(|f| *f as usize == now as usize))
    {
        slots.call.store(Some(MEASURED_CALL[i]));
    }
}

fn next<const TYPE: usize>(iterator: &PyObject, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    let original = NEXT[TYPE].get(vm)?;
    vm.with_recursion("", || original(iterator, vm))
}

fn call<const TYPE: usize>(callable: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let original = CALL[TYPE].get(vm)?;
    vm.with_recursion("", || original(callable, args, vm))
}

fn vector_call<const TYPE: usize>(
    callable: &PyObject,
    args: Vec<PyObjectRef>,
    positional: usize,
    keywords: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    let original = VECTOR_CALL[TYPE].get(vm)?;
    vm.with_recursion("", || original(callable, args, positional, keywords, vm))
}
