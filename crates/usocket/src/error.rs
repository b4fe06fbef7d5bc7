//! The one place of this crate where an engine error becomes a Python exception.

use crate::environment::Environment;
use quecpy_net::{Error, errno};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{AsObject, VirtualMachine};

/// `OSError(number)` as MicroPython has it: the class is OSError itself, `args` is `(number,)`, `errno` is the
/// number, and the text is `[Errno 110] ETIMEDOUT` where the module knows a name.
pub fn os_error(number: i32, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let exception = vm.new_exception(vm.ctx.exceptions.os_error.to_owned(), vec![vm.ctx.new_int(number).into()]);
    // RustPython by itself fills these two only when OSError is called with two arguments, and then picks a subclass.
    let _ = exception.as_object().set_attr("errno", vm.ctx.new_int(number), vm);
    if let Some(name) = errno::name(number) {
        let _ = exception.as_object().set_attr("strerror", vm.ctx.new_str(name), vm);
    }
    exception
}

/// `OSError(-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')`, or with the number alone where the firmware has no texts.
fn tls_error(number: i32, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let texts = Environment::of(vm).is_ok_and(|e| e.semantics.tls_error_texts);
    let name = quecpy_net::tls::error_name(number).filter(|_| texts);
    let args = std::iter::once(vm.ctx.new_int(number).into()).chain(name.map(|name| vm.ctx.new_str(name).into()));
    let exception = vm.new_exception(vm.ctx.exceptions.os_error.to_owned(), args.collect());
    let _ = exception.as_object().set_attr("errno", vm.ctx.new_int(number), vm);
    exception
}

/// An engine error as an exception. Where a firmware has its own number for a case, the caller has put it in.
pub fn raise(e: Error, vm: &VirtualMachine) -> PyBaseExceptionRef {
    match e {
        Error::Errno(number) => os_error(number, vm),
        // Callers that resolve names choose the firmware's number; this is MicroPython's.
        Error::NameNotFound => os_error(-2, vm),
        Error::Interrupted => os_error(errno::EINTR, vm),
        Error::Tls(number) => tls_error(number, vm),
    }
}
