//! What fits into a module's heap. An object that is absurdly large raises MemoryError before anything of it is taken: the
//! host would take what it has and then end the program.
//!
//! This bounds one object at a time. What many small ones take together is not counted.

use rustpython_vm::{PyResult, VirtualMachine};

/// The largest object, in bytes. Chosen: many times the whole memory of a module, and still little for a host.
pub const LARGEST: usize = 1 << 28;
/// From this size on the host is asked first whether it has as much.
const WORTH_ASKING: usize = 1 << 24;

/// Whether an object of so many bytes can be made.
///
/// # Errors
/// MemoryError in MicroPython's words.
pub fn check(bytes: usize, vm: &VirtualMachine) -> PyResult<()> {
    if bytes < WORTH_ASKING {
        return Ok(());
    }
    if bytes <= LARGEST && Vec::<u8>::new().try_reserve_exact(bytes).is_ok() {
        return Ok(());
    }
    Err(vm.new_memory_error(format!("memory allocation failed, allocating {bytes} bytes")))
}
