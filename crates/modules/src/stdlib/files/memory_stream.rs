//! `uio.StringIO` and `uio.BytesIO`: streams in memory.

use crate::bridge::error::{bare, os_error};
use crate::stdlib::files::stream;
use parking_lot::{Mutex, MutexGuard};
use quecpy_usocket::text::{self, TextOrBytes};
use rustpython_vm::builtins::{PyBytes, PyInt, PyType};
use rustpython_vm::class::{PyClassImpl, StaticType};
use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg, PosArgs};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{Constructor, IterNext, Iterable, Representable, SelfIter};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass};

/// More than a module has memory for.
const LARGEST: usize = 1 << 28;

#[derive(Debug)]
struct State {
    bytes: Vec<u8>,
    at: usize,
    open: bool,
}

/// What both have in common.
#[pyclass(module = false, name = "IOBase")]
#[derive(Debug, PyPayload)]
pub(crate) struct Memory {
    text: bool,
    state: Mutex<State>,
}

#[pyclass(module = false, name = "StringIO", base = Memory)]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct StringIO(Memory);

#[pyclass(flags(BASETYPE))]
impl StringIO {}

#[pyclass(module = false, name = "BytesIO", base = Memory)]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct BytesIO(Memory);

#[pyclass(flags(BASETYPE))]
impl BytesIO {}

/// The two classes.
pub(crate) fn classes() -> [rustpython_vm::builtins::PyTypeRef; 2] {
    let _ = Memory::make_static_type();
    [StringIO::make_static_type(), BytesIO::make_static_type()]
}

impl Constructor for Memory {
    type Args = OptionalArg<PyObjectRef>;

    /// The contents, or how much room to make, which means nothing here.
    fn py_new(cls: &Py<PyType>, from: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
        let bytes = match from {
            OptionalArg::Missing => Vec::new(),
            OptionalArg::Present(size) if size.fast_isinstance(PyInt::static_type()) => Vec::new(),
            OptionalArg::Present(data) => TextOrBytes::try_from_object(vm, data)
                .map_err(|_| vm.new_type_error("object with buffer protocol required"))?
                .borrow_bytes()
                .to_vec(),
        };
        let text = cls.fast_issubclass(StringIO::static_type());
        Ok(Self { text, state: Mutex::new(State { bytes, at: 0, open: true }) })
    }
}

impl Memory {
    fn state(&self, vm: &VirtualMachine) -> PyResult<MutexGuard<'_, State>> {
        let state = self.state.lock();
        if state.open { Ok(state) } else { Err(vm.new_value_error("I/O operation on closed file")) }
    }

    fn give(&self, bytes: &[u8], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if !self.text {
            return Ok(PyBytes::from(bytes.to_vec()).into_pyobject(vm));
        }
        // From the middle of a character, or of bytes that were written.
        let text = text::from_bytes(bytes, vm).ok_or_else(|| bare(vm.ctx.exceptions.unicode_error, vm))?;
        Ok(text.into())
    }

    fn line(&self, max: usize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let mut state = self.state(vm)?;
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |i| i + 1).min(max);
        let line = rest[..end].to_vec();
        state.at += end;
        Ok(line)
    }
}

/// How much to read; nothing or a negative number means all.
fn size(n: OptionalArg<i64>) -> usize {
    n.into_option().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

#[pyclass(with(Constructor, IterNext, Iterable, Representable))]
impl Memory {
    #[pymethod]
    fn read(zelf: &Py<Self>, n: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut state = zelf.state(vm)?;
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let n = size(n);
        let end = if zelf.text { stream::characters(rest, n, vm) } else { n.min(rest.len()) };
        let taken = zelf.give(&rest[..end], vm)?;
        state.at += end;
        Ok(taken)
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, max: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let line = zelf.line(size(max), vm)?;
        zelf.give(&line, vm)
    }

    #[pymethod]
    fn readinto(
        zelf: &Py<Self>,
        buffer: ArgMemoryBuffer,
        max: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let mut state = zelf.state(vm)?;
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let n = stream::fill(&buffer, rest, size(max));
        state.at += n;
        Ok(n)
    }

    /// `write(data)`, `write(data, length)`, `write(data, offset, length)`; returns the count of bytes.
    #[pymethod]
    fn write(
        zelf: &Py<Self>,
        data: PyObjectRef,
        first: OptionalArg<i64>,
        second: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let data = TextOrBytes::try_from_object(vm, data)
            .map_err(|_| vm.new_type_error("object with buffer protocol required"))?;
        let bytes = data.borrow_bytes().to_vec();
        let bytes = stream::part(&bytes, first, second);
        let mut state = zelf.state(vm)?;
        let (at, end) = (state.at, state.at + bytes.len());
        if end > LARGEST {
            return Err(vm.new_memory_error("memory allocation failed"));
        }
        if state.bytes.len() < end {
            state.bytes.resize(end, 0);
        }
        state.bytes[at..end].copy_from_slice(bytes);
        state.at = end;
        Ok(bytes.len())
    }

    /// From the start, from here (1) or from the end (2).
    #[pymethod]
    fn seek(zelf: &Py<Self>, offset: i64, whence: OptionalArg<i32>, vm: &VirtualMachine) -> PyResult<usize> {
        let mut state = zelf.state(vm)?;
        let from = match whence.unwrap_or(0) {
            1 => state.at,
            2 => state.bytes.len(),
            _ => 0,
        };
        let to = i64::try_from(from).ok().and_then(|from| usize::try_from(from.checked_add(offset)?).ok());
        state.at = to.filter(|to| *to <= LARGEST).ok_or_else(|| os_error(quecpy_net::errno::EINVAL, vm))?;
        Ok(state.at)
    }

    #[pymethod]
    fn tell(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Ok(zelf.state(vm)?.at)
    }

    #[pymethod]
    fn getvalue(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let state = zelf.state(vm)?;
        zelf.give(&state.bytes, vm)
    }

    #[pymethod]
    fn flush(_zelf: &Py<Self>) {}

    /// Twice is fine.
    #[pymethod]
    fn close(zelf: &Py<Self>) {
        let mut state = zelf.state.lock();
        *state = State { bytes: Vec::new(), at: 0, open: false };
    }

    #[pymethod]
    fn __enter__(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn __exit__(zelf: &Py<Self>, _exception: PosArgs) {
        Self::close(zelf);
    }
}

impl SelfIter for Memory {}

impl IterNext for Memory {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let line = zelf.line(usize::MAX, vm)?;
        if line.is_empty() {
            return Ok(PyIterReturn::StopIteration(None));
        }
        zelf.give(&line, vm).map(PyIterReturn::Return)
    }
}

impl Representable for Memory {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let class = zelf.class().name().to_string();
        Ok(format!("<io.{class} {:#x}>", zelf.as_object().get_id()))
    }
}
