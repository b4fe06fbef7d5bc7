//! What happens when an object goes away: nothing that a script could notice. MicroPython runs neither `__del__` of a
//! script's class nor `finally` of a generator that is left early, in no generation (`py/objtype.c` and
//! `py/objgenerator.c` allocate both without a finaliser).

use super::original::attribute;
use once_cell::sync::OnceCell;
use rustpython_vm::builtins::PyType;
use rustpython_vm::bytecode::Instruction;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

/// What the VM hands an exception to that nobody can catch.
const HOOK: &str = "unraisablehook";

/// The attribute of a frame that tells where its code is. A frame has no other way to tell while it runs.
static POSITION: OnceCell<Option<PyObjectRef>> = OnceCell::new();

pub(super) fn install(vm: &VirtualMachine) {
    POSITION.get_or_init(|| attribute(vm.ctx.types.frame_type, "f_lasti", vm));
    let types = &vm.ctx.types;
    for class in [
        types.generator_type,
        types.coroutine_type,
        types.async_generator,
        types.async_generator_asend,
        types.async_generator_athrow,
    ] {
        class.slots().del.store(None);
        class.attributes().remove(vm.ctx.intern_str("__del__"));
        class.modified();
    }
}

/// A class of a script has no finaliser; its `__del__` is a method as others.
pub(super) fn settle(class: &Py<PyType>) {
    class.slots().del.store(None);
}

/// The instruction that the running code is at; none when no code runs.
pub(crate) fn current_instruction(vm: &VirtualMachine) -> Option<Instruction> {
    let frame = vm.current_frame()?;
    let position = POSITION.get()?.as_ref()?;
    let get = position.class().slots().descr_get.load()?;
    // In bytes, of which an instruction has two.
    let position: usize = get(position, Some(frame.as_object()), None, vm).ok()?.try_into_value(vm).ok()?;
    Some(frame.iframe().code().instructions.read_op(position / 2))
}

/// A module `sys` for the VM, which looks there for what to do with exceptions that nobody can catch: nothing, as
/// MicroPython. No object of a script has a finaliser, but other callbacks of the VM may fail too.
pub(crate) fn sys_of_unraisable(vm: &VirtualMachine) -> PyObjectRef {
    let ignore = vm.new_function(HOOK, |_exception: PyObjectRef| -> PyResult<()> { Ok(()) });
    rustpython_vm::py_namespace!(vm, { HOOK => ignore }).into()
}
