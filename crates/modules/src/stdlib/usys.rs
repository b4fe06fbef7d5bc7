//! `usys`: the interpreter as a module shows it. RustPython's own `sys` stays hidden.

pub(crate) use usys::module_def as definition;

use quecpy_usocket::text;
use rustpython_vm::{AsObject, PyResult, VirtualMachine};

/// Name under which RustPython's `sys` keeps the script's arguments for `usys.argv`.
const ARGUMENTS: &str = "argv";
/// What `usys.atexit` was given.
const AT_EXIT: &str = "_quecpy_at_exit";

/// Calls what `usys.atexit` was given, once.
///
/// # Errors
/// What it raises.
pub fn run_at_exit(vm: &VirtualMachine) -> PyResult<()> {
    let Ok(function) = vm.sys_module.get_attr(AT_EXIT, vm) else { return Ok(()) };
    vm.sys_module.as_object().del_attr(AT_EXIT, vm)?;
    if function.is_callable() { function.call((), vm).map(drop) } else { Ok(()) }
}

/// Sets what `usys.argv` will be: the script's name and its arguments; nothing at the prompt.
///
/// # Errors
/// What setting an attribute raises.
pub fn set_arguments(arguments: &[String], vm: &VirtualMachine) -> PyResult<()> {
    let list = arguments.iter().map(|a| text::of_host(a, vm).into()).collect();
    vm.sys_module.as_object().set_attr(ARGUMENTS, vm.ctx.new_list(list), vm)
}

#[rustpython_vm::pymodule]
mod usys {
    use super::AT_EXIT;
    use crate::bridge::exceptions::traceback;
    use crate::bridge::firmware;
    use crate::stdlib::files::stream;
    use quecpy_usocket::text;
    use rustpython_vm::builtins::{PyBaseException, PyModule};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn exit(status: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        let args = status.into_option().into_iter().collect();
        Err(vm.new_exception(vm.ctx.exceptions.system_exit.to_owned(), args))
    }

    /// Of what is no exception it prints the representation, as MicroPython does.
    #[pyfunction]
    fn print_exception(exception: PyObjectRef, file: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        let file = match file {
            OptionalArg::Present(file) => file,
            OptionalArg::Missing => vm.sys_module.as_object().get_attr("stdout", vm)?,
        };
        let kind = stream::kind(&file, "write", vm).ok_or_else(|| stream::not_a_stream(vm))?;
        let text = match exception.downcast::<PyBaseException>() {
            Ok(exception) => traceback::text(&exception, vm),
            Err(other) => format!("{}\n", text::to_host_lossy(&*other.repr(vm)?, vm)),
        };
        stream::write_all(&file, kind, text.as_bytes(), vm)
    }

    /// What is called when the script has ended; returns what was to be called before.
    #[pyfunction]
    fn atexit(function: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let before = vm.sys_module.get_attr(AT_EXIT, vm).unwrap_or_else(|_| vm.ctx.none());
        vm.sys_module.set_attr(AT_EXIT, function, vm)?;
        Ok(before)
    }

    /// `(class, exception, None)` of the exception that is being handled.
    #[pyfunction]
    fn exc_info(vm: &VirtualMachine) -> PyObjectRef {
        let none = vm.ctx.none();
        let items = match vm.current_exception() {
            Some(exception) => vec![exception.class().to_owned().into(), exception.into(), none],
            None => vec![none.clone(), none.clone(), none],
        };
        vm.ctx.new_tuple(items).into()
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let inner = vm.sys_module.as_object();
        let module = module.as_object();
        for shared in ["argv", "path", "stdin", "stdout", "stderr"] {
            module.set_attr(shared, inner.get_attr(shared, vm)?, vm)?;
        }
        module.set_attr("modules", inner.get_attr("_quecpy_modules", vm)?, vm)?;
        let int = |n: i32| PyObjectRef::from(vm.ctx.new_int(n));
        let numbers = |n: &[i32]| vm.ctx.new_tuple(n.iter().map(|n| int(*n)).collect());
        module.set_attr("byteorder", vm.ctx.new_str("little"), vm)?;
        module.set_attr("maxsize", int(i32::MAX), vm)?;
        module.set_attr(
            "platform",
            text::of_host(&crate::bridge::session::of(vm)?.description.identity.platform, vm),
            vm,
        )?;
        module.set_attr("version", vm.ctx.new_str("3.4.0"), vm)?;
        module.set_attr("version_info", numbers(&[3, 4, 0]), vm)?;
        let implementation = rustpython_vm::py_namespace!(vm, {
            "name" => vm.ctx.new_str("micropython"),
            "version" => numbers(&firmware::of(vm)?.micropython),
        });
        module.set_attr("implementation", implementation, vm)
    }
}
