//! Where a session reads and writes: the process's own streams, a front end's, or captured ones.

use crate::lines::Lines;
use crate::stdin::{Input, Keyboard};
use parking_lot::Mutex;
use quecpy_modules::stdlib::semaphore::Turns;
use quecpy_net::process::{self, Stream};
use quecpy_net::{Deadline, Stack, Waiters};
use quecpy_usocket::wait::wait_or_raise;
use rustpython_vm::{PyResult, VirtualMachine};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// Where output goes.
pub trait Sink: Send + Sync {
    /// Writes some of `bytes`, and tells how many. It may wait for a reader: with `waiters`, so that Ctrl-C ends the wait;
    /// without, nothing does. The caller is detached from the VM.
    ///
    /// # Errors
    /// `Interrupted`; within, those of the stream.
    fn write(&self, bytes: &[u8], waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>>;

    /// Whether so many bytes can be written now without any wait. Asked only when the script has several threads.
    fn is_ready(&self, _count: usize) -> bool {
        true
    }
}

/// A writer that does not make anybody wait.
struct Writer<W>(Mutex<W>);

impl<W: Write + Send> Sink for Writer<W> {
    fn write(&self, bytes: &[u8], _waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>> {
        let mut writer = self.0.lock();
        Ok(writer.write_all(bytes).and_then(|()| writer.flush()).map(|()| bytes.len()))
    }
}

/// Told when an output of the process fails; the script sees an OSError if it returns.
pub type OnFailure = Arc<dyn Fn(&io::Error) + Send + Sync>;

/// An output of the process.
struct OfProcess(Stream, Option<OnFailure>);

impl Sink for OfProcess {
    fn write(&self, bytes: &[u8], waiters: Option<&Waiters>) -> quecpy_net::Result<io::Result<usize>> {
        let Self(stream, on_failure) = self;
        let written = match waiters {
            Some(waiters) => waiters.write_out(*stream, bytes)?,
            None => process::write_blocking(*stream, bytes),
        };
        if let (Err(e), Some(on_failure)) = (&written, on_failure) {
            on_failure(e);
        }
        Ok(written)
    }

    fn is_ready(&self, count: usize) -> bool {
        process::is_ready(self.0, count)
    }
}

/// One of a session's outputs: what is printed at once stays in one piece.
pub(crate) struct Output {
    sink: Box<dyn Sink>,
    /// Whoever writes.
    writer: Turns,
}

struct Writing<'a>(&'a Turns);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.give();
    }
}

impl Output {
    fn new(sink: impl Sink + 'static) -> Arc<Self> {
        Arc::new(Self { sink: Box::new(sink), writer: Turns::new(1) })
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// OSError; what a signal's handler raises, as KeyboardInterrupt.
    pub fn write(&self, bytes: &[u8], stack: &Stack, vm: &VirtualMachine) -> PyResult<()> {
        let waiters = &stack.waiters;
        if !self.writer.try_take() {
            wait_or_raise(vm, stack, || self.writer.take(Deadline::NEVER, waiters))?;
        }
        let _writing = Writing(&self.writer);
        let mut rest = bytes;
        while !rest.is_empty() {
            // While nobody is made to wait the other threads' turn comes when this one's is over.
            let at_once = stack.gil.is_held() && self.sink.is_ready(rest.len());
            let written = match at_once.then(|| vm.allow_threads(|| self.sink.write(rest, Some(waiters)))) {
                Some(Ok(written)) => written,
                _ => wait_or_raise(vm, stack, || self.sink.write(rest, Some(waiters)))?,
            };
            let n = written.map_err(|e| failed(&e, vm))?;
            rest = &rest[n.min(rest.len())..];
        }
        Ok(())
    }

    /// Writes all of it outside a VM, where nothing ends the wait.
    fn write_outside(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let n = self.sink.write(rest, None).map_err(io::Error::other)??;
            rest = &rest[n.min(rest.len())..];
        }
        Ok(())
    }
}

/// Where a session reads and writes.
#[derive(Clone)]
pub struct Console {
    pub(crate) input: Input,
    pub(crate) lines: Option<Arc<dyn Lines>>,
    pub(crate) out: Arc<Output>,
    /// What `.buffer` writes.
    pub(crate) raw: Arc<Output>,
    pub(crate) err: Arc<Output>,
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Console")
    }
}

impl Default for Console {
    /// The process's own streams.
    fn default() -> Self {
        Self::with_sinks(io::stdin(), OfProcess(Stream::Out, None), OfProcess(Stream::Err, None))
    }
}

impl Console {
    /// One with writers that make nobody wait.
    pub fn new(
        input: impl Read + Send + 'static,
        out: impl Write + Send + 'static,
        err: impl Write + Send + 'static,
    ) -> Self {
        Self::with_sinks(input, Writer(Mutex::new(out)), Writer(Mutex::new(err)))
    }

    fn with_sinks(input: impl Read + Send + 'static, out: impl Sink + 'static, err: impl Sink + 'static) -> Self {
        let out = Output::new(out);
        Self { input: Input::stream(input), lines: None, raw: out.clone(), out, err: Output::new(err) }
    }

    /// The process's own streams; `on_failure` is told when standard output fails.
    #[must_use]
    pub fn of_process(on_failure: OnFailure) -> Self {
        Self::with_sinks(io::stdin(), OfProcess(Stream::Out, Some(on_failure)), OfProcess(Stream::Err, None))
    }

    /// That of a serial port: text goes to `out`, and what is to stay as it is, byte for byte, to `raw`.
    pub fn of_port(keyboard: Arc<dyn Keyboard>, out: impl Sink + Clone + 'static, raw: impl Sink + 'static) -> Self {
        Self {
            input: Input::Keyboard(keyboard),
            raw: Output::new(raw),
            err: Output::new(out.clone()),
            lines: None,
            out: Output::new(out),
        }
    }

    /// One that reads from a front end, with writers that make nobody wait.
    pub fn of_keyboard(
        keyboard: Arc<dyn Keyboard>,
        out: impl Write + Send + 'static,
        err: impl Write + Send + 'static,
    ) -> Self {
        Self { input: Input::Keyboard(keyboard), ..Self::new(io::empty(), out, err) }
    }

    /// That of a terminal at which a person types: its input goes on behind its end, which is Ctrl-D.
    pub fn typed(input: impl Read + Send + 'static, screen: impl Sink + Clone + 'static) -> Self {
        let console = Self::with_sinks(input, screen.clone(), screen);
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
        self.out.write_outside(bytes)
    }

    /// Writes an error text.
    pub fn complain(&self, text: &str) {
        // There is nobody to tell that telling failed.
        let _ = self.err.write_outside(text.as_bytes());
    }

    /// Writes an error text from within a VM: Ctrl-C ends that too.
    pub(crate) fn complain_within(&self, text: &str, stack: &Stack, vm: &VirtualMachine) {
        // As above.
        let _ = self.err.write(text.as_bytes(), stack, vm);
    }
}

/// What a captured session has written.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    out: Captured,
    err: Captured,
}

impl Printed {
    /// What was printed to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.out.text()
    }
    /// What was printed to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.err.text()
    }
}

#[derive(Debug, Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock()).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A console that reads `input` and keeps what is written.
#[must_use]
pub fn captured(input: &str) -> (Console, Printed) {
    let printed = Printed::default();
    let input = io::Cursor::new(input.as_bytes().to_vec());
    (Console::new(input, printed.out.clone(), printed.err.clone()), printed)
}

/// An error of the host's stream, as a script sees it.
pub(crate) fn failed(e: &io::Error, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let number = quecpy_net::Error::from(io::Error::from_raw_os_error(e.raw_os_error().unwrap_or(5)));
    quecpy_usocket::error::raise(number, vm)
}
