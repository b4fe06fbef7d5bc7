//! Texts and their UTF-8: MicroPython has no other coding and ignores the name of one.

use super::{Original, native};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyStr, PyStrRef, PyType, PyTypeRef};
use rustpython_vm::function::{ArgBytesLike, Callee, FuncArgs};
use rustpython_vm::{Py, PyResult, TryFromObject, VirtualMachine};

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    types.str_type.set_str_attr("encode", vm.new_method("encode", types.str_type, encode), &vm.ctx);
    let decoding = |class: &'static Py<PyType>| {
        class.set_str_attr("decode", vm.new_method("decode", class, decode), &vm.ctx);
    };
    decoding(types.bytes_type);
    decoding(types.bytearray_type);
    NEW_TEXT.keep(types.str_type.slots().new.swap(Some(new_text)));
    NEW_BYTES.keep(types.bytes_type.slots().new.swap(Some(new_bytes)));
    for class in [types.str_type, types.bytes_type, types.bytearray_type] {
        for name in ["split", "rsplit", "splitlines"] {
            refuse_keywords(class, name, vm);
        }
    }
}

/// MicroPython's own functions take no keywords, and these are the ones of texts that the VM gives names to.
fn refuse_keywords(class: &'static Py<PyType>, name: &'static str, vm: &VirtualMachine) {
    let Some(method) = native(class, name, vm) else { return };
    let strict = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        if !args.kwargs.is_empty() {
            return Err(no_keywords(vm));
        }
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr(name, vm.new_method(name, class, strict), &vm.ctx);
}

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// What the types did before.
static NEW_TEXT: Original<New> = Original::new();
static NEW_BYTES: Original<New> = Original::new();

/// `str(b'a', 'gbk')`: the name of the coding says nothing.
fn new_text(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if args.args.len() > 1
        && let Ok(bytes) = ArgBytesLike::try_from_object(vm, args.args[0].clone())
    {
        args.args = vec![decoded(&bytes, vm)?.into()];
    }
    NEW_TEXT.get(vm)?(class, args, vm)
}

/// `bytes('a', 'gbk')`
fn new_bytes(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if args.args.len() > 1
        && let Ok(text) = args.args[0].clone().downcast::<PyStr>()
    {
        args.args = vec![vm.ctx.new_bytes(text.as_bytes().to_vec()).into()];
    }
    NEW_BYTES.get(vm)?(class, args, vm)
}

/// No keywords, and at most the names of a coding and of what to do about errors.
fn check(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    match (args.kwargs.is_empty(), args.args.len()) {
        (true, 0..=2) => Ok(()),
        (true, n) => Err(vm.new_type_error(format!("function expected at most 3 arguments, got {}", n + 1))),
        _ => Err(no_keywords(vm)),
    }
}

fn no_keywords(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error("function doesn't take keyword arguments")
}

fn encode(text: PyStrRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    check(&args, vm)?;
    Ok(text.as_bytes().to_vec())
}

fn decode(bytes: ArgBytesLike, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    check(&args, vm)?;
    decoded(&bytes, vm)
}

fn decoded(bytes: &ArgBytesLike, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let bytes = bytes.borrow_buf();
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(vm.ctx.new_str(text)),
        Err(_) => Err(not_utf8(vm)),
    }
}

fn not_utf8(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception(vm.ctx.exceptions.unicode_error.to_owned(), vec![])
}
