//! The session's standard streams: the terminal's, or captured ones for tests and other front ends.

use quecpy_net::{Deadline, Waiters};
use quecpy_usocket::error::wait_or_raise;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, ArgStrOrBytesLike, OptionalArg};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::io::{self, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Thread;

/// Where a session reads and writes.
#[derive(Clone)]
pub struct Console {
    input: Arc<Input>,
    out: Arc<Mutex<Box<dyn Write + Send>>>,
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
        Self {
            input: Arc::new(Input {
                source: Mutex::new(Some(Box::new(input))),
                arrived: Mutex::default(),
                asked: Condvar::new(),
            }),
            out: Arc::new(Mutex::new(Box::new(out))),
            err: Arc::new(Mutex::new(Box::new(err))),
        }
    }

    /// Writes what a script printed, at once: a module's serial port has no buffer to lose.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn print(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = lock(&self.out);
        out.write_all(bytes)?;
        out.flush()
    }

    /// Writes an error text.
    pub fn complain(&self, text: &str) {
        let mut err = lock(&self.err);
        // There is nobody to tell that telling failed.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// Standard input. A thread of its own reads it, so that the script's wait can be broken like any other; it reads only
/// while a script asks, since at a prompt somebody else reads the same terminal.
struct Input {
    source: Mutex<Option<Box<dyn Read + Send>>>,
    arrived: Mutex<Arrived>,
    asked: Condvar,
}

#[derive(Default)]
struct Arrived {
    bytes: Vec<u8>,
    ended: bool,
    /// Who asks for more.
    waiting: Option<Thread>,
}

/// Bytes that are read from standard input at once.
const CHUNK: usize = 4096;

impl Input {
    fn start_reading(self: &Arc<Self>) -> io::Result<()> {
        let Some(mut source) = lock(&self.source).take() else { return Ok(()) };
        let input = self.clone();
        let pump = move || {
            let mut chunk = [0; CHUNK];
            loop {
                input.wait_for_a_reader();
                let n = match source.read(&mut chunk) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    // An input that fails is an input that has ended.
                    result => result.unwrap_or(0),
                };
                let mut arrived = lock(&input.arrived);
                arrived.bytes.extend_from_slice(&chunk[..n]);
                arrived.ended = n == 0;
                if let Some(waiting) = arrived.waiting.take() {
                    waiting.unpark();
                }
                if arrived.ended {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("standard input".into()).spawn(pump).map(drop)
    }

    fn wait_for_a_reader(&self) {
        let mut arrived = lock(&self.arrived);
        while arrived.waiting.is_none() {
            arrived = self.asked.wait(arrived).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether a read would get something now; if not, more is asked for.
    fn has_some(self: &Arc<Self>) -> io::Result<bool> {
        self.start_reading()?;
        let mut arrived = lock(&self.arrived);
        let some = arrived.ended || !arrived.bytes.is_empty();
        if !some {
            arrived.waiting = Some(std::thread::current());
            self.asked.notify_one();
        }
        Ok(some)
    }

    /// Waits until `enough` bytes of those that have arrived can be taken, or all at the end of the input.
    fn take(
        self: &Arc<Self>,
        waiters: &Waiters,
        enough: impl Fn(&[u8]) -> Option<usize>,
    ) -> quecpy_net::Result<Vec<u8>> {
        self.start_reading()?;
        let mut taken = Vec::new();
        waiters.park(Deadline::NEVER, || {
            let mut arrived = lock(&self.arrived);
            let n = if arrived.ended {
                Some(enough(&arrived.bytes).unwrap_or(arrived.bytes.len()))
            } else {
                enough(&arrived.bytes)
            };
            if let Some(n) = n {
                taken = arrived.bytes.drain(..n).collect();
            } else {
                arrived.waiting = Some(std::thread::current());
                self.asked.notify_one();
            }
            n.is_some()
        })?;
        Ok(taken)
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
    #[pymethod]
    fn write(zelf: &Py<Self>, data: ArgStrOrBytesLike, vm: &VirtualMachine) -> PyResult<usize> {
        let bytes = data.borrow_bytes();
        zelf.put(&bytes, vm).map(|()| bytes.len())
    }

    /// Writes all of it.
    pub(crate) fn put(&self, bytes: &[u8], vm: &VirtualMachine) -> PyResult<()> {
        match self.which {
            Which::Out => self.console.print(bytes).map_err(|e| failed(&e, vm)),
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
        let bytes = zelf.take(|arrived| (arrived.len() >= most).then_some(most), vm)?;
        Ok(zelf.give(bytes, vm))
    }

    fn give(&self, bytes: Vec<u8>, vm: &VirtualMachine) -> PyObjectRef {
        if self.binary {
            return vm.ctx.new_bytes(bytes).into();
        }
        vm.ctx.new_str(String::from_utf8_lossy(&bytes).into_owned()).into()
    }

    #[pymethod]
    fn readinto(zelf: &Py<Self>, buffer: ArgMemoryBuffer, vm: &VirtualMachine) -> PyResult<usize> {
        let most = buffer.len();
        let bytes = zelf.take(|arrived| (arrived.len() >= most).then_some(most), vm)?;
        buffer.with_ref(|room| room[..bytes.len()].copy_from_slice(&bytes));
        Ok(bytes.len())
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let bytes = zelf.line(vm)?;
        Ok(zelf.give(bytes, vm))
    }

    fn line(&self, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        self.take(|arrived| arrived.iter().position(|b| *b == b'\n').map(|i| i + 1), vm)
    }

    /// A line with its end; empty at the end of the input.
    pub(crate) fn next_line(&self, vm: &VirtualMachine) -> PyResult<String> {
        Ok(String::from_utf8_lossy(&self.line(vm)?).into_owned())
    }

    fn take(&self, enough: impl Fn(&[u8]) -> Option<usize>, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let environment = quecpy_usocket::Environment::of(vm)?;
        wait_or_raise(vm, &environment.stack, || self.console.input.take(&environment.stack.waiters, &enough))
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
