//! Numbers where the VM's results are not MicroPython's (`py/objfloat.c`, `py/objint.c`): the sign of a quotient that
//! is zero, powers of zero, results too large for a float, what `&`, `|` and `^` make of two bools (an int), and the
//! arguments of `range`.

use crate::types::original::Original;
use rustpython_vm::builtins::{PyFloat, PyInt, PyTypeRef, try_bigint_to_f64};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

type Binary = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;
type Ternary = fn(&PyObject, &PyObject, &PyObject, &VirtualMachine) -> PyResult;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// What the types did before.
static DIVIDE: Original<Binary> = Original::new();
static INT_POWER: Original<Ternary> = Original::new();
static FLOAT_POWER: Original<Ternary> = Original::new();
static NEW_RANGE: Original<New> = Original::new();

pub(in crate::types) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    DIVIDE.keep(types.int_type.slots().as_number.true_divide.load());
    INT_POWER.keep(types.int_type.slots().as_number.power.load());
    FLOAT_POWER.keep(types.float_type.slots().as_number.power.load());
    for class in [types.int_type, types.bool_type] {
        let slots = &class.slots().as_number;
        slots.true_divide.store(Some(divide));
        slots.right_true_divide.store(Some(divide));
        slots.power.store(Some(int_power));
        slots.right_power.store(Some(int_power));
    }
    let (int, bool) = (&types.int_type.slots().as_number, &types.bool_type.slots().as_number);
    for (of_bool, of_int) in [(&bool.and, &int.and), (&bool.or, &int.or), (&bool.xor, &int.xor)] {
        of_bool.store(of_int.load());
    }
    for (of_bool, of_int) in
        [(&bool.right_and, &int.right_and), (&bool.right_or, &int.right_or), (&bool.right_xor, &int.right_xor)]
    {
        of_bool.store(of_int.load());
    }
    types.float_type.slots().as_number.power.store(Some(float_power));
    types.float_type.slots().as_number.right_power.store(Some(float_power));
    NEW_RANGE.keep(types.range_type.slots().new.swap(Some(new_range)));
}

fn is_negative(int: &PyInt) -> bool {
    int.as_bigint().cmp(&0.into()).is_lt()
}

/// What C makes of a number; of an integer that is too large, infinity.
fn to_float(object: &PyObject, vm: &VirtualMachine) -> Option<f64> {
    if let Some(float) = object.downcast_ref::<PyFloat>() {
        return Some(float.to_f64());
    }
    let int = object.downcast_ref::<PyInt>()?;
    let too_large = if is_negative(int) { f64::NEG_INFINITY } else { f64::INFINITY };
    Some(try_bigint_to_f64(int.as_bigint(), vm).unwrap_or(too_large))
}

/// `1 / 2`
fn divide(left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let result = DIVIDE.get(vm)?(left, right, vm);
    let (Some(a), Some(b)) = (left.downcast_ref::<PyInt>(), right.downcast_ref::<PyInt>()) else { return result };
    let size = match &result {
        Ok(quotient) => quotient.downcast_ref::<PyFloat>().map(|float| float.to_f64()),
        Err(e) if e.fast_isinstance(vm.ctx.exceptions.overflow_error) => Some(f64::INFINITY),
        Err(_) => None,
    };
    match size {
        Some(size) if size == 0.0 || size.is_infinite() => {
            let sign = if is_negative(a) == is_negative(b) { 1.0 } else { -1.0 };
            Ok(vm.ctx.new_float(size.abs() * sign).into())
        }
        _ => result,
    }
}

/// `2 ** -1`
fn int_power(base: &PyObject, exponent: &PyObject, modulus: &PyObject, vm: &VirtualMachine) -> PyResult {
    let negative = exponent.downcast_ref::<PyInt>().is_some_and(|int| is_negative(int));
    if negative && base.downcastable::<PyInt>() && vm.is_none(modulus) {
        return float_power(base, exponent, modulus, vm);
    }
    INT_POWER.get(vm)?(base, exponent, modulus, vm)
}

/// `2.0 ** 0.5`
fn float_power(base: &PyObject, exponent: &PyObject, modulus: &PyObject, vm: &VirtualMachine) -> PyResult {
    let numbers = if vm.is_none(modulus) { to_float(base, vm).zip(to_float(exponent, vm)) } else { None };
    match numbers {
        Some((base, exponent)) if base == 0.0 && exponent < 0.0 && !exponent.is_infinite() => {
            Err(vm.new_zero_division_error("divide by zero"))
        }
        // What a root of a negative number is, a complex one, the VM knows.
        Some((base, exponent)) if base >= 0.0 || base.is_nan() || exponent.floor() == exponent || exponent.is_nan() => {
            Ok(vm.ctx.new_float(base.powf(exponent)).into())
        }
        _ => FLOAT_POWER.get(vm)?(base, exponent, modulus, vm),
    }
}

/// `range(1 << 70)`: a range holds machine words of a module, of 32 bits, but for the least one. How many numbers there are is
/// counted in such a word too: where they are more, there are none.
fn new_range(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let mut words = [0; 3];
    for (arg, word) in args.args.iter().zip(&mut words) {
        let Some(int) = arg.downcast_ref::<PyInt>() else { continue };
        *word = match int.try_to_primitive::<i32>(vm) {
            Ok(word) if word != i32::MIN => word,
            _ => return Err(vm.new_overflow_error("overflow converting long int to machine word")),
        };
    }
    if let [start, stop, ..] = args.args.as_mut_slice()
        && words[1].checked_sub(words[0]).is_none()
    {
        *stop = start.clone();
    }
    NEW_RANGE.get(vm)?(class, args, vm)
}
