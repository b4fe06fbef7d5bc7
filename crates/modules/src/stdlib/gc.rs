//! `gc`: collection, and memory figures of a module.

pub(crate) use gc::module_def as definition;

use quecpy_net::heap;

/// The heap of a module of generation 1 (the module contract, system, gc), where nobody counts what is taken: 512 KiB.
const HEAP: usize = 512 * 1024;
/// What a module has taken when a script begins.
const ALLOCATED: usize = 96 * 1024;

/// Bytes that a script has taken.
pub(crate) fn allocated() -> usize {
    ALLOCATED + heap::used().unwrap_or(0)
}

/// Bytes that it may still take.
pub(crate) fn free() -> usize {
    heap::room().unwrap_or(HEAP - ALLOCATED)
}

/// Bytes of a block of the heap, on a 32-bit processor (`MICROPY_BYTES_PER_GC_BLOCK`).
const BLOCK: isize = 16;

#[rustpython_vm::pymodule(name = "_quecpy_gc")]
mod gc {
    use super::{BLOCK, allocated, free};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn collect(vm: &VirtualMachine) -> usize {
        let result = vm.state.gc.collect_force(2);
        result.collected
    }

    #[pyfunction]
    fn mem_free() -> usize {
        free()
    }

    #[pyfunction]
    fn mem_alloc() -> usize {
        allocated()
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

    /// Where the VM keeps the threshold.
    const THRESHOLD: &str = "_quecpy_gc_threshold";

    /// Without argument the threshold, −1 for none, in whole blocks as the firmware counts it; a new one is kept, and has
    /// no effect here.
    #[pyfunction]
    fn threshold(n: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let OptionalArg::Present(n) = n else {
            return Ok(vm.sys_module.get_attr(THRESHOLD, vm).unwrap_or_else(|_| vm.ctx.new_int(-1).into()));
        };
        let whole = if n < 0 { -1 } else { n - n % BLOCK };
        vm.sys_module.set_attr(THRESHOLD, vm.ctx.new_int(whole), vm)?;
        Ok(vm.ctx.none())
    }
}
