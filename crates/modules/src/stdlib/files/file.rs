//! Files of the module's flash as Python objects: what `open()` returns.
//!
//! A file is held in memory while it is open and written as a whole when it is flushed or closed, as littlefs commits
//! it: until then the old contents are what others read, and what a crash leaves.

use crate::bridge::error::{bare, flash_error};
use crate::bridge::session;
use crate::stdlib::files::{relative, script_vfs, stream};
use parking_lot::{Mutex, MutexGuard};
use quecpy_device::{Board, Kind};
use quecpy_usocket::text::{self, TextOrBytes};
use rustpython_vm::builtins::{PyStr, PyStrRef, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, FuncArgs, OptionalArg, PosArgs};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::Arc;

/// What `open()`'s mode says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mode {
    read: bool,
    write: bool,
    append: bool,
    /// Empty it first.
    truncate: bool,
    /// It must not exist.
    exclusive: bool,
    text: bool,
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        let mut kinds = text.chars().filter(|c| "rwax".contains(*c));
        let kind = kinds.next()?;
        if kinds.next().is_some() || !text.chars().all(|c| "rwaxbt+".contains(c)) {
            return None;
        }
        let plus = text.contains('+');
        Some(Self {
            read: kind == 'r' || plus,
            write: kind != 'r' || plus,
            append: kind == 'a',
            truncate: kind == 'w' || kind == 'x',
            exclusive: kind == 'x',
            text: !text.contains('b'),
        })
    }
}

#[derive(Debug)]
struct State {
    bytes: Vec<u8>,
    at: usize,
    dirty: bool,
    open: bool,
}

/// An open file.
#[pyclass(module = "uio", name = "FileIO")]
#[derive(Debug, PyPayload)]
pub(crate) struct File {
    board: Arc<Board>,
    /// Absolute, as the script named it.
    path: String,
    mode: Mode,
    state: Mutex<State>,
}

/// `open(path[, mode])`; further arguments, such as an encoding, are accepted and ignored, as on the module.
///
/// # Errors
/// OSError, ValueError for a mode.
pub fn open(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let text = |o: &PyObjectRef| o.downcast_ref::<PyStr>().and_then(|t| text::to_host(t, vm));
    let path = args.args.first().and_then(text).ok_or_else(|| vm.new_type_error("open() takes a path as str"))?;
    let mode = match args.args.get(1).or_else(|| args.kwargs.get("mode")) {
        None => "r".to_owned(),
        Some(mode) => text(mode).ok_or_else(|| vm.new_type_error("mode must be a str"))?,
    };
    if let Some(place) = script_vfs::find(&path, vm)? {
        return place.open(&mode, vm);
    }
    let mode = Mode::parse(&mode).ok_or_else(|| vm.new_value_error(format!("invalid mode: '{mode}'")))?;
    let board = session::of(vm)?;
    let flash = &board.flash;
    let failed = |e: quecpy_device::Error| {
        relative::explain("open", &path, &e, vm);
        flash_error(&e, vm)
    };
    let known = flash.stat(&path);
    if known.as_ref().is_ok_and(|s| s.kind == Kind::Folder) {
        return Err(failed(quecpy_device::Error::IsAFolder));
    }
    let bytes = match known {
        Ok(_) if mode.exclusive => return Err(failed(quecpy_device::Error::Exists)),
        Ok(_) if mode.truncate => Vec::new(),
        Ok(_) => flash.read(&path).map_err(failed)?,
        Err(e) if !mode.truncate && !mode.append => return Err(failed(e)),
        Err(_) => {
            // The name is there from now on, as on littlefs.
            flash.write(&path, b"").map_err(failed)?;
            Vec::new()
        }
    };
    let path = format!("/{}", quecpy_device::flash::path::normalise(&flash.cwd(), &path).join("/"));
    let at = if mode.append { bytes.len() } else { 0 };
    let state = Mutex::new(State { bytes, at, dirty: mode.truncate, open: true });
    let file = File { board, path, mode, state };
    let class = if mode.text { text_class() } else { File::make_static_type() };
    file.into_ref_with_type(vm, class).map(Into::into)
}

/// The class of files that give text.
#[pyclass(module = "uio", name = "TextIOWrapper", base = File)]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct TextFile(File);

#[pyclass(flags(DISALLOW_INSTANTIATION))]
impl TextFile {}

pub(crate) fn text_class() -> PyTypeRef {
    let _ = File::make_static_type();
    TextFile::make_static_type()
}

impl File {
    fn state(&self, vm: &VirtualMachine) -> PyResult<MutexGuard<'_, State>> {
        let state = self.state.lock();
        if state.open { Ok(state) } else { Err(bare(vm.ctx.exceptions.value_error, vm)) }
    }

    fn readable(&self, vm: &VirtualMachine) -> PyResult<MutexGuard<'_, State>> {
        let state = self.state(vm)?;
        if self.mode.read { Ok(state) } else { Err(crate::bridge::error::os_error(quecpy_net::errno::EBADF, vm)) }
    }

    /// Bytes as this file's mode gives them.
    fn give(&self, bytes: Vec<u8>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if !self.mode.text {
            return Ok(vm.ctx.new_bytes(bytes).into());
        }
        let text = text::from_bytes(&bytes, vm).ok_or_else(|| bare(vm.ctx.exceptions.unicode_error, vm))?;
        Ok(text.into())
    }

    /// Takes bytes up to `n`, or in a text up to `n` characters.
    fn take(&self, state: &mut State, n: usize, vm: &VirtualMachine) -> Vec<u8> {
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let end = if self.mode.text { stream::characters(rest, n, vm) } else { n.min(rest.len()) };
        let taken = rest[..end].to_vec();
        state.at += end;
        taken
    }

    fn next_line(&self, max: usize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let mut state = self.readable(vm)?;
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |i| i + 1).min(max);
        let line = rest[..end].to_vec();
        state.at += end;
        Ok(line)
    }

    fn commit(&self, state: &mut State) -> quecpy_device::Result<()> {
        if std::mem::take(&mut state.dirty) {
            self.board.flash.write(&self.path, &state.bytes)?;
        }
        Ok(())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let mut state =
            std::mem::replace(&mut *self.state.lock(), State { bytes: Vec::new(), at: 0, dirty: false, open: false });
        // Nobody is left to tell that a file which was never closed could not be written.
        let _ = self.commit(&mut state);
    }
}

fn size(n: OptionalArg<Option<isize>>) -> usize {
    n.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(IterNext, Iterable))]
impl File {
    #[pymethod]
    fn read(zelf: &Py<Self>, n: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let bytes = zelf.take(&mut *zelf.readable(vm)?, size(n), vm);
        zelf.give(bytes, vm)
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, max: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let line = zelf.next_line(size(max), vm)?;
        zelf.give(line, vm)
    }

    #[pymethod]
    fn readlines(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut lines = Vec::new();
        loop {
            let line = zelf.next_line(usize::MAX, vm)?;
            if line.is_empty() {
                return Ok(vm.ctx.new_list(lines).into());
            }
            lines.push(zelf.give(line, vm)?);
        }
    }

    #[pymethod]
    fn readinto(
        zelf: &Py<Self>,
        buffer: ArgMemoryBuffer,
        max: OptionalArg<Option<isize>>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let mut state = zelf.readable(vm)?;
        let rest = state.bytes.get(state.at..).unwrap_or_default();
        let n = stream::fill(&buffer, rest, size(max));
        state.at += n;
        Ok(n)
    }

    /// `write(data)`, `write(data, count)`, `write(data, from, count)`; returns the count of bytes, also of a text.
    #[pymethod]
    fn write(
        zelf: &Py<Self>,
        data: TextOrBytes,
        first: OptionalArg<i64>,
        second: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let bytes = data.borrow_bytes();
        let bytes = stream::part(&bytes, first, second);
        let mut state = zelf.state(vm)?;
        if !zelf.mode.write {
            return Err(crate::bridge::error::os_error(quecpy_net::errno::EBADF, vm));
        }
        let at = if zelf.mode.append { state.bytes.len() } else { state.at };
        let end = at + bytes.len();
        if state.bytes.len() < end {
            state.bytes.resize(end, 0);
        }
        state.bytes[at..end].copy_from_slice(bytes);
        state.at = end;
        state.dirty = true;
        Ok(bytes.len())
    }

    #[pymethod]
    fn seek(zelf: &Py<Self>, offset: i64, whence: OptionalArg<i32>, vm: &VirtualMachine) -> PyResult<usize> {
        let mut state = zelf.state(vm)?;
        let from = match whence.unwrap_or(0) {
            0 => 0,
            1 => state.at,
            2 => state.bytes.len(),
            _ => return Err(crate::bridge::error::os_error(quecpy_net::errno::EINVAL, vm)),
        };
        let to = i64::try_from(from).ok().and_then(|from| usize::try_from(from.checked_add(offset)?).ok());
        // Not beyond what a module could hold.
        state.at = to
            .filter(|to| *to <= FARTHEST)
            .ok_or_else(|| crate::bridge::error::os_error(quecpy_net::errno::EINVAL, vm))?;
        Ok(state.at)
    }

    #[pymethod]
    fn tell(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Ok(zelf.state(vm)?.at)
    }

    #[pymethod]
    fn flush(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.commit(&mut *zelf.state(vm)?).map_err(|e| flash_error(&e, vm))
    }

    /// Twice is fine.
    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        let mut state = zelf.state.lock();
        let result = zelf.commit(&mut state);
        state.open = false;
        result.map_err(|e| flash_error(&e, vm))
    }

    #[pymethod]
    fn __enter__(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn __exit__(zelf: &Py<Self>, _exception: PosArgs, vm: &VirtualMachine) -> PyResult<()> {
        Self::close(zelf, vm)
    }
}

/// A module's flash is some megabytes.
const FARTHEST: usize = 1 << 30;

impl SelfIter for File {}

impl IterNext for File {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let line = zelf.next_line(usize::MAX, vm)?;
        if line.is_empty() {
            return Ok(PyIterReturn::StopIteration(None));
        }
        zelf.give(line, vm).map(PyIterReturn::Return)
    }
}

/// A path argument.
pub(crate) fn path_text(path: &PyStrRef, vm: &VirtualMachine) -> PyResult<String> {
    text::to_host(path, vm).ok_or_else(|| vm.new_value_error("a path must be plain text"))
}
