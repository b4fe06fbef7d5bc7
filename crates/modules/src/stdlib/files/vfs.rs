//! What the module `vfs`, which is written in Python, asks of the file system. Not for scripts.

pub(crate) use vfs::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_vfs")]
mod vfs {
    use crate::stdlib::files::script_vfs;
    use crate::stdlib::files::uos::uos::{self, Mount};
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// What is mounted, as `(object, path)`, in the order in which paths are looked up.
    #[pyfunction]
    fn mounted(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let pair =
            |(object, path): (PyObjectRef, String)| vm.ctx.new_tuple(vec![object, vm.ctx.new_str(path).into()]).into();
        Ok(vm.ctx.new_list(script_vfs::all(vm)?.into_iter().map(pair).collect()).into())
    }

    /// Whether what the firmware mounts is there.
    #[pyfunction]
    fn has_flash(vm: &VirtualMachine) -> PyResult<bool> {
        script_vfs::has_flash(vm)
    }

    #[pyfunction]
    fn mount(args: Mount, vm: &VirtualMachine) -> PyResult<()> {
        uos::mount(args, vm)
    }

    #[pyfunction]
    fn umount(which: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        uos::umount(which, vm)
    }
}
