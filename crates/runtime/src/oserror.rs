//! `OSError(2)` as MicroPython has it: `errno` is the first argument, the text is `[Errno 2] ENOENT`, and calling
//! the class with two arguments picks no subclass.
//!
//! RustPython's built-in types are shared by all VMs of a process; the change is the same for every session.

use once_cell::sync::OnceCell;
use quecpy_net::errno;
use rustpython_vm::builtins::{PyInt, PyStr};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

type Initialise = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;

/// RustPython's own initialiser, which ours calls.
static ORIGINAL: OnceCell<Option<Initialise>> = OnceCell::new();

/// Gives OSError its initialiser. With another than its own, RustPython's constructor leaves all to it.
pub(crate) fn install(vm: &VirtualMachine) {
    let slot = &vm.ctx.exceptions.os_error.slots.init;
    ORIGINAL.get_or_init(|| slot.swap(Some(initialise)));
}

fn initialise(exception: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let number = args.args.first().and_then(|a| a.downcast_ref::<PyInt>()?.try_to_primitive::<i32>(vm).ok());
    let text = args.args.get(1).and_then(|a| Some(a.downcast_ref::<PyStr>()?.to_string_lossy().into_owned()));
    let alone = args.args.len() == 1;
    if let Some(original) = ORIGINAL.get().copied().flatten() {
        original(exception, args, vm)?;
    }
    let Some(number) = number else { return Ok(()) };
    let message = match (errno::name(number), text) {
        (Some(name), Some(text)) => format!("{name}: {text}"),
        (Some(name), None) if alone => name.to_owned(),
        _ if alone => return exception.set_attr("errno", vm.ctx.new_int(number), vm),
        _ => return Ok(()),
    };
    exception.set_attr("errno", vm.ctx.new_int(number), vm)?;
    exception.set_attr("strerror", vm.ctx.new_str(message), vm)
}
