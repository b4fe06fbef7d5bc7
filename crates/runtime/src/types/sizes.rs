//! Sizes that a script asks for in one step: checked before the VM takes the memory, which ends the program when the
//! host has not as much. `"a" * n`, `a + b`, `list(range(n))`, `join`, `replace`, `center`.

use super::original::{Original, attribute, native};
use memchr::memmem;
use quecpy_modules::bridge::heap;
use rustpython_vm::builtins::{
    PyByteArray, PyBytes, PyInt, PyList, PyRange, PyStr, PyStrRef, PyTuple, PyType, PyTypeRef,
};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::protocol::PySequence;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

type Repeat = fn(PySequence<'_>, isize, &VirtualMachine) -> PyResult;
type Concat = fn(PySequence<'_>, &PyObject, &VirtualMachine) -> PyResult;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type Init = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;
type VectorCall = fn(&PyObject, Vec<PyObjectRef>, usize, Option<&[PyObjectRef]>, &VirtualMachine) -> PyResult;
type Represent = fn(&PyObject, &VirtualMachine) -> PyResult<PyStrRef>;
type Check = fn(&mut FuncArgs, &VirtualMachine) -> PyResult<()>;

/// What the types did before; those of [`sequences`], in that order.
static REPEAT: [Original<Repeat>; 5] = [const { Original::new() }; 5];
static CONCAT: [Original<Concat>; 5] = [const { Original::new() }; 5];
static INPLACE_REPEAT: [Original<Repeat>; 5] = [const { Original::new() }; 5];
static INPLACE_CONCAT: [Original<Concat>; 5] = [const { Original::new() }; 5];
/// Those of [`collections`].
static NEW: [Original<New>; 6] = [const { Original::new() }; 6];
static INIT: [Original<Init>; 6] = [const { Original::new() }; 6];
static VECTOR_CALL: [Original<VectorCall>; 6] = [const { Original::new() }; 6];

/// Those of [`containers`].
static REPRESENT: [Original<Represent>; 6] = [const { Original::new() }; 6];

const CHECKED_REPEAT: [Repeat; 5] = [repeat::<0>, repeat::<1>, repeat::<2>, repeat::<3>, repeat::<4>];
const CHECKED_CONCAT: [Concat; 5] = [concat::<0>, concat::<1>, concat::<2>, concat::<3>, concat::<4>];
const CHECKED_INPLACE_REPEAT: [Repeat; 5] =
    [inplace_repeat::<0>, inplace_repeat::<1>, inplace_repeat::<2>, inplace_repeat::<3>, inplace_repeat::<4>];
const CHECKED_INPLACE_CONCAT: [Concat; 5] =
    [inplace_concat::<0>, inplace_concat::<1>, inplace_concat::<2>, inplace_concat::<3>, inplace_concat::<4>];
const CHECKED_NEW: [New; 6] = [new::<0>, new::<1>, new::<2>, new::<3>, new::<4>, new::<5>];
const CHECKED_INIT: [Init; 6] = [init::<0>, init::<1>, init::<2>, init::<3>, init::<4>, init::<5>];
const CHECKED_VECTOR_CALL: [VectorCall; 6] =
    [vector_call::<0>, vector_call::<1>, vector_call::<2>, vector_call::<3>, vector_call::<4>, vector_call::<5>];

const CHECKED_REPRESENT: [Represent; 6] =
    [represent::<0>, represent::<1>, represent::<2>, represent::<3>, represent::<4>, represent::<5>];

fn sequences(vm: &VirtualMachine) -> [&'static Py<PyType>; 5] {
    let types = &vm.ctx.types;
    [types.str_type, types.bytes_type, types.bytearray_type, types.list_type, types.tuple_type]
}

fn collections(vm: &VirtualMachine) -> [&'static Py<PyType>; 6] {
    let types = &vm.ctx.types;
    [types.bytes_type, types.bytearray_type, types.list_type, types.tuple_type, types.set_type, types.frozenset_type]
}

fn containers(vm: &VirtualMachine) -> [&'static Py<PyType>; 6] {
    let types = &vm.ctx.types;
    [types.list_type, types.tuple_type, types.dict_type, types.set_type, types.frozenset_type, types.slice_type]
}

/// Bytes that an item of [`collections`] takes; of a set with its place in the table.
const ITEM: [usize; 6] = [1, 1, 8, 8, 32, 32];

pub(super) fn install(vm: &VirtualMachine) {
    for (i, class) in sequences(vm).into_iter().enumerate() {
        let slots = &class.slots().as_sequence;
        // A bytearray is not repeated.
        if let Some(original) = slots.repeat.load() {
            REPEAT[i].keep(Some(original));
            slots.repeat.store(Some(CHECKED_REPEAT[i]));
        }
        CONCAT[i].keep(slots.concat.swap(Some(CHECKED_CONCAT[i])));
        if let Some(original) = slots.inplace_repeat.load() {
            INPLACE_REPEAT[i].keep(Some(original));
            slots.inplace_repeat.store(Some(CHECKED_INPLACE_REPEAT[i]));
        }
        if let Some(original) = slots.inplace_concat.load() {
            INPLACE_CONCAT[i].keep(Some(original));
            slots.inplace_concat.store(Some(CHECKED_INPLACE_CONCAT[i]));
        }
    }
    let inherited = vm.ctx.types.object_type.slots().init.load().map(|init| init as usize);
    for (i, class) in collections(vm).into_iter().enumerate() {
        let slots = class.slots();
        NEW[i].keep(slots.new.swap(Some(CHECKED_NEW[i])));
        // One that it has from `object` refuses arguments, as long as it is that one.
        if let Some(original) = slots.init.load()
            && inherited != Some(original as usize)
        {
            INIT[i].keep(Some(original));
            slots.init.store(Some(CHECKED_INIT[i]));
        }
        if let Some(original) = slots.vectorcall.load() {
            VECTOR_CALL[i].keep(Some(original));
            slots.vectorcall.store(Some(CHECKED_VECTOR_CALL[i]));
        }
    }
    for (i, class) in containers(vm).into_iter().enumerate() {
        REPRESENT[i].keep(class.slots().repr.swap(Some(CHECKED_REPRESENT[i])));
    }
    let types = &vm.ctx.types;
    for class in [types.str_type, types.bytes_type, types.bytearray_type] {
        check_before(class, "center", length, vm);
        check_before(class, "join", join, vm);
        check_before(class, "replace", replace, vm);
    }
    check_before(types.list_type, "extend", extend::<8>, vm);
    check_before(types.bytearray_type, "extend", extend::<1>, vm);
    check_before(types.set_type, "update", extend::<32>, vm);
}

/// Puts a method in place that looks at its arguments first.
pub(super) fn check_before(class: &'static Py<PyType>, name: &'static str, check: Check, vm: &VirtualMachine) {
    // The old method lives as long as the new one, which calls it.
    let Some((kept, method)) = attribute(class, name, vm).zip(native(class, name, vm)) else { return };
    let checked = move |mut args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        let _ = &kept;
        check(&mut args, vm)?;
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr(name, vm.new_method(name, class, checked), &vm.ctx);
}

/// Bytes that a text, bytes, list or tuple takes; of anything else nothing is known.
fn size(object: &PyObject) -> usize {
    if let Some(text) = object.downcast_ref::<PyStr>() {
        text.as_bytes().len()
    } else if let Some(bytes) = object.downcast_ref::<PyBytes>() {
        bytes.as_bytes().len()
    } else if let Some(bytes) = object.downcast_ref::<PyByteArray>() {
        bytes.borrow_buf().len()
    } else if let Some(list) = object.downcast_ref::<PyList>() {
        list.borrow_vec().len().saturating_mul(size_of::<PyObjectRef>())
    } else if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        tuple.as_slice().len().saturating_mul(size_of::<PyObjectRef>())
    } else {
        0
    }
}

/// MicroPython ends a text and bytes by one more byte, which it counts when it says what it could not take.
fn end(object: &PyObject) -> usize {
    usize::from(object.downcast_ref::<PyStr>().is_some() || object.downcast_ref::<PyBytes>().is_some())
}

fn check_repeat(sequence: &PyObject, times: isize, vm: &VirtualMachine) -> PyResult<()> {
    let times = usize::try_from(times).unwrap_or(0);
    heap::check(size(sequence).saturating_mul(times).saturating_add(end(sequence)), vm)
}

fn repeat<const TYPE: usize>(sequence: PySequence<'_>, times: isize, vm: &VirtualMachine) -> PyResult {
    check_repeat(sequence.obj, times, vm)?;
    REPEAT[TYPE].get(vm)?(sequence, times, vm)
}

fn inplace_repeat<const TYPE: usize>(sequence: PySequence<'_>, times: isize, vm: &VirtualMachine) -> PyResult {
    check_repeat(sequence.obj, times, vm)?;
    INPLACE_REPEAT[TYPE].get(vm)?(sequence, times, vm)
}

fn concat<const TYPE: usize>(left: PySequence<'_>, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    heap::check(size(left.obj).saturating_add(size(right)), vm)?;
    CONCAT[TYPE].get(vm)?(left, right, vm)
}

fn inplace_concat<const TYPE: usize>(left: PySequence<'_>, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let item = if left.obj.downcast_ref::<PyList>().is_some() { size_of::<PyObjectRef>() } else { 1 };
    heap::check(size(left.obj).saturating_add(size(right)).saturating_add(size_of_range(right, item, vm)), vm)?;
    INPLACE_CONCAT[TYPE].get(vm)?(left, right, vm)
}

/// Bytes that the items of a range take, each so many; of anything else nothing is known.
fn size_of_range(object: &PyObject, item: usize, vm: &VirtualMachine) -> usize {
    match object.downcast_ref::<PyRange>() {
        // One that is too long to be counted raises OverflowError.
        Some(range) => range.as_object().length(vm).unwrap_or(usize::MAX).saturating_mul(item),
        None => 0,
    }
}

/// `bytes(n)`, `bytes(range(n))`, `list(range(n))`, ...
fn check_content<const TYPE: usize>(content: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let Some(content) = content else { return Ok(()) };
    if let Some(number) = content.downcast_ref::<PyInt>().filter(|_| ITEM[TYPE] == 1) {
        // A negative one, and one that is too large, are for the type to refuse.
        return heap::check(number.try_to_primitive::<usize>(vm).unwrap_or(0), vm);
    }
    heap::check(size_of_range(content, ITEM[TYPE], vm), vm)
}

fn new<const TYPE: usize>(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    check_content::<TYPE>(args.args.first(), vm)?;
    NEW[TYPE].get(vm)?(class, args, vm)
}

fn init<const TYPE: usize>(object: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    check_content::<TYPE>(args.args.first(), vm)?;
    INIT[TYPE].get(vm)?(object, args, vm)
}

fn vector_call<const TYPE: usize>(
    class: &PyObject,
    args: Vec<PyObjectRef>,
    positional: usize,
    keywords: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    check_content::<TYPE>(args.first(), vm)?;
    VECTOR_CALL[TYPE].get(vm)?(class, args, positional, keywords, vm)
}

/// A list that holds another one twice, which holds another one twice, and so on, is small and its text is not: it takes
/// much memory and long.
fn represent<const TYPE: usize>(container: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    vm.check_signals()?;
    let text = REPRESENT[TYPE].get(vm)?(container, vm)?;
    heap::check(text.as_bytes().len(), vm)?;
    Ok(text)
}

fn extend<const ITEM: usize>(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let added = |more: &PyObjectRef| size(more).max(size_of_range(more, ITEM, vm));
    heap::check(args.args.iter().map(added).fold(0, usize::saturating_add), vm)
}

/// `text.center(width)`
fn length(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [object, length, ..] = args.args.as_slice() else { return Ok(()) };
    let Some(length) = length.downcast_ref::<PyInt>() else { return Ok(()) };
    heap::check(length.try_to_primitive::<usize>(vm).unwrap_or(0).saturating_add(end(object)), vm)
}

fn join(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [separator, parts, ..] = args.args.as_mut_slice() else { return Ok(()) };
    let total = |parts: &[PyObjectRef]| {
        let separators = size(separator).saturating_mul(parts.len().saturating_sub(1));
        parts.iter().fold(separators, |sum, part| sum.saturating_add(size(part)))
    };
    let total = if let Some(list) = parts.downcast_ref_if_exact::<PyList>(vm) {
        total(&list.borrow_vec())
    } else if let Some(tuple) = parts.downcast_ref_if_exact::<PyTuple>(vm) {
        total(tuple.as_slice())
    } else {
        // The VM would collect them as well.
        let collected = vm.extract_elements_with(parts, Ok)?;
        let total = total(&collected);
        *parts = vm.ctx.new_list(collected).into();
        total
    };
    heap::check(total.saturating_add(end(separator)), vm)
}

fn replace(args: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [text, old, new, rest @ ..] = args.args.as_slice() else { return Ok(()) };
    let (length, replaced, replacing) = (size(text), size(old), size(new));
    let growth = replacing.saturating_sub(replaced);
    let most = match rest.first().and_then(|count| count.downcast_ref::<PyInt>()) {
        // A negative count is none.
        Some(count) => count.try_to_primitive::<usize>(vm).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let size = |places: usize| length.saturating_add(places.saturating_mul(growth)).saturating_add(end(text));
    let places = (length / replaced.max(1)).saturating_add(1).min(most);
    if heap::check(size(places), vm).is_ok() {
        return Ok(());
    }
    let found = if replaced == 0 { length + 1 } else { count(text, old) };
    heap::check(size(found.min(most)), vm)
}

/// How often a part is found in a text or in bytes.
fn count(whole: &PyObject, part: &PyObject) -> usize {
    let of = |object: &PyObject| -> Option<Vec<u8>> {
        object.downcast_ref::<PyStr>().map(|text| text.as_bytes().to_vec()).or_else(|| {
            let bytes = object.downcast_ref::<PyBytes>().map(|bytes| bytes.as_bytes().to_vec());
            bytes.or_else(|| object.downcast_ref::<PyByteArray>().map(|bytes| bytes.borrow_buf().to_vec()))
        })
    };
    match of(whole).zip(of(part)) {
        Some((whole, part)) => memmem::find_iter(&whole, &part).count(),
        None => 0,
    }
}
