//! What the classes of `machine` share: the board and its pins, levels, and buffers of scripts.

use crate::bridge::error::environment;
use crate::bridge::{firmware, session};
use quecpy_device::Board;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::Hold;
use quecpy_usocket::text::TextOrBytes;
use rustpython_vm::function::ArgMemoryBuffer;
use rustpython_vm::{PyObjectRef, PyResult, TryFromObject, VirtualMachine};
use std::sync::Arc;

/// The board and the column.
pub(super) fn here(vm: &VirtualMachine) -> PyResult<(Arc<Board>, &'static Machine)> {
    Ok((session::of(vm)?, firmware::of(vm)?.machine))
}

/// Keeps the session alive while something may still call back.
pub(super) fn hold(vm: &VirtualMachine) -> PyResult<Hold> {
    Ok(Box::new(environment(vm)?.stack.keep_alive.begin()))
}

/// A level or a switch.
pub(super) fn level(n: i64) -> Option<bool> {
    match n {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A GPIO that this column has.
pub(super) fn gpio(n: i64, machine: &Machine) -> Option<u8> {
    let [first, last] = machine.gpios;
    u8::try_from(n).ok().filter(|n| (first..=last).contains(n))
}

/// `GPIO1` and so on.
pub(super) fn gpio_constants(machine: &Machine) -> Vec<(String, i64)> {
    let [first, last] = machine.gpios;
    (first..=last).map(|n| (format!("GPIO{n}"), n.into())).collect()
}

/// Bytes that a script gives, text as its UTF-8.
pub(super) fn data(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    match TextOrBytes::try_from_object(vm, object) {
        Ok(data) => Ok(data.borrow_bytes().to_vec()),
        Err(_) => Err(vm.new_type_error("object with buffer protocol required")),
    }
}

/// The first `n` bytes that a script gives, as far as there are so many; None for a negative number.
pub(super) fn part(object: PyObjectRef, n: i64, vm: &VirtualMachine) -> PyResult<Option<Vec<u8>>> {
    let mut data = data(object, vm)?;
    let n = usize::try_from(n).ok();
    if let Some(n) = n {
        data.truncate(n);
    }
    Ok(n.map(|_| data))
}

/// Fills the first `n` bytes of a script's buffer with what `read` gives; false where it gives nothing.
pub(super) fn fill(buffer: &ArgMemoryBuffer, n: i64, read: impl FnOnce(&mut [u8]) -> bool) -> bool {
    let Ok(n) = usize::try_from(n) else { return false };
    let mut bytes = vec![0; n.min(buffer.len())];
    let done = read(&mut bytes);
    if done {
        buffer.with_ref(|b| b.iter_mut().zip(&bytes).for_each(|(to, from)| *to = *from));
    }
    done
}
