//! `platform`: what the interpreter was built for. The texts have the form of MicroPython's `extmod/modplatform.c`, of a
//! build for an Arm microcontroller.

pub(crate) use platform::module_def as definition;

#[rustpython_vm::pymodule]
mod platform {
    use crate::bridge::firmware;
    use rustpython_vm::function::FuncArgs;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction(name = "platform")]
    fn whole(_ignored: FuncArgs, vm: &VirtualMachine) -> PyResult<String> {
        let [major, minor, patch] = firmware::of(vm)?.micropython;
        Ok(format!("MicroPython-{major}.{minor}.{patch}-arm--with-newlib"))
    }

    #[pyfunction]
    fn python_compiler() -> &'static str {
        "GCC"
    }

    #[pyfunction]
    fn libc_ver(_ignored: FuncArgs, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_tuple(vec![vm.ctx.new_str("newlib").into(), vm.ctx.new_str("").into()]).into()
    }
}
