//! Texts and their UTF-8: MicroPython has no other coding and ignores the name of one.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyStrRef, PyType};
use rustpython_vm::function::{ArgBytesLike, OptionalArg};
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    types.str_type.set_str_attr("encode", vm.new_method("encode", types.str_type, encode), &vm.ctx);
    let decoding = |class: &'static Py<PyType>| {
        class.set_str_attr("decode", vm.new_method("decode", class, decode), &vm.ctx);
    };
    decoding(types.bytes_type);
    decoding(types.bytearray_type);
}

fn encode(text: PyStrRef, _coding: OptionalArg<PyObjectRef>, _errors: OptionalArg<PyObjectRef>) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn decode(
    bytes: ArgBytesLike,
    _coding: OptionalArg<PyObjectRef>,
    _errors: OptionalArg<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyStrRef> {
    let bytes = bytes.borrow_buf();
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(vm.ctx.new_str(text)),
        Err(_) => Err(not_utf8(vm)),
    }
}

fn not_utf8(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception(vm.ctx.exceptions.unicode_error.to_owned(), vec![])
}
