//! `usys.stdin`, `usys.stdout` and `usys.stderr`: a session's console as Python has it.

use crate::console::{Console, failed};
use crate::lines::{Entered, Line};
use crate::stdin::Want;
use quecpy_net::Stack;
use quecpy_usocket::text::{self, TextOrBytes};
use quecpy_usocket::wait::wait_or_raise;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
use rustpython_vm::types::Representable;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::sync::Arc;

pub use crate::console::captured;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    In,
    Out,
    Err,
}

/// `usys.stdin`, `usys.stdout` or `usys.stderr`.
#[pyclass(module = "io", name = "TextIOWrapper")]
#[derive(Debug, PyPayload)]
pub(crate) struct Stream {
    which: Which,
    /// `.buffer`: reads bytes.
    binary: bool,
    pub console: Console,
    stack: Arc<Stack>,
}

impl Representable for Stream {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let class = if zelf.binary { "FileIO" } else { "TextIOWrapper" };
        Ok(format!("<io.{class} {}>", Self::fileno(zelf)))
    }
}

#[pyclass(with(Representable))]
impl Stream {
    /// `write(data)`, `write(data, count)` or `write(data, from, count)`.
    #[pymethod]
    fn write(
        zelf: &Py<Self>,
        data: TextOrBytes,
        first: OptionalArg<isize>,
        second: OptionalArg<isize>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let (from, count) = match (first, second) {
            (OptionalArg::Present(from), OptionalArg::Present(count)) => (from, count),
            (first, _) => (0, first.unwrap_or(-1)),
        };
        // Negative counts are large ones, as the firmware takes them for unsigned.
        let size = |n| usize::try_from(n).unwrap_or(usize::MAX);
        let bytes = data.borrow_bytes();
        let rest = &bytes[size(from).min(bytes.len())..];
        // Copied, since writing may wait.
        let chosen = rest[..size(count).min(rest.len())].to_vec();
        drop(bytes);
        zelf.put(&chosen, vm).map(|()| chosen.len())
    }

    /// Writes all of it.
    pub(crate) fn put(&self, bytes: &[u8], vm: &VirtualMachine) -> PyResult<()> {
        match self.which {
            Which::Out if self.binary => self.console.raw.write(bytes, &self.stack, vm),
            Which::Out => self.console.out.write(bytes, &self.stack, vm),
            Which::Err => {
                // There is nobody to tell that telling failed; an interrupt is for the script.
                let result = self.console.err.write(bytes, &self.stack, vm);
                result.or_else(|e| if e.fast_isinstance(vm.ctx.exceptions.os_error) { Ok(()) } else { Err(e) })
            }
            Which::In => Err(quecpy_usocket::error::os_error(quecpy_net::errno::EINVAL, vm)),
        }
    }

    #[pymethod]
    fn flush(_zelf: &Py<Self>) {}

    #[pymethod]
    fn fileno(zelf: &Py<Self>) -> i32 {
        match zelf.which {
            Which::In => 0,
            Which::Out => 1,
            Which::Err => 2,
        }
    }

    /// For `uselect`.
    #[pymethod]
    fn _quecpy_readable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        match zelf.which {
            Which::In => zelf.console.input.has_some(&zelf.stack.waiters).map_err(|e| failed(&e, vm)),
            Which::Out | Which::Err => Ok(false),
        }
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, size: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let most = size.into_option().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let bytes = zelf.take(Want::Bytes(most), vm)?;
        Ok(zelf.give(bytes, vm))
    }

    fn give(&self, bytes: Vec<u8>, vm: &VirtualMachine) -> PyObjectRef {
        if self.binary {
            return vm.ctx.new_bytes(bytes).into();
        }
        text::from_bytes_lossy(&bytes, vm).into()
    }

    #[pymethod]
    fn readinto(
        zelf: &Py<Self>,
        buffer: ArgMemoryBuffer,
        size: OptionalArg<isize>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let most = size.into_option().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let bytes = zelf.take(Want::Bytes(most.min(buffer.len())), vm)?;
        buffer.with_ref(|room| {
            let n = bytes.len().min(room.len());
            room[..n].copy_from_slice(&bytes[..n]);
        });
        Ok(bytes.len())
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let bytes = zelf.line(vm)?;
        Ok(zelf.give(bytes, vm))
    }

    fn line(&self, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        self.take(Want::Line { returns: self.returns() }, vm)
    }

    /// Whether Enter comes as a carriage return, to be read as a line feed.
    fn returns(&self) -> bool {
        !self.binary && self.console.lines.is_some()
    }

    /// The line that `input()` returns; `None` at the end of the input.
    pub(crate) fn next_line(&self, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let Some(lines) = &self.console.lines else {
            let line = self.line(vm)?;
            let text = String::from_utf8_lossy(&line);
            return Ok((!line.is_empty()).then(|| text.trim_end_matches(['\n', '\r']).to_owned()));
        };
        match Line::ask(&**lines, vm)? {
            Entered::Text(text) => Ok(Some(text)),
            Entered::TooLong => Err(vm.new_memory_error("input is too long")),
            Entered::End => Ok(None),
        }
    }

    fn take(&self, want: Want, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let waiters = &self.stack.waiters;
        let mut bytes = wait_or_raise(vm, &self.stack, || self.console.input.take(waiters, want))?;
        if self.returns() {
            bytes.iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
        }
        Ok(bytes)
    }

    #[pygetset]
    fn buffer(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let stream = Self { which: zelf.which, binary: true, console: zelf.console.clone(), stack: zelf.stack.clone() };
        stream.into_ref_with_type(vm, BinaryStream::make_static_type()).map(Into::into)
    }
}

/// The class of `.buffer`.
#[pyclass(module = "io", name = "FileIO", base = Stream)]
#[derive(Debug)]
#[repr(transparent)]
struct BinaryStream(Stream);

#[pyclass(flags(DISALLOW_INSTANTIATION))]
impl BinaryStream {}

/// Gives the VM the session's streams.
pub(crate) fn install(console: &Console, stack: &Arc<Stack>, vm: &VirtualMachine) -> PyResult<()> {
    let _ = Stream::make_static_type();
    for (name, which) in [("stdin", Which::In), ("stdout", Which::Out), ("stderr", Which::Err)] {
        let stream = Stream { which, binary: false, console: console.clone(), stack: stack.clone() }.into_pyobject(vm);
        vm.sys_module.set_attr(name, stream, vm)?;
    }
    Ok(())
}
