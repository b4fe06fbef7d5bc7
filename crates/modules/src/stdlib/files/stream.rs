//! Streams as MicroPython's native code sees them (`py/stream.c`, `extmod/modio.c`): native ones by their methods, and those
//! of a script's own class, which derives from `uio.IOBase`, by `readinto`, `write` and `ioctl`. Nothing else is a stream.

use crate::bridge::error::os_error;
use crate::stdlib::files::io_base::IOBase;
use quecpy_net::errno;
use quecpy_usocket::text::{self, TextOrBytes};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyByteArray, PyBytes, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, TryFromObject, VirtualMachine};

/// How an object is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of the VM's own or of these modules.
    Native,
    /// A script's own.
    Own,
}

/// What kind of stream an object is that is to have a native method; none: it is no stream.
#[must_use]
pub fn kind(object: &PyObject, method: &'static str, vm: &VirtualMachine) -> Option<Kind> {
    let name = vm.ctx.intern_str(method);
    let class = object.class();
    let is_native = |c: &PyTypeRef| !c.slots.flags.has_feature(PyTypeFlags::HEAPTYPE) && c.attributes.contains(name);
    let native = class.mro.read().iter().any(is_native).then_some(Kind::Native);
    native.or_else(|| object.fast_isinstance(&IOBase::make_static_type()).then_some(Kind::Own))
}

/// What is raised for an object that is no stream.
#[must_use]
pub fn not_a_stream(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let text = vm.ctx.new_str("stream operation not supported").into();
    vm.new_exception(vm.ctx.exceptions.os_error.to_owned(), vec![text])
}

/// The count that a script's stream returned, of `most` at most.
fn count(returned: &PyObjectRef, most: usize, vm: &VirtualMachine) -> PyResult<usize> {
    if vm.is_none(returned) {
        return Err(os_error(errno::EAGAIN, vm));
    }
    let n: i64 = returned.clone().try_into_value(vm)?;
    match usize::try_from(n) {
        Ok(n) if n <= most => Ok(n),
        Ok(_) => Err(os_error(errno::EIO, vm)),
        Err(_) => Err(os_error(i32::try_from(-n).unwrap_or(errno::EIO), vm)),
    }
}

/// Writes all of it.
///
/// # Errors
/// What the stream raises.
pub fn write_all(stream: &PyObject, kind: Kind, mut bytes: &[u8], vm: &VirtualMachine) -> PyResult<()> {
    if kind == Kind::Native {
        return vm.call_method(stream, "write", (vm.ctx.new_bytes(bytes.to_vec()),)).map(drop);
    }
    while !bytes.is_empty() {
        let data = PyByteArray::from(bytes.to_vec()).into_pyobject(vm);
        let n = count(&vm.call_method(stream, "write", (data,))?, bytes.len(), vm)?;
        bytes = &bytes[n..];
        vm.check_signals()?;
    }
    Ok(())
}

/// Reads up to `most` bytes; none at the end.
///
/// # Errors
/// OSError for what is no stream; what the stream raises.
pub fn read(stream: &PyObject, most: usize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    match kind(stream, "read", vm).ok_or_else(|| not_a_stream(vm))? {
        Kind::Native => {
            let read = vm.call_method(stream, "read", (most,))?;
            if vm.is_none(&read) {
                return Err(os_error(errno::EAGAIN, vm));
            }
            Ok(TextOrBytes::try_from_object(vm, read)?.borrow_bytes().to_vec())
        }
        Kind::Own => {
            let room = PyByteArray::from(vec![0; most]).into_ref(&vm.ctx);
            let n = count(&vm.call_method(stream, "readinto", (room.clone(),))?, most, vm)?;
            let bytes = room.borrow_buf();
            Ok(bytes[..n.min(bytes.len())].to_vec())
        }
    }
}

/// Reads to the end; a script's own stream byte by byte, as the firmware's JSON reader does.
///
/// # Errors
/// As [`read`].
pub fn read_to_end(stream: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    if kind(stream, "read", vm) == Some(Kind::Native) {
        let read = vm.call_method(stream, "read", ())?;
        let given = read.downcast_ref::<PyBytes>().map(|bytes| bytes.as_bytes().to_vec());
        return given.map_or_else(|| Ok(TextOrBytes::try_from_object(vm, read)?.borrow_bytes().to_vec()), Ok);
    }
    let mut all = Vec::new();
    loop {
        let part = read(stream, 1, vm)?;
        if part.is_empty() {
            return Ok(all);
        }
        all.extend(part);
        vm.check_signals()?;
    }
}

/// Where `n` characters of a text's bytes end, or all of them.
#[must_use]
pub fn characters(bytes: &[u8], n: usize, vm: &VirtualMachine) -> usize {
    if n >= bytes.len() {
        return bytes.len();
    }
    if bytes[..n].is_ascii() || text::is_bytes(vm) {
        return n;
    }
    // Each starts with any byte but a continuation; the first byte starts one whatever it is.
    let starts = bytes.iter().enumerate().filter(|(i, b)| *i == 0 || **b & 0xc0 != 0x80).map(|(i, _)| i);
    starts.chain([bytes.len()]).nth(n).unwrap_or(bytes.len())
}

/// Fills a script's buffer with what is left, up to `max` bytes; the count.
#[must_use]
pub fn fill(buffer: &ArgMemoryBuffer, rest: &[u8], max: usize) -> usize {
    buffer.with_ref(|room| {
        let n = room.len().min(rest.len()).min(max);
        room[..n].copy_from_slice(&rest[..n]);
        n
    })
}

/// The part of `data` that `write(data, count)` or `write(data, from, count)` means. Negative counts are large ones, as the
/// firmware takes them for unsigned.
#[must_use]
pub fn part(data: &[u8], first: OptionalArg<i64>, second: OptionalArg<i64>) -> &[u8] {
    let size = |n: OptionalArg<i64>| n.into_option().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
    let (from, count) = match second {
        OptionalArg::Missing => (0, size(first)),
        OptionalArg::Present(_) => (size(first), size(second)),
    };
    let rest = &data[from.min(data.len())..];
    &rest[..count.min(rest.len())]
}
