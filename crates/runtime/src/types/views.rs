//! What `{}.keys()` and its like are not: sets. They are looked through and iterated only (`dict_view_binary_op` in
//! `py/objdict.c`). And `dict([1])`, of whose refusal the VM would make a note that exceptions do not take.

use super::original::Original;
use super::sizes::check_before;
use rustpython_vm::builtins::{PyDict, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

type VectorCall = fn(&PyObject, Vec<PyObjectRef>, usize, Option<&[PyObjectRef]>, &VirtualMachine) -> PyResult;
type Init = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;

/// What the type did before.
static INIT: Original<Init> = Original::new();
static VECTOR_CALL: Original<VectorCall> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for class in [types.dict_keys_type, types.dict_items_type, types.dict_values_type] {
        let slots = &class.slots().as_number;
        for slot in [&slots.and, &slots.or, &slots.xor, &slots.subtract] {
            slot.store(None);
        }
        for slot in [&slots.right_and, &slots.right_or, &slots.right_xor, &slots.right_subtract] {
            slot.store(None);
        }
        class.attributes().remove(vm.ctx.intern_str("isdisjoint"));
        class.modified();
    }
    check_before(types.dict_type, "update", update, vm);
    let slots = types.dict_type.slots();
    INIT.keep(slots.init.swap(Some(init)));
    if let Some(original) = slots.vectorcall.load() {
        VECTOR_CALL.keep(Some(original));
        slots.vectorcall.store(Some(vector_call));
    }
}

fn init(dict: &PyObject, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    settle(args.args.first_mut(), vm)?;
    INIT.get(vm)?(dict, args, vm)
}

fn vector_call(
    class: &PyObject,
    mut args: Vec<PyObjectRef>,
    positional: usize,
    keywords: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    settle(args.first_mut().filter(|_| positional > 0), vm)?;
    VECTOR_CALL.get(vm)?(class, args, positional, keywords, vm)
}

fn update(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    settle(args.args.get_mut(1), vm)
}

/// Makes pairs of what is neither a dict nor its like.
fn settle(content: Option<&mut PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(content) = content
        && content.downcast_ref::<PyDict>().is_none()
        && vm.get_attribute_opt(content, "keys")?.is_none()
    {
        let pairs = vm.extract_elements_with(content, |pair| checked(pair, vm))?;
        *content = vm.ctx.new_list(pairs).into();
    }
    Ok(())
}

/// A pair as a tuple.
fn checked(pair: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if pair.downcast_ref::<PyTuple>().is_some_and(|pair| pair.as_slice().len() == 2) {
        return Ok(pair);
    }
    let parts = vm.extract_elements_with(&pair, Ok)?;
    if parts.len() != 2 {
        return Err(vm.new_value_error("dict update sequence has wrong length"));
    }
    Ok(vm.ctx.new_tuple(parts).into())
}
