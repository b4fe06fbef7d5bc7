//! `micropython.RingIO`: a stream of bytes with a fixed room, as MicroPython's `py/objringio.c` has it: what does not fit is
//! not taken, and nothing waits.

use crate::bridge::error::bare;
use crate::bridge::integers::word;
use crate::stdlib::files::stream;
use parking_lot::{Mutex, MutexGuard};
use quecpy_usocket::text::TextOrBytes;
use rustpython_vm::builtins::{PyBytes, PyType};
use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
use rustpython_vm::types::{Constructor, Representable};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass};
use std::collections::VecDeque;

/// Bytes of a buffer: one of them is always free.
const SIZES: std::ops::RangeInclusive<usize> = 2..=0xffff;

#[pyclass(module = false, name = "RingIO")]
#[derive(Debug, PyPayload)]
pub(crate) struct RingIO {
    bytes: Mutex<VecDeque<u8>>,
    room: usize,
}

impl Constructor for RingIO {
    type Args = (PyObjectRef,);

    /// How many bytes it holds, or a buffer, whose size counts; its memory is not used.
    fn py_new(_cls: &Py<PyType>, (from,): Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
        let size = match ArgMemoryBuffer::try_from_object(vm, from.clone()) {
            Ok(buffer) => buffer.len(),
            Err(_) => usize::try_from(i64::from(word(&from, vm)?) + 1).unwrap_or(0),
        };
        if !SIZES.contains(&size) {
            return Err(bare(vm.ctx.exceptions.value_error, vm));
        }
        Ok(Self { bytes: Mutex::default(), room: size - 1 })
    }
}

impl RingIO {
    fn bytes(&self) -> MutexGuard<'_, VecDeque<u8>> {
        self.bytes.lock()
    }

    fn take(&self, n: usize) -> Vec<u8> {
        let mut bytes = self.bytes();
        let n = n.min(bytes.len());
        bytes.drain(..n).collect()
    }
}

fn size(n: OptionalArg<Option<i64>>) -> usize {
    n.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

#[pyclass(with(Constructor, Representable))]
impl RingIO {
    #[pymethod]
    fn any(zelf: &Py<Self>) -> usize {
        zelf.bytes().len()
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, n: OptionalArg<Option<i64>>, vm: &VirtualMachine) -> PyRef<PyBytes> {
        vm.ctx.new_bytes(zelf.take(size(n)))
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, n: OptionalArg<Option<i64>>, vm: &VirtualMachine) -> PyRef<PyBytes> {
        let end = zelf.bytes().iter().position(|byte| *byte == b'\n').map_or(usize::MAX, |i| i + 1);
        vm.ctx.new_bytes(zelf.take(size(n).min(end)))
    }

    #[pymethod]
    fn readinto(zelf: &Py<Self>, buffer: ArgMemoryBuffer, n: OptionalArg<Option<i64>>) -> usize {
        buffer.with_ref(|room| {
            let taken = zelf.take(size(n).min(room.len()));
            room[..taken.len()].copy_from_slice(&taken);
            taken.len()
        })
    }

    /// Returns how many bytes it took.
    #[pymethod]
    fn write(zelf: &Py<Self>, data: TextOrBytes, first: OptionalArg<i64>, second: OptionalArg<i64>) -> usize {
        let data = data.borrow_bytes();
        let data = stream::part(&data, first, second);
        let mut bytes = zelf.bytes();
        let n = data.len().min(zelf.room - bytes.len());
        bytes.extend(&data[..n]);
        n
    }

    #[pymethod]
    fn close(_zelf: &Py<Self>) {}

    /// For `uselect`.
    #[pymethod]
    fn _quecpy_readable(zelf: &Py<Self>) -> bool {
        !zelf.bytes().is_empty()
    }
}

impl Representable for RingIO {
    fn repr_str(_zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok("<RingIO>".to_owned())
    }
}
