//! Widths and precisions of formats: `'%9999999999d' % 1` and `'{:>9999999999}'.format(1)` raise MemoryError before the VM
//! fills the host's memory with blanks.

use super::original::Original;
use super::sizes::check_before;
use quecpy_modules::bridge::heap;
use rustpython_vm::builtins::{PyInt, PyStr, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

type Remainder = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;

/// What the type did before.
static REMAINDER: Original<Remainder> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    let slots = &types.str_type.slots().as_number;
    REMAINDER.keep(slots.remainder.swap(Some(remainder)));
    for class in [types.str_type, types.int_type, types.float_type, types.bool_type, types.complex_type] {
        check_before(class, "__format__", specification, vm);
    }
}

/// `'%5d' % x`
fn remainder(format: &PyObject, values: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let Some(text) = format.downcast_ref::<PyStr>() {
        let value = |i: usize| {
            let values = values.downcast_ref::<PyTuple>()?;
            values.as_slice().get(i)?.downcast_ref::<PyInt>()?.try_to_primitive::<i64>(vm).ok()
        };
        heap::check(widths(text.as_bytes(), value), vm)?;
    }
    REMAINDER.get(vm)?(format, values, vm)
}

/// All widths and precisions of a format with `%` together. `value` looks up the number that stands for a `*`.
fn widths(format: &[u8], value: impl Fn(usize) -> Option<i64>) -> usize {
    let mut total = 0usize;
    let mut taken = 0;
    let mut bytes = format.iter().copied().peekable();
    while bytes.any(|b| b == b'%') {
        if bytes.next_if_eq(&b'(').is_some() {
            bytes.any(|b| b == b')');
        }
        let mut number = 0usize;
        // Flags, width and precision, and the letter.
        for b in bytes.by_ref() {
            match b {
                b'0'..=b'9' => number = number.saturating_mul(10).saturating_add(usize::from(b - b'0')),
                b'*' => {
                    let width = value(taken).map_or(0, i64::unsigned_abs);
                    total = total.saturating_add(usize::try_from(width).unwrap_or(usize::MAX));
                    taken += 1;
                }
                b'.' | b'#' | b'-' | b' ' | b'+' => total = total.saturating_add(std::mem::take(&mut number)),
                b'%' => break,
                _ => {
                    taken += 1;
                    break;
                }
            }
        }
        total = total.saturating_add(number);
    }
    total
}

/// `x.__format__('>5.3f')`
fn specification(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let Some(text) = args.args.get(1).and_then(|text| text.downcast_ref::<PyStr>()) else { return Ok(()) };
    let mut total = 0usize;
    let mut number = 0usize;
    for b in text.as_bytes() {
        if b.is_ascii_digit() {
            number = number.saturating_mul(10).saturating_add(usize::from(b - b'0'));
        } else {
            total = total.saturating_add(std::mem::take(&mut number));
        }
    }
    heap::check(total.saturating_add(number), vm)
}

#[cfg(test)]
mod tests {
    use super::widths;

    fn of(format: &str, values: &[i64]) -> usize {
        widths(format.as_bytes(), |i| values.get(i).copied())
    }

    #[test]
    fn widths_and_precisions_count_and_text_does_not() {
        assert_eq!(of("tel. 8613800000000: %5d %% %-7.3f 99999999999", &[]), 15);
        assert_eq!(of("%(1234567890)s", &[]), 0);
        assert_eq!(of("%99999999999999999999999d", &[]), usize::MAX);
    }

    #[test]
    fn a_star_stands_for_a_value() {
        assert_eq!(of("%d %*d %.*f", &[7, 100, 5, 20, 3]), 120);
        assert_eq!(of("%*d", &[-50, 1]), 50);
        assert_eq!(of("%*d", &[]), 0);
    }
}
