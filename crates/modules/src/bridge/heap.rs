//! What fits into a module's heap. A request for one object that does not fit raises MemoryError before anything of it is taken; what
//! many small ones take together is noticed between bytecodes (`quecpy_usocket::gil`).

use quecpy_net::heap;
use rustpython_vm::{PyResult, VirtualMachine};

/// The largest object where nobody counts what is taken, in bytes. Chosen: many times the whole memory of a module, and still
/// little for a host.
const LARGEST: usize = 1 << 28;
/// From this size on it is looked whether there is room.
const WORTH_A_LOOK: usize = 1 << 16;
/// From this size on the host is asked first whether it has as much.
const WORTH_ASKING: usize = 1 << 24;

/// Whether an object of so many bytes can be made.
///
/// # Errors
/// MemoryError in MicroPython's words.
pub fn check(bytes: usize, vm: &VirtualMachine) -> PyResult<()> {
    if bytes < WORTH_A_LOOK || fits(bytes) {
        return Ok(());
    }
    // What nobody can reach may be in the way.
    if heap::used().is_some_and(|used| bytes <= used.saturating_add(heap::room().unwrap_or(0))) {
        vm.state.gc.collect_force(2);
        if fits(bytes) {
            return Ok(());
        }
    }
    Err(vm.new_memory_error(format!("memory allocation failed, allocating {bytes} bytes")))
}

fn fits(bytes: usize) -> bool {
    bytes <= heap::room().unwrap_or(LARGEST)
        && (bytes < WORTH_ASKING || Vec::<u8>::new().try_reserve_exact(bytes).is_ok())
}
