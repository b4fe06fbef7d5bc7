//! `uerrno`: the 22 error numbers that MicroPython names.

pub(crate) use uerrno::module_def as definition;

#[rustpython_vm::pymodule]
mod uerrno {
    use quecpy_net::errno;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let names = vm.ctx.new_dict();
        for (number, name) in errno::NAMED {
            module.as_object().set_attr(name, vm.ctx.new_int(number), vm)?;
            names.set_item(vm.ctx.new_int(number).as_object(), vm.ctx.new_str(name).into(), vm)?;
        }
        module.as_object().set_attr("errorcode", names, vm)
    }
}
