//! `_thread`: threads and locks. A session knows how many of its threads still run.

pub(crate) use thread::module_def as definition;

use quecpy_net::{Deadline, Error, Stack};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Thread;

/// Where the VM keeps it.
const KEY: &str = "_quecpy_threads";

/// The threads of one session.
#[pyclass(module = "_thread", name = "_threads")]
#[derive(Debug, Default, PyPayload)]
pub struct Threads {
    running: AtomicU32,
    last_id: AtomicI64,
    stack_size: AtomicI64,
    at_end: Mutex<Option<Thread>>,
}

#[pyclass]
impl Threads {
    /// Puts a fresh count into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let _ = Self::make_static_type();
        let threads = Self::default().into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, threads.clone(), vm)?;
        Ok(threads)
    }

    fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        match vm.sys_module.get_attr(KEY, vm) {
            Ok(found) => found.downcast().map_err(|_| vm.new_type_error("the session's threads were replaced")),
            Err(_) => Self::install(vm),
        }
    }

    fn ended(&self) {
        self.running.fetch_sub(1, SeqCst);
        if let Some(waiting) = &*self.at_end.lock().unwrap_or_else(PoisonError::into_inner) {
            waiting.unpark();
        }
    }

    /// Waits until no thread of the script runs any more.
    ///
    /// # Errors
    /// `Interrupted`.
    pub fn wait(&self, stack: &Arc<Stack>) -> Result<(), Error> {
        *self.at_end.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::current());
        stack.waiters.park(Deadline::NEVER, || self.running.load(SeqCst) == 0)
    }
}

#[rustpython_vm::pymodule(name = "_quecpy_thread")]
mod thread {
    use super::{SeqCst, Threads};
    use crate::error::{bare, environment, os_error, wait_or_raise};
    use crate::traceback;
    use quecpy_net::{Deadline, errno};
    use rustpython_vm::builtins::{PyDict, PyList, PyTuple};
    use rustpython_vm::function::{ArgCallable, FuncArgs, KwArgs, OptionalArg, PosArgs};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
    use std::cell::Cell;
    use std::collections::VecDeque;
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use std::thread::Thread;

    /// Words, as generation 1 counts them (`contracts/system.md`, stack_size).
    const DEFAULT_STACK: i64 = 8448;
    const SMALLEST_STACK: i64 = 8192;
    /// What a thread of the VM really gets: scripts say how little a module's thread needs, not this VM's.
    const HOST_STACK: usize = 4 << 20;
    /// The main thread's number.
    const MAIN: i64 = 1;

    thread_local! {
        static NUMBER: Cell<i64> = const { Cell::new(MAIN) };
    }

    #[pyfunction]
    fn get_ident() -> i64 {
        NUMBER.get()
    }

    #[pyfunction]
    fn exit(vm: &VirtualMachine) -> PyResult<()> {
        Err(bare(vm.ctx.exceptions.system_exit, vm))
    }

    /// Without argument the size; with one 0 if it is taken, −1 if it is too small.
    #[pyfunction]
    fn stack_size(words: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let threads = Threads::of(vm)?;
        let size = match threads.stack_size.load(SeqCst) {
            0 => DEFAULT_STACK,
            n => n,
        };
        Ok(match words {
            OptionalArg::Missing => size,
            OptionalArg::Present(n) if n >= SMALLEST_STACK => {
                threads.stack_size.store(n, SeqCst);
                0
            }
            OptionalArg::Present(_) => -1,
        })
    }

    fn arguments(args: &PyObjectRef, kwargs: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<FuncArgs> {
        let args = if let Some(tuple) = args.downcast_ref::<PyTuple>() {
            tuple.as_slice().to_vec()
        } else if let Some(list) = args.downcast_ref::<PyList>() {
            list.borrow_vec().to_vec()
        } else {
            return Err(vm.new_type_error("the arguments of a thread must be a tuple or a list"));
        };
        let mut keywords = KwArgs::default();
        if let Some(kwargs) = kwargs {
            let Ok(dict) = kwargs.downcast::<PyDict>() else {
                return Err(vm.new_type_error("expecting a dict for keyword args"));
            };
            keywords = dict
                .into_iter()
                .map(|(name, value)| Ok((name.str(vm)?.to_string(), value)))
                .collect::<PyResult<_>>()?;
        }
        Ok(FuncArgs::new(args, keywords))
    }

    #[pyfunction]
    fn start_new_thread(
        function: ArgCallable,
        args: PyObjectRef,
        kwargs: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let args = arguments(&args, kwargs.into_option(), vm)?;
        let threads = Threads::of(vm)?;
        let number = MAIN + 1 + threads.last_id.fetch_add(1, SeqCst);
        threads.running.fetch_add(1, SeqCst);
        let mine = threads.clone();
        let body = vm.new_thread().make_spawn_func(move |vm| {
            NUMBER.set(number);
            run(&function, args, vm);
            drop(function);
            mine.ended();
        });
        let started = std::thread::Builder::new().name(format!("thread {number}")).stack_size(HOST_STACK).spawn(body);
        match started {
            Ok(_) => Ok(number),
            Err(_) => {
                threads.ended();
                Err(os_error(errno::EAGAIN, vm))
            }
        }
    }

    fn run(function: &ArgCallable, args: FuncArgs, vm: &VirtualMachine) {
        let Err(e) = function.invoke(args, vm) else { return };
        if e.fast_isinstance(vm.ctx.exceptions.system_exit) {
            return;
        }
        let name = function.as_object().repr(vm).map(|r| r.to_string()).unwrap_or_default();
        let text = format!("Unhandled exception in thread started by {name}\n{}", traceback::text(&e, vm));
        if let Ok(stderr) = vm.sys_module.get_attr("stderr", vm) {
            // Nobody is left to tell if even this fails.
            let _ = vm.call_method(&stderr, "write", (text,));
        }
    }

    #[pyattr(name = "LockType")]
    #[pyclass(module = "_thread", name = "lock")]
    #[derive(Debug, PyPayload)]
    struct Lock {
        state: Mutex<State>,
    }

    #[derive(Debug, Default)]
    struct State {
        locked: bool,
        waiting: VecDeque<Thread>,
    }

    impl Lock {
        fn state(&self) -> MutexGuard<'_, State> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn take(&self) -> bool {
            let mut state = self.state();
            !std::mem::replace(&mut state.locked, true)
        }

        /// Takes it, or is told when it is given back.
        fn take_or_queue(&self) -> bool {
            let mut state = self.state();
            let free = !std::mem::replace(&mut state.locked, true);
            let me = std::thread::current();
            if free {
                state.waiting.retain(|t| t.id() != me.id());
            } else if !state.waiting.iter().any(|t| t.id() == me.id()) {
                state.waiting.push_back(me);
            }
            free
        }
    }

    impl Lock {
        /// Leaves the queue after an interrupt; a wake-up that came for this thread goes to the next.
        fn give_up(&self) {
            let mut state = self.state();
            let me = std::thread::current().id();
            state.waiting.retain(|t| t.id() != me);
            if !state.locked
                && let Some(next) = state.waiting.pop_front()
            {
                next.unpark();
            }
        }
    }

    #[pyfunction]
    fn allocate_lock(vm: &VirtualMachine) -> PyObjectRef {
        Lock { state: Mutex::default() }.into_pyobject(vm)
    }

    #[pyclass]
    impl Lock {
        /// Waits for the lock, or not when `wait` is false. A timeout is accepted and ignored, as on the module.
        #[pymethod]
        fn acquire(
            zelf: &Py<Self>,
            wait: OptionalArg<PyObjectRef>,
            _timeout: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<bool> {
            if zelf.take() {
                return Ok(true);
            }
            if let OptionalArg::Present(wait) = wait
                && !wait.try_to_bool(vm)?
            {
                return Ok(false);
            }
            let environment = environment(vm)?;
            let waiters = &environment.stack.waiters;
            wait_or_raise(vm, || waiters.park(Deadline::NEVER, || zelf.take_or_queue()))
                .inspect_err(|_| zelf.give_up())?;
            Ok(true)
        }

        #[pymethod]
        fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            let mut state = zelf.state();
            if !std::mem::replace(&mut state.locked, false) {
                return Err(bare(vm.ctx.exceptions.runtime_error, vm));
            }
            if let Some(next) = state.waiting.pop_front() {
                next.unpark();
            }
            Ok(())
        }

        #[pymethod]
        fn locked(zelf: &Py<Self>) -> bool {
            zelf.state().locked
        }

        #[pymethod]
        fn __enter__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
            Self::acquire(zelf, OptionalArg::Missing, OptionalArg::Missing, vm)
        }

        #[pymethod]
        fn __exit__(zelf: &Py<Self>, _exception: PosArgs, vm: &VirtualMachine) -> PyResult<()> {
            Self::release(zelf, vm)
        }
    }
}
