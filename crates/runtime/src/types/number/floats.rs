//! `2.0 * x` of an object that has a `__float__`: MicroPython takes that (`mp_obj_get_float_maybe` in `py/obj.c`). And
//! `complex('1 1j')`, in which a blank stands for a plus (`py/parsenum.c`).

use crate::types::original::Original;
use rustpython_vm::builtins::{PyFloat, PyStr, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

type Binary = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// What the types did before: `+ - * / // %`.
static BINARY: [Original<Binary>; 6] = [const { Original::new() }; 6];
static NEW_COMPLEX: Original<New> = Original::new();

const LENIENT: [Binary; 6] = [binary::<0>, binary::<1>, binary::<2>, binary::<3>, binary::<4>, binary::<5>];

pub(in crate::types) fn install(vm: &VirtualMachine) {
    let slots = &vm.ctx.types.float_type.slots().as_number;
    let operators =
        [&slots.add, &slots.subtract, &slots.multiply, &slots.true_divide, &slots.floor_divide, &slots.remainder];
    for (i, slot) in operators.into_iter().enumerate() {
        BINARY[i].keep(slot.swap(Some(LENIENT[i])));
    }
    NEW_COMPLEX.keep(vm.ctx.types.complex_type.slots().new.swap(Some(new_complex)));
}

fn binary<const OPERATOR: usize>(left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let original = BINARY[OPERATOR].get(vm)?;
    let result = original(left, right, vm)?;
    if !result.is(&vm.ctx.not_implemented)
        || left.downcast_ref::<PyFloat>().is_none()
        || right.class().heaptype_ext().is_none()
        || right.class().get_attr(vm.ctx.intern_str("__float__")).is_none()
    {
        return Ok(result);
    }
    let number = right.to_owned().try_float(vm)?;
    original(left, number.as_object(), vm)
}

fn new_complex(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if let [text] = args.args.as_mut_slice()
        && let Some(written) = text.downcast_ref::<PyStr>().and_then(|text| text.to_str())
        && let Some((real, imaginary)) = written.trim().split_once(' ')
        && !real.ends_with(['j', 'J'])
        && imaginary.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    {
        *text = vm.ctx.new_str(format!("{real}+{imaginary}")).into();
    }
    NEW_COMPLEX.get(vm)?(class, args, vm)
}
