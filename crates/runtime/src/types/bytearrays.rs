//! `bytearray` as MicroPython has it (`py/objarray.c`): elements take the low byte of any int, a slice takes bytes of any
//! length, nothing is deleted, and it grows while a `memoryview` looks at it.

use super::original::{Original, attribute};
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyByteArray, PyInt, PyMemoryView, PySlice, PyStr, PyType};
use rustpython_vm::function::{ArgBytesLike, FuncArgs};
use rustpython_vm::protocol::{BufferResizeGuard, PyMapping, PySequence};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};

type Assign = fn(PyMapping<'_>, &PyObject, Option<PyObjectRef>, &VirtualMachine) -> PyResult<()>;
type Init = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;

/// What the types did before.
static INIT: Original<Init> = Original::new();
static ASSIGN_IN_VIEW: Original<Assign> = Original::new();

pub(super) fn install(vm: &VirtualMachine) {
    let class = vm.ctx.types.bytearray_type;
    let slots = class.slots();
    INIT.keep(slots.init.swap(Some(init)));
    slots.as_mapping.ass_subscript.store(Some(assign));
    slots.as_sequence.ass_item.store(Some(assign_item));
    slots.as_sequence.inplace_concat.store(Some(inplace_concat));
    slots.as_sequence.repeat.store(None);
    slots.as_sequence.inplace_repeat.store(None);
    method(class, "append", vm.new_method("append", class, append).into(), vm);
    method(class, "extend", vm.new_method("extend", class, extend).into(), vm);
    let view = vm.ctx.types.memoryview_type.slots();
    ASSIGN_IN_VIEW.keep(view.as_mapping.ass_subscript.swap(Some(assign_in_view)));
}

fn method(class: &'static Py<PyType>, name: &'static str, method: PyObjectRef, vm: &VirtualMachine) {
    debug_assert!(attribute(class, name, vm).is_some());
    class.set_str_attr(name, method, &vm.ctx);
}

/// The low byte of an int.
fn byte(value: &PyObject, vm: &VirtualMachine) -> PyResult<u8> {
    let Some(int) = value.downcast_ref::<PyInt>() else {
        return Err(vm.new_type_error(format!("can't convert {} to int", value.class().name())));
    };
    Ok(match int.try_to_primitive::<i64>(vm) {
        Ok(small) => small.to_le_bytes()[0],
        Err(_) => int.as_bigint().to_signed_bytes_le().first().copied().unwrap_or(0),
    })
}

/// What something with a buffer holds, and a text for its bytes.
fn buffer(value: &PyObjectRef, vm: &VirtualMachine) -> Option<Vec<u8>> {
    if let Some(text) = value.downcast_ref::<PyStr>() {
        return Some(text::bytes_of(text, vm).into_owned());
    }
    Some(ArgBytesLike::try_from_object(vm, value.clone()).ok()?.borrow_buf().to_vec())
}

fn elements(value: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    match buffer(value, vm) {
        Some(bytes) => Ok(bytes),
        None => vm.extract_elements_with(value, |element| byte(&element, vm)),
    }
}

fn own<'a>(object: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a Py<PyByteArray>> {
    object.downcast_ref().ok_or_else(|| vm.new_type_error("a bytearray is required"))
}

/// `bytearray([1, 300])`
fn init(object: &PyObject, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    if !args.kwargs.is_empty() {
        return Err(vm.new_type_error("function doesn't take keyword arguments"));
    }
    if let [content, _, ..] = args.args.as_slice()
        && let Some(text) = content.downcast_ref::<PyStr>()
    {
        args.args = vec![vm.ctx.new_bytes(text::bytes_of(text, vm).into_owned()).into()];
    }
    if let [content] = args.args.as_mut_slice()
        && content.downcast_ref::<PyInt>().is_none()
        && content.downcast_ref::<PyStr>().is_none()
        && buffer(content, vm).is_none()
    {
        let bytes = vm.extract_elements_with(content, |element| byte(&element, vm))?;
        *content = vm.ctx.new_bytes(bytes).into();
    }
    INIT.get(vm)?(object, args, vm)
}

fn assign(array: PyMapping<'_>, index: &PyObject, value: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let own = own(array.obj, vm)?;
    let Some(value) = value else { return Err(no_deletion(array.obj, vm)) };
    let Some(slice) = index.downcast_ref::<PySlice>() else {
        let value = byte(&value, vm)?;
        let length = own.borrow_buf().len();
        let at = index.try_index_opt(vm).transpose()?.ok_or_else(|| {
            vm.new_type_error(format!("bytearray indices must be integers, not {}", index.class().name()))
        })?;
        let at = at.try_to_primitive::<isize>(vm).ok().and_then(|at| wrap(at, length));
        return put(own, at, value, vm);
    };
    if super::slices::has_step(slice, vm) {
        return Err(super::slices::no_step(vm));
    }
    let Some(bytes) = buffer(&value, vm).filter(|_| value.downcast_ref::<PyStr>().is_none()) else {
        return Err(wants_bytes(vm));
    };
    let (range, _, _) = slice.to_saturated(vm)?.adjust_indices(own.borrow_buf().len());
    // One that ends before it begins is empty, where it begins.
    let range = range.start..range.end.max(range.start);
    if bytes.len() < range.len() && own.try_resizable_opt().is_none() {
        return Err(vm.new_buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    own.borrow_buf_mut().splice(range, bytes);
    Ok(())
}

fn wants_bytes(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = vm.ctx.exceptions.not_implemented_error.to_owned();
    vm.new_exception_msg(class, "array/bytes required on right side".into())
}

fn wrap(at: isize, length: usize) -> Option<usize> {
    at.checked_add(if at < 0 { isize::try_from(length).ok()? } else { 0 })?.try_into().ok().filter(|at| *at < length)
}

fn put(array: &Py<PyByteArray>, at: Option<usize>, value: u8, vm: &VirtualMachine) -> PyResult<()> {
    let mut bytes = array.borrow_buf_mut();
    match at.and_then(|at| bytes.get_mut(at)) {
        Some(place) => {
            *place = value;
            Ok(())
        }
        None => Err(vm.new_index_error("bytearray index out of range")),
    }
}

fn assign_item(array: PySequence<'_>, at: isize, value: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let Some(value) = value else { return Err(no_deletion(array.obj, vm)) };
    let own = own(array.obj, vm)?;
    let value = byte(&value, vm)?;
    let at = wrap(at, own.borrow_buf().len());
    put(own, at, value, vm)
}

fn no_deletion(object: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error(format!("'{}' object doesn't support item deletion", object.class().name()))
}

fn inplace_concat(array: PySequence<'_>, more: &PyObject, vm: &VirtualMachine) -> PyResult {
    let bytes = elements(&more.to_owned(), vm)?;
    own(array.obj, vm)?.borrow_buf_mut().extend(bytes);
    Ok(array.obj.to_owned())
}

fn append(array: PyRef<PyByteArray>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let value = byte(&value, vm)?;
    array.borrow_buf_mut().push(value);
    Ok(())
}

fn extend(array: PyRef<PyByteArray>, more: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let bytes = elements(&more, vm)?;
    array.borrow_buf_mut().extend(bytes);
    Ok(())
}

/// `view[0] = 300`: the low bits of an int, as many as an element has.
fn assign_in_view(
    view: PyMapping<'_>,
    index: &PyObject,
    value: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let Some(value) = value else { return Err(no_deletion(view.obj, vm)) };
    let original = ASSIGN_IN_VIEW.get(vm)?;
    if index.downcast_ref::<PySlice>().is_some() {
        if value.downcast_ref::<PyStr>().is_some() || buffer(&value, vm).is_none() {
            return Err(wants_bytes(vm));
        }
        return original(view, index, Some(value), vm);
    }
    let Some(number) = value.downcast_ref::<PyInt>().filter(|_| view.obj.downcastable::<PyMemoryView>()) else {
        return original(view, index, Some(value), vm);
    };
    let format: String = view.obj.get_attr("format", vm)?.try_into_value(vm)?;
    let size: u32 = view.obj.get_attr("itemsize", vm)?.try_into_value(vm)?;
    let bits = size.saturating_mul(8).min(64);
    let letter = format.bytes().last().unwrap_or(b'B');
    if !letter.is_ascii_alphabetic() || matches!(letter, b'f' | b'd') || bits == 0 {
        return original(view, index, Some(value), vm);
    }
    let mut low = [if number.as_bigint().cmp(&0.into()).is_lt() { 0xff } else { 0 }; 8];
    for (place, byte) in low.iter_mut().zip(number.as_bigint().to_signed_bytes_le()) {
        *place = byte;
    }
    let signed = i64::from_le_bytes(low) << (64 - bits) >> (64 - bits);
    let unsigned = u64::from_le_bytes(low) << (64 - bits) >> (64 - bits);
    let wrapped = if letter.is_ascii_lowercase() { vm.ctx.new_int(signed) } else { vm.ctx.new_int(unsigned) };
    original(view, index, Some(wrapped.into()), vm)
}
