//! `gc`: collection, and memory figures of a module.

pub(crate) use gc::module_def as definition;

/// The heap of a module of generation 1 (the module contract, system, gc): 512 KiB.
pub(crate) const HEAP: usize = 512 * 1024;
/// What a small script leaves allocated. The VM's own figures would tell nothing about a module's.
pub(crate) const ALLOCATED: usize = 96 * 1024;

#[rustpython_vm::pymodule(name = "_quecpy_gc")]
mod gc {
    use super::{ALLOCATED, HEAP};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn collect(vm: &VirtualMachine) -> usize {
        let result = vm.state.gc.collect_force(2);
        result.collected
    }

    #[pyfunction]
    fn mem_free() -> usize {
        HEAP - ALLOCATED
    }

    #[pyfunction]
    fn mem_alloc() -> usize {
        ALLOCATED
    }

    #[pyfunction]
    fn enable(vm: &VirtualMachine) {
        vm.state.gc.enable();
    }

    #[pyfunction]
    fn disable(vm: &VirtualMachine) {
        vm.state.gc.disable();
    }

    #[pyfunction]
    fn isenabled(vm: &VirtualMachine) -> bool {
        vm.state.gc.is_enabled()
    }

    /// Without argument the threshold, −1 for none; a new one is accepted and has no effect here.
    #[pyfunction]
    fn threshold(n: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(match n {
            OptionalArg::Present(_) => vm.ctx.none(),
            OptionalArg::Missing => vm.ctx.new_int(-1).into(),
        })
    }
}
