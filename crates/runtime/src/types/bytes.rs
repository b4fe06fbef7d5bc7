//! `bytes` and `bytearray` take a text for its UTF-8, as all of MicroPython's own functions do: `b'a' + 'b'`,
//! `memoryview('a')`, `'a' in b'abc'`, `b'%s' % 'a'`, `b'{}'.format('a')`.

use super::original::{Original, native};
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyByteArray, PyBytes, PyDict, PyStr, PyTuple, PyType, PyTypeRef};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::protocol::PySequence;
use rustpython_vm::{Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

type Concat = fn(PySequence<'_>, &PyObject, &VirtualMachine) -> PyResult;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type Contains = fn(PySequence<'_>, &PyObject, &VirtualMachine) -> PyResult<bool>;

/// What the types did before; first bytes, then bytearray.
static CONCAT: [Original<Concat>; 2] = [Original::new(), Original::new()];
static CONTAINS: [Original<Contains>; 2] = [Original::new(), Original::new()];

static NEW_VIEW: Original<New> = Original::new();

/// `memoryview('a')`
fn new_view(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if let [text] = args.args.as_mut_slice() {
        *text = plain(text, vm);
    }
    NEW_VIEW.get(vm)?(class, args, vm)
}

/// Methods that take texts too.
const METHODS: [&str; 2] = ["startswith", "endswith"];

pub(super) fn install(vm: &VirtualMachine) {
    of_class::<0>(vm.ctx.types.bytes_type, vm);
    of_class::<1>(vm.ctx.types.bytearray_type, vm);
    vm.ctx.types.bytes_type.slots().as_number.remainder.store(Some(remainder));
    vm.ctx.types.bytearray_type.slots().as_number.remainder.store(None);
    NEW_VIEW.keep(vm.ctx.types.memoryview_type.slots().new.swap(Some(new_view)));
}

fn of_class<const CLASS: usize>(class: &'static Py<PyType>, vm: &VirtualMachine) {
    let slots = &class.slots().as_sequence;
    CONCAT[CLASS].keep(slots.concat.swap(Some(concat::<CLASS>)));
    CONTAINS[CLASS].keep(slots.contains.swap(Some(contains::<CLASS>)));
    for name in METHODS {
        take_texts(class, name, vm);
    }
    class.set_str_attr("format", vm.new_method("format", class, format), &vm.ctx);
    if CLASS == 0 {
        ["strip", "lstrip", "rstrip"].into_iter().for_each(|name| give_back(class, name, vm));
    }
}

/// Puts a method in place that gives the old one bytes for its first argument.
fn take_texts(class: &'static Py<PyType>, name: &'static str, vm: &VirtualMachine) {
    let Some(method) = native(class, name, vm) else { return };
    let lenient = move |mut args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        // The object itself comes first.
        if let Some(part) = args.args.get_mut(1) {
            *part = plain(part, vm);
        }
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr(name, vm.new_method(name, class, lenient), &vm.ctx);
}

/// Puts a method in place that returns the bytes themselves where nothing was taken from them.
fn give_back(class: &'static Py<PyType>, name: &'static str, vm: &VirtualMachine) {
    let Some(method) = native(class, name, vm) else { return };
    let same = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        let own = args.args.first().cloned();
        let result = (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))?;
        let length =
            |object: &PyObject| object.downcast_ref_if_exact::<PyBytes>(vm).map(|bytes| bytes.as_bytes().len());
        Ok(match own {
            Some(own) if length(&own).is_some_and(|n| length(&result) == Some(n)) => own,
            _ => result,
        })
    };
    class.set_str_attr(name, vm.new_method(name, class, same), &vm.ctx);
}

/// The bytes of a text; anything else as it is.
fn plain(object: &PyObject, vm: &VirtualMachine) -> PyObjectRef {
    match object.downcast_ref::<PyStr>() {
        Some(text) => vm.ctx.new_bytes(text::bytes_of(text, vm).into_owned()).into(),
        None => object.to_owned(),
    }
}

fn concat<const CLASS: usize>(left: PySequence<'_>, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let original = CONCAT[CLASS].get(vm)?;
    if right.downcast_ref::<PyStr>().is_some() {
        original(left, &plain(right, vm), vm)
    } else {
        original(left, right, vm)
    }
}

fn contains<const CLASS: usize>(bytes: PySequence<'_>, part: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    CONTAINS[CLASS].get(vm)?(bytes, &plain(part, vm), vm)
}

/// Bytes seen as a text of as many characters, in which each byte is the character of its number.
fn veiled(bytes: &[u8], vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_str(bytes.iter().copied().map(char::from).collect::<String>()).into()
}

/// Back from [`veiled`]. What came from elsewhere and is no byte becomes UTF-8.
fn unveiled(text: &PyObject, bytearray: bool, vm: &VirtualMachine) -> PyResult {
    let text = text.str(vm)?.to_string();
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Ok(if bytearray { vm.ctx.new_bytearray(bytes).into() } else { vm.ctx.new_bytes(bytes).into() })
}

fn own_bytes(object: &PyObject) -> Option<(Vec<u8>, bool)> {
    if let Some(bytes) = object.downcast_ref::<PyBytes>() {
        return Some((bytes.as_bytes().to_vec(), false));
    }
    Some((object.downcast_ref::<PyByteArray>()?.borrow_buf().to_vec(), true))
}

fn veiled_text(object: &PyObject, vm: &VirtualMachine) -> Option<PyObjectRef> {
    object.downcast_ref::<PyStr>().map(|text| veiled(&text::bytes_of(text, vm), vm))
}

/// For `%s` bytes stand for themselves.
fn veiled_any(object: &PyObject, vm: &VirtualMachine) -> PyObjectRef {
    let bytes = || own_bytes(object).map(|(bytes, _)| veiled(&bytes, vm));
    veiled_text(object, vm).or_else(bytes).unwrap_or_else(|| object.to_owned())
}

/// Which arguments a format shows by their `repr`, counted without keys.
fn represented(format: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut argument = 0;
    let mut rest = format.iter();
    while rest.by_ref().any(|b| *b == b'%') {
        for byte in rest.by_ref() {
            match byte {
                b'*' => argument += 1,
                b'%' => break,
                b'r' => found.push(argument),
                _ => {}
            }
            if byte.is_ascii_alphabetic() {
                argument += 1;
                break;
            }
        }
    }
    found
}

/// `b'%s' % x`
fn remainder(left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(format) = left.downcast_ref::<PyBytes>() else { return Ok(vm.ctx.not_implemented()) };
    let args: PyObjectRef = if let Some(args) = right.downcast_ref::<PyTuple>() {
        let shown = represented(format.as_bytes());
        let veil = |(i, arg): (usize, &PyObjectRef)| if shown.contains(&i) { arg.clone() } else { veiled_any(arg, vm) };
        vm.ctx.new_tuple(args.as_slice().iter().enumerate().map(veil).collect()).into()
    } else if represented(format.as_bytes()).contains(&0) {
        right.to_owned()
    } else if let Some(args) = right.downcast_ref::<PyDict>() {
        let veiled = vm.ctx.new_dict();
        for (key, value) in args {
            veiled.set_item(&*key, veiled_any(&value, vm), vm)?;
        }
        veiled.into()
    } else {
        veiled_any(right, vm)
    };
    unveiled(&*vm._mod(&veiled(format.as_bytes(), vm), &args)?, false, vm)
}

/// `b'{}'.format(x)`
fn format(object: PyObjectRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((format, bytearray)) = own_bytes(&object) else {
        return Err(vm.new_type_error("object with buffer protocol required"));
    };
    for arg in args.args.iter_mut().chain(args.kwargs.values_mut()) {
        if let Some(text) = veiled_text(arg, vm) {
            *arg = text;
        }
    }
    let method = veiled(&format, vm).get_attr("format", vm)?;
    unveiled(&*method.call(args, vm)?, bytearray, vm)
}
