//! `uzlib`: reading what was deflated (the module contract, std, uzlib). [`quecpy_formats::inflate`] does it.

pub(crate) use uzlib::module_def as definition;

#[rustpython_vm::pymodule]
mod uzlib {
    use crate::bridge::error::os_error;
    use parking_lot::Mutex;
    use quecpy_formats::inflate::{Failed, Form, Inflater, header, whole};
    use quecpy_net::errno::EINVAL;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytes, PyType};
    use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{
        FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass,
    };

    /// More than a module has memory for.
    const LARGEST: usize = 1 << 26;
    /// Room that is made at a time.
    const STEP: usize = 4096;

    fn too_large(vm: &VirtualMachine) -> PyBaseExceptionRef {
        vm.new_memory_error("memory allocation failed")
    }

    #[pyfunction]
    fn decompress(
        data: TextOrBytes,
        wbits: OptionalArg<i64>,
        _bufsize: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyBytes>> {
        let out = whole(Form::of(wbits.unwrap_or(0)), &data.borrow_bytes(), LARGEST);
        match out {
            Ok(Some(bytes)) => Ok(vm.ctx.new_bytes(bytes)),
            Ok(None) => Err(too_large(vm)),
            Err(why) => {
                let number = vm.ctx.new_int(why as i32).into();
                Err(vm.new_exception(vm.ctx.exceptions.value_error.to_owned(), vec![number]))
            }
        }
    }

    #[derive(Debug)]
    struct State {
        inflater: Inflater,
        /// What came out and was not read yet.
        out: Vec<u8>,
    }

    /// A stream that reads another one.
    #[pyattr]
    #[pyclass(module = false, name = "DecompIO")]
    #[derive(Debug, PyPayload)]
    struct DecompIO {
        stream: PyObjectRef,
        /// Taken while a call is in progress, which may wait.
        state: Mutex<Option<State>>,
    }

    #[derive(FromArgs)]
    struct NewArgs {
        #[pyarg(positional)]
        stream: PyObjectRef,
        #[pyarg(positional, default = 0)]
        wbits: i64,
        #[pyarg(positional, default = 1)]
        _bufsize: i64,
    }

    /// One byte, so that nothing is taken from the stream that follows.
    fn next_byte(stream: &PyObject, vm: &VirtualMachine) -> PyResult<u8> {
        let read = vm.call_method(stream, "read", (1,))?;
        let data = TextOrBytes::try_from_object(vm, read)?;
        let first = data.borrow_bytes().first().copied();
        first.ok_or_else(|| vm.new_exception(vm.ctx.exceptions.eof_error.to_owned(), vec![]))
    }

    impl Constructor for DecompIO {
        type Args = NewArgs;

        fn py_new(_cls: &Py<PyType>, args: NewArgs, vm: &VirtualMachine) -> PyResult<Self> {
            let form = Form::of(args.wbits);
            let mut start = Vec::new();
            loop {
                match header(form, &start) {
                    Ok(Some(_)) => break,
                    Ok(None) if start.len() <= LARGEST => start.push(next_byte(&args.stream, vm)?),
                    Ok(None) | Err(_) => return Err(vm.new_value_error("compression header")),
                }
            }
            let state = State { inflater: Inflater::new(form), out: Vec::new() };
            Ok(Self { stream: args.stream, state: Mutex::new(Some(state)) })
        }
    }

    impl State {
        /// Goes on until `enough` of what came out, or to the end.
        fn fill(&mut self, stream: &PyObject, enough: impl Fn(&[u8]) -> bool, vm: &VirtualMachine) -> PyResult<()> {
            let failed = |_: Failed| os_error(EINVAL, vm);
            while !self.inflater.done && !enough(&self.out) {
                if self.out.len() > LARGEST {
                    return Err(too_large(vm));
                }
                self.out.reserve(STEP);
                let before = self.out.len();
                // What an earlier byte stands for may not have had room.
                self.inflater.step(&[], &mut self.out).map_err(failed)?;
                if self.inflater.done || self.out.len() > before {
                    continue;
                }
                let byte = next_byte(stream, vm)?;
                self.inflater.step(&[byte], &mut self.out).map_err(failed)?;
            }
            Ok(())
        }
    }

    #[pyclass(with(Constructor))]
    impl DecompIO {
        /// Takes up to `n` bytes, or one line.
        fn take(&self, n: usize, line: bool, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
            let end = |out: &[u8]| if line { out.iter().position(|b| *b == b'\n').map(|i| i + 1) } else { None };
            let slot = || self.state.lock();
            let Some(mut state) = slot().take() else {
                return Err(vm.new_runtime_error("the stream is being read by another thread"));
            };
            let filled = state.fill(&self.stream, |out| out.len() >= n || end(out).is_some(), vm);
            let n = end(&state.out).unwrap_or(n).min(n).min(state.out.len());
            let taken = if filled.is_ok() { state.out.drain(..n).collect() } else { Vec::new() };
            *slot() = Some(state);
            filled.map(|()| taken)
        }

        #[pymethod]
        fn read(zelf: &Py<Self>, n: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
            zelf.take(size(n), false, vm).map(|bytes| vm.ctx.new_bytes(bytes))
        }

        #[pymethod]
        fn readline(zelf: &Py<Self>, n: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
            zelf.take(size(n), true, vm).map(|bytes| vm.ctx.new_bytes(bytes))
        }

        #[pymethod]
        fn readinto(
            zelf: &Py<Self>,
            buffer: ArgMemoryBuffer,
            n: OptionalArg<i64>,
            vm: &VirtualMachine,
        ) -> PyResult<usize> {
            let taken = zelf.take(size(n).min(buffer.len()), false, vm)?;
            // The buffer may have shrunk meanwhile.
            Ok(buffer.with_ref(|room| {
                let n = taken.len().min(room.len());
                room[..n].copy_from_slice(&taken[..n]);
                n
            }))
        }
    }

    fn size(n: OptionalArg<i64>) -> usize {
        n.into_option().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
    }
}
