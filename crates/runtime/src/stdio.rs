//! The session's standard streams: the terminal's, or captured ones for tests and other front ends.

use crate::lines::{Entered, Line, Lines};
use crate::stdin::{Input, Keyboard, Want};
use quecpy_usocket::error::wait_or_raise;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, ArgStrOrBytesLike, OptionalArg};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a session reads and writes.
#[derive(Clone)]
pub struct Console {
    input: Input,
    lines: Option<Arc<dyn Lines>>,
    out: Arc<Mutex<Box<dyn Write + Send>>>,
    /// What `.buffer` writes.
    raw: Arc<Mutex<Box<dyn Write + Send>>>,
    err: Arc<Mutex<Box<dyn Write + Send>>>,
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Console")
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn put(out: &Mutex<Box<dyn Write + Send>>, bytes: &[u8]) -> io::Result<()> {
    let mut out = lock(out);
    out.write_all(bytes)?;
    out.flush()
}

impl Default for Console {
    /// The process's own streams.
    fn default() -> Self {
        Self::new(io::stdin(), io::stdout(), io::stderr())
    }
}

impl Console {
    pub fn new(
        input: impl Read + Send + 'static,
        out: impl Write + Send + 'static,
        err: impl Write + Send + 'static,
    ) -> Self {
        let out: Arc<Mutex<Box<dyn Write + Send>>> = Arc::new(Mutex::new(Box::new(out)));
        let err = Arc::new(Mutex::new(Box::new(err) as Box<dyn Write + Send>));
        Self { input: Input::stream(input), lines: None, raw: out.clone(), out, err }
    }

    /// That of a serial port: text goes to `out`, and what is to stay as it is, byte for byte, to `raw`.
    pub fn of_port(
        keyboard: Arc<dyn Keyboard>,
        out: impl Write + Clone + Send + 'static,
        raw: impl Write + Send + 'static,
    ) -> Self {
        Self {
            input: Input::Keyboard(keyboard),
            raw: Arc::new(Mutex::new(Box::new(raw))),
            err: Arc::new(Mutex::new(Box::new(out.clone()))),
            lines: None,
            out: Arc::new(Mutex::new(Box::new(out))),
        }
    }

    /// As `new`, for an input at which a person types: it goes on behind its end, which is Ctrl-D.
    pub fn typed(
        input: impl Read + Send + 'static,
        out: impl Write + Send + 'static,
        err: impl Write + Send + 'static,
    ) -> Self {
        let console = Self::new(input, out, err);
        console.input.goes_on();
        console
    }

    /// `input()` asks here, and not the stream; in the stream Enter is a carriage return, as at a serial port.
    #[must_use]
    pub fn with_lines(mut self, lines: Arc<dyn Lines>) -> Self {
        self.lines = Some(lines);
        self
    }

    /// Writes what a script printed, at once: a module's serial port has no buffer to lose.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn print(&self, bytes: &[u8]) -> io::Result<()> {
        put(&self.out, bytes)
    }

    /// Writes an error text.
    pub fn complain(&self, text: &str) {
        let mut err = lock(&self.err);
        // There is nobody to tell that telling failed.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// What a captured session has written.
#[derive(Debug, Clone, Default)]
pub struct Output {
    out: Captured,
    err: Captured,
}

impl Output {
    #[must_use]
    pub fn stdout(&self) -> String {
        self.out.text()
    }
    #[must_use]
    pub fn stderr(&self) -> String {
        self.err.text()
    }
}

#[derive(Debug, Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&lock(&self.0)).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lock(&self.0).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A console that reads `input` and keeps what is written.
#[must_use]
pub fn captured(input: &str) -> (Console, Output) {
    let output = Output::default();
    let input = io::Cursor::new(input.as_bytes().to_vec());
    (Console::new(input, output.out.clone(), output.err.clone()), output)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    In,
    Out,
    Err,
}

/// `usys.stdin`, `usys.stdout` or `usys.stderr`.
#[pyclass(module = "usys", name = "FileIO")]
#[derive(Debug, PyPayload)]
pub(crate) struct Stream {
    which: Which,
    /// `.buffer`: reads bytes.
    binary: bool,
    pub console: Console,
}

fn failed(e: &io::Error, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let number = quecpy_net::Error::from(io::Error::from_raw_os_error(e.raw_os_error().unwrap_or(5)));
    quecpy_usocket::error::raise(number, vm)
}

#[pyclass]
impl Stream {
    /// `write(data)`, `write(data, count)` or `write(data, from, count)`.
    #[pymethod]
    fn write(
        zelf: &Py<Self>,
        data: ArgStrOrBytesLike,
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
            Which::Out => {
                let out = if self.binary { &self.console.raw } else { &self.console.out };
                put(out, bytes).map_err(|e| failed(&e, vm))
            }
            Which::Err => {
                self.console.complain(&String::from_utf8_lossy(bytes));
                Ok(())
            }
            Which::In => Err(quecpy_usocket::error::os_error(quecpy_net::errno::EINVAL, vm)),
        }
    }

    #[pymethod]
    fn flush(_zelf: &Py<Self>) {}

    /// For `uselect`.
    #[pymethod]
    fn _quecpy_readable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        match zelf.which {
            Which::In => zelf.console.input.has_some().map_err(|e| failed(&e, vm)),
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
        vm.ctx.new_str(String::from_utf8_lossy(&bytes).into_owned()).into()
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
        let environment = quecpy_usocket::Environment::of(vm)?;
        let waiters = &environment.stack.waiters;
        let mut bytes = wait_or_raise(vm, &environment.stack, || self.console.input.take(waiters, want))?;
        if self.returns() {
            bytes.iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
        }
        Ok(bytes)
    }

    #[pygetset]
    fn buffer(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        Self { which: zelf.which, binary: true, console: zelf.console.clone() }.into_pyobject(vm)
    }
}

/// Gives the VM the session's streams.
pub(crate) fn install(console: &Console, vm: &VirtualMachine) -> PyResult<()> {
    let _ = Stream::make_static_type();
    for (name, which) in [("stdin", Which::In), ("stdout", Which::Out), ("stderr", Which::Err)] {
        let stream = Stream { which, binary: false, console: console.clone() }.into_pyobject(vm);
        vm.sys_module.set_attr(name, stream, vm)?;
    }
    Ok(())
}
