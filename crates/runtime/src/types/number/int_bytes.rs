//! `int.to_bytes` and `int.from_bytes`, of which each generation reads the arguments in its own way
//! (`device::firmware::IntBytes`).

use crate::types::original::attribute;
use once_cell::sync::OnceCell;
use quecpy_device::firmware::IntBytes;
use quecpy_modules::bridge::{firmware, heap};
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt, PyStr};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgBytesLike, FuncArgs};
use rustpython_vm::types::GetDescriptor;
use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass,
};

/// Bytes of a small int of a module, beyond which MicroPython 1.12 fills with zeros.
const WORD: usize = 4;

/// The VM's own, which makes long integers.
static FROM_BYTES: OnceCell<Option<PyObjectRef>> = OnceCell::new();

pub(in crate::types) fn install(vm: &VirtualMachine) {
    let class = vm.ctx.types.int_type;
    FROM_BYTES.get_or_init(|| attribute(class, "from_bytes", vm));
    class.set_str_attr("to_bytes", vm.new_method("to_bytes", class, to_bytes), &vm.ctx);
    let _ = FromBytes::make_static_type();
    class.set_str_attr("from_bytes", FromBytes.into_pyobject(vm), &vm.ctx);
}

/// A method of the class, not of an int.
#[pyclass(module = false, name = "classmethod")]
#[derive(Debug, PyPayload)]
struct FromBytes;

#[pyclass(with(GetDescriptor))]
impl FromBytes {}

impl GetDescriptor for FromBytes {
    fn descr_get(_: &PyObject, _: Option<&PyObject>, _: Option<&PyObject>, vm: &VirtualMachine) -> PyResult {
        Ok(vm.new_function("from_bytes", from_bytes).into())
    }
}

fn is_little(order: Option<&PyObjectRef>) -> bool {
    order.and_then(|order| order.downcast_ref::<PyStr>()).is_some_and(|order| order.as_bytes() == b"little")
}

fn keywords(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error("function doesn't take keyword arguments")
}

/// What is wrong with a number of arguments, the object being one of them.
fn check(given: usize, least: usize, most: usize, vm: &VirtualMachine) -> PyResult<()> {
    if given < least {
        return Err(vm.new_type_error(format!("function missing {} required positional arguments", least - given)));
    }
    if given > most {
        return Err(vm.new_type_error(format!("function expected at most {most} arguments, got {given}")));
    }
    Ok(())
}

/// Always unsigned: what is said about the sign says nothing.
fn from_bytes(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if !args.kwargs.is_empty() {
        return Err(keywords(vm));
    }
    let least = if firmware::of(vm)?.int_bytes == IntBytes::Cut { 3 } else { 2 };
    check(args.args.len() + 1, least, 4, vm)?;
    let bytes = match args.args[0].downcast_ref::<PyStr>() {
        Some(text) => text::bytes_of(text, vm).into_owned(),
        None => ArgBytesLike::try_from_object(vm, args.args[0].clone())
            .map_err(|_| vm.new_type_error("object with buffer protocol required"))?
            .borrow_buf()
            .to_vec(),
    };
    number(bytes, is_little(args.args.get(1)), vm)
}

fn number(mut bytes: Vec<u8>, little: bool, vm: &VirtualMachine) -> PyResult {
    if !little {
        bytes.reverse();
    }
    let mut small = [0; 8];
    match small.get_mut(..bytes.len()) {
        Some(low) => {
            low.copy_from_slice(&bytes);
            Ok(vm.ctx.new_int(u64::from_le_bytes(small)).into())
        }
        None => {
            let class = vm.ctx.types.int_type.as_object();
            let long = FROM_BYTES.get().cloned().flatten().ok_or_else(|| vm.new_system_error("no long integers"))?;
            let long = vm.call_get_descriptor_specific(&long, None, Some(class)).unwrap_or(Ok(long))?;
            long.call((vm.ctx.new_bytes(bytes), vm.ctx.new_str("little")), vm)
        }
    }
}

fn is_negative(number: &PyInt) -> bool {
    number.as_bigint().cmp(&0.into()).is_lt()
}

fn to_bytes(number: PyRef<PyInt>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    let how = firmware::of(vm)?.int_bytes;
    let mut signed = is_negative(&number);
    if how == IntBytes::Signed {
        signed = take(&mut args, &number, vm)?;
    } else {
        if !args.kwargs.is_empty() {
            return Err(keywords(vm));
        }
        check(args.args.len() + 1, if how == IntBytes::Cut { 3 } else { 1 }, 4, vm)?;
    }
    let length = match args.args.first() {
        Some(length) => i64::try_from_object(vm, length.clone())?,
        None => 1,
    };
    let length =
        usize::try_from(length).map_err(|_| vm.new_exception(vm.ctx.exceptions.value_error.to_owned(), vec![]))?;
    heap::check(length.saturating_add(1), vm)?;
    let Some(mut bytes) = little_endian(&number, length, signed, how) else {
        let text = match how {
            IntBytes::Signed => format!("value would overflow a {length} byte buffer"),
            _ => "buffer too small".to_owned(),
        };
        return Err(vm.new_overflow_error(text));
    };
    if !is_little(args.args.get(1)) {
        bytes.reverse();
    }
    Ok(bytes)
}

/// Keywords become positional; tells whether the result is signed.
fn take(args: &mut FuncArgs, number: &Py<PyInt>, vm: &VirtualMachine) -> PyResult<bool> {
    if args.args.len() > 2 {
        return Err(vm.new_type_error("extra positional arguments given"));
    }
    for (place, name) in ["length", "byteorder"].into_iter().enumerate() {
        let Some(value) = args.kwargs.swap_remove(name) else { continue };
        if place == 1 && args.args.is_empty() {
            args.args.push(vm.ctx.new_int(1).into());
        }
        if args.args.len() != place {
            return Err(vm.new_type_error("extra positional arguments given"));
        }
        args.args.push(value);
    }
    let signed = match args.kwargs.swap_remove("signed") {
        Some(signed) => signed.try_to_bool(vm)?,
        None => false,
    };
    if !args.kwargs.is_empty() {
        return Err(vm.new_type_error("extra keyword arguments given"));
    }
    if !signed && is_negative(number) {
        return Err(vm.new_overflow_error("can't convert negative int to unsigned"));
    }
    Ok(signed)
}

/// None if it does not fit.
fn little_endian(number: &PyInt, length: usize, signed: bool, how: IntBytes) -> Option<Vec<u8>> {
    let negative = is_negative(number);
    let mut bytes = match number.as_bigint().bits() {
        0 => Vec::new(),
        _ if signed => number.as_bigint().to_signed_bytes_le(),
        _ => number.as_bigint().to_bytes_le().1,
    };
    let small = bytes.len() <= WORD;
    if bytes.len() > length && how != IntBytes::Cut {
        return None;
    }
    // Of a negative one MicroPython 1.12 fills a word only.
    let filled = if how == IntBytes::Cut && small { length.min(WORD) } else { length };
    bytes.resize(filled.max(bytes.len()), if negative { 0xff } else { 0 });
    bytes.resize(length, 0);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: i64, length: usize, how: IntBytes) -> Option<Vec<u8>> {
        little_endian(&PyInt::from(number), length, number < 0, how)
    }

    #[test]
    fn what_does_not_fit_is_refused_or_cut_off() {
        assert_eq!(of(258, 2, IntBytes::Checked), Some(vec![2, 1]));
        assert_eq!(of(258, 1, IntBytes::Checked), None);
        assert_eq!(of(258, 1, IntBytes::Cut), Some(vec![2]));
        assert_eq!(of(-2, 3, IntBytes::Checked), Some(vec![0xfe, 0xff, 0xff]));
        assert_eq!(of(-2, 6, IntBytes::Cut), Some(vec![0xfe, 0xff, 0xff, 0xff, 0, 0]));
        assert_eq!(of(0, 0, IntBytes::Checked), Some(vec![]));
    }
}
