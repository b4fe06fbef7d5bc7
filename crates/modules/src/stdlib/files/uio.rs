//! `uio`: files of the flash, and streams in memory (the module contract, std, uio).

pub(crate) use uio::module_def as definition;

#[rustpython_vm::pymodule]
pub(crate) mod uio {
    use crate::stdlib::files::file::File;
    use crate::stdlib::files::io_base::IOBase;
    use crate::stdlib::files::{file, memory_stream};
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::class::PyClassImpl;
    use rustpython_vm::function::FuncArgs;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn open(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        file::open(&args, vm)
    }

    /// As the documentation lists it among the functions.
    #[pyfunction]
    fn close(stream: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        vm.call_method(&stream, "close", ())
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        module.as_object().set_attr("IOBase", IOBase::make_static_type(), vm)?;
        let files = [("FileIO", File::make_static_type()), ("TextIOWrapper", file::text_class())];
        for (name, class) in files {
            module.as_object().set_attr(name, class, vm)?;
        }
        for (name, class) in ["StringIO", "BytesIO"].into_iter().zip(memory_stream::classes()) {
            module.as_object().set_attr(name, class, vm)?;
        }
        Ok(())
    }
}
