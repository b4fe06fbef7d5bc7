//! Integers that are too large to be computed in a time that anyone waits: `10 ** (10 ** 9)` and `1 << 10 ** 10` raise
//! MemoryError. The VM computes them without looking up, and what it cannot take ends the program.

use crate::types::original::Original;
use rustpython_vm::builtins::PyInt;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

type Power = fn(&PyObject, &PyObject, &PyObject, &VirtualMachine) -> PyResult;
type Shift = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;

/// What the type did before.
static POWER: Original<Power> = Original::new();
static SHIFT: Original<Shift> = Original::new();

/// Bits of the largest result. Chosen: ten million decimal digits, four MiB, are more than a module's heap holds, and take
/// a host about a second.
const LARGEST: u64 = 1 << 25;

pub(in crate::types) fn install(vm: &VirtualMachine) {
    // Of a pair of an int and a bool the VM takes the slots for different ones unless they are the same.
    for class in [vm.ctx.types.int_type, vm.ctx.types.bool_type] {
        let slots = &class.slots().as_number;
        POWER.keep(slots.power.swap(Some(power)));
        slots.right_power.store(Some(power));
        SHIFT.keep(slots.lshift.swap(Some(shift)));
        slots.right_lshift.store(Some(shift));
    }
}

fn power(base: &PyObject, exponent: &PyObject, modulus: &PyObject, vm: &VirtualMachine) -> PyResult {
    if vm.is_none(modulus)
        && let Some((base, exponent)) = base.downcast_ref::<PyInt>().zip(exponent.downcast_ref::<PyInt>())
        // 0, 1 and -1 stay what they are; a negative exponent gives a float.
        && base.as_bigint().bits() > 1
        && exponent.try_to_primitive::<i64>(vm).map_or(true, |n| n > 0)
    {
        let times = exponent.try_to_primitive::<u64>(vm).unwrap_or(u64::MAX);
        check((base.as_bigint().bits() - 1).saturating_mul(times), vm)?;
    }
    POWER.get(vm)?(base, exponent, modulus, vm)
}

fn shift(number: &PyObject, places: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let Some((number, places)) = number.downcast_ref::<PyInt>().zip(places.downcast_ref::<PyInt>())
        // What does not fit into a machine word is for the VM to refuse.
        && let Ok(places) = places.try_to_primitive::<u64>(vm)
        && number.as_bigint().bits() > 0
    {
        check(number.as_bigint().bits().saturating_add(places), vm)?;
    }
    SHIFT.get(vm)?(number, places, vm)
}

fn check(bits: u64, vm: &VirtualMachine) -> PyResult<()> {
    if bits <= LARGEST {
        return Ok(());
    }
    Err(vm.new_memory_error(format!("memory allocation failed, allocating {} bytes", bits / 8)))
}
