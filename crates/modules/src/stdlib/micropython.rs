//! `micropython`: what scripts use of it.

pub(crate) use micropython::module_def as definition;

use rustpython_vm::VirtualMachine;

/// Where the VM keeps the level that `opt_level` was given.
const OPT_LEVEL: &str = "_quecpy_opt_level";

/// The level that `opt_level` was given, for the compiler.
#[must_use]
pub fn optimisation(vm: &VirtualMachine) -> Option<i64> {
    vm.sys_module.dict().get_item_opt(OPT_LEVEL, vm).ok()??.try_into_value(vm).ok()
}

#[rustpython_vm::pymodule]
mod micropython {
    use super::{OPT_LEVEL, optimisation};
    use crate::bridge::{callbacks, session};
    use crate::stdlib::files::ring::RingIO;
    use crate::stdlib::gc;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::class::PyClassImpl;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    /// The stack of a module's main thread, and what a small script has used of it. The VM's own would tell nothing
    /// about a module's.
    const STACK: usize = 32 * 1024;
    const STACK_USED: usize = 1024;
    /// A constant is its value. Where it is given a name the compiler has dealt with it.
    #[pyfunction(name = "const")]
    fn constant(value: PyObjectRef) -> PyObjectRef {
        value
    }

    /// What breaks a running script when it comes at the main serial port; −1 for nothing.
    #[pyfunction]
    fn kbd_intr(character: i64, vm: &VirtualMachine) -> PyResult<()> {
        session::of(vm)?.set_interrupt_character(u8::try_from(character).ok());
        Ok(())
    }

    /// Calls a function with one argument, soon, where no other callback runs.
    #[pyfunction]
    fn schedule(function: PyObjectRef, argument: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        callbacks::schedule(function, argument, vm)
    }

    #[pyfunction]
    fn stack_use() -> usize {
        STACK_USED
    }

    fn tell(text: String, vm: &VirtualMachine) -> PyResult<()> {
        let stdout = vm.sys_module.get_attr("stdout", vm)?;
        vm.call_method(&stdout, "write", (text,)).map(drop)
    }

    /// Prints the figures of `gc` and of the stack; a map of the heap there is not.
    #[pyfunction]
    fn mem_info(_verbose: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        let (used, free) = (gc::allocated(), gc::free());
        let stack = format!("stack: {STACK_USED} out of {STACK}\n");
        tell(format!("{stack}GC: total: {}, used: {used}, free: {free}\n", used + free), vm)
    }

    /// Prints that there is no pool of interned names.
    #[pyfunction]
    fn qstr_info(_verbose: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        tell("qstr pool: n_pool=0, n_qstr=0, n_str_data_bytes=0, n_total_bytes=0\n".to_owned(), vm)
    }

    /// Memory goes on to be had here: a script that is careful not to need any runs as well.
    #[pyfunction]
    fn heap_lock() {}

    #[pyfunction]
    fn heap_unlock() {}

    /// An exception finds memory here.
    #[pyfunction]
    fn alloc_emergency_exception_buf(_size: i64) {}

    /// From 1 on what is compiled has no `assert`, from 3 on no lines.
    #[pyfunction]
    fn opt_level(level: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        match level {
            OptionalArg::Present(level) => {
                vm.sys_module.set_attr(OPT_LEVEL, vm.ctx.new_int(level), vm)?;
                Ok(vm.ctx.none())
            }
            OptionalArg::Missing => Ok(vm.ctx.new_int(optimisation(vm).unwrap_or_default()).into()),
        }
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        module.as_object().set_attr("RingIO", RingIO::make_static_type(), vm)
    }

    /// Machine code is for speed only: the function as it is does the same.
    #[pyfunction(name = "native")]
    #[pyfunction(name = "viper")]
    #[pyfunction]
    fn bytecode(function: PyObjectRef) -> PyObjectRef {
        function
    }
}
