//! `_thread`: threads, locks and semaphores.

pub(crate) use thread::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_thread")]
#[allow(non_snake_case, reason = "fields of a tuple that scripts see are spelt as on the module")]
mod thread {
    use crate::bridge::error::{bare, environment, raise, waiting};
    use crate::bridge::exceptions::traceback;
    use crate::bridge::firmware;
    use crate::bridge::thread_table::{MAIN, Threads};
    use crate::stdlib::semaphore::Turns;
    use quecpy_net::Deadline;
    use quecpy_usocket::thread::{self, Start};
    use rustpython_vm::builtins::{PyDict, PyList, PyModule, PyTuple};
    use rustpython_vm::convert::ToPyObject;
    use rustpython_vm::function::{ArgCallable, FuncArgs, KwArgs, OptionalArg, PosArgs};
    use rustpython_vm::types::PyStructSequence;
    use rustpython_vm::{
        AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass, pystruct_sequence,
        pystruct_sequence_data,
    };
    use std::cell::Cell;
    use std::sync::Arc;
    use std::sync::atomic::Ordering::SeqCst;
    use std::time::Duration;

    /// What a thread of the VM really gets: scripts say how little a module's thread needs, not this VM's.
    const HOST_STACK: usize = 4 << 20;
    /// Free bytes of a module's system heap (the module contract, system: typically 200,000 to 800,000).
    const HEAP: usize = 400_000;

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

    /// Without argument the size; with one 0 if it is taken, −1 if it is too small. MicroPython itself returns the size before,
    /// and without argument sets the default, which is 0.
    #[pyfunction]
    fn stack_size(words: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let threads = Threads::of(vm)?;
        let firmware = firmware::of(vm)?;
        if firmware.thread_stack_resets {
            return Ok(threads.stack_size.swap(words.unwrap_or(0), SeqCst));
        }
        let size = match threads.stack_size.load(SeqCst) {
            0 => firmware.thread_stack,
            n => n,
        };
        Ok(match words {
            OptionalArg::Missing => size,
            OptionalArg::Present(n) if n >= firmware.thread_stack_least => {
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
        let stack = environment(vm)?.stack.clone();
        let number = threads.enrol();
        let running = Arc::new(());
        if let Some(leaks) = &stack.leaks {
            let place = quecpy_usocket::place_of_caller(vm).unwrap_or_default();
            let running = Arc::downgrade(&running);
            leaks.made(format!("a thread, started at {place}"), move || running.strong_count() > 0);
        }
        let (mine, waiters) = (threads.clone(), stack.clone());
        let body = move |vm: &VirtualMachine| {
            let _running = running;
            NUMBER.set(number);
            if mine.started(number, waiters.waiters.this_thread()) {
                run(&function, args, vm);
            }
            drop(function);
            mine.ended(number);
        };
        let life = Some(stack.keep_alive.begin());
        let start = Start { name: format!("thread {number}"), stack_size: HOST_STACK, life };
        thread::spawn(start, &stack, vm, body).map(|()| number).inspect_err(|_| threads.ended(number))
    }

    /// Ends another thread where it waits, or at its next wait; 0 is the calling one.
    #[pyfunction]
    fn stop_thread(number: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let number = if number == 0 { get_ident() } else { number };
        if number == MAIN {
            return Err(vm.new_value_error("Deleting the main thread is not allowed!"));
        }
        match Threads::of(vm)?.take_out(number) {
            None => return Err(vm.new_value_error(format!("No thread with thread id {number} was found!"))),
            Some(Some(waiter)) if number != get_ident() => thread::stop(&environment(vm)?.stack, &waiter, vm),
            Some(_) => {}
        }
        if number == get_ident() { exit(vm).map(|()| 0) } else { Ok(0) }
    }

    #[pyfunction(name = "threadIsRunning")]
    fn thread_is_running(number: i64, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(Threads::of(vm)?.is_running(number))
    }

    #[pyfunction]
    fn get_heap_size() -> usize {
        HEAP
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        if !firmware::of(vm)?.has_semaphores {
            for name in ["allocate_semphore", "allocate_semaphore", "delete_semphore", "threadIsRunning"] {
                module.as_object().del_attr(name, vm)?;
            }
        }
        Ok(())
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
        turns: Turns,
    }

    #[pyfunction]
    fn allocate_lock(vm: &VirtualMachine) -> PyObjectRef {
        Lock { turns: Turns::new(1) }.into_pyobject(vm)
    }

    /// Locks need no freeing here.
    #[pyfunction]
    fn delete_lock(lock: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        match lock.downcast_ref::<Lock>() {
            Some(_) => Ok(()),
            None => Err(vm.new_type_error("The argument isn't a lock.")),
        }
    }

    fn take(turns: &Turns, deadline: Deadline, vm: &VirtualMachine) -> PyResult<bool> {
        let environment = environment(vm)?;
        match waiting(vm, &environment.stack, || turns.take(deadline, &environment.stack.waiters))? {
            Ok(()) => Ok(true),
            Err(quecpy_net::Error::TIMED_OUT) => Ok(false),
            Err(e) => Err(raise(e, vm)),
        }
    }

    #[pyclass(flags(DISALLOW_INSTANTIATION))]
    impl Lock {
        /// Waits for the lock, or not when `wait` is false. A timeout is accepted and ignored, as on the module.
        #[pymethod]
        fn acquire(
            zelf: &Py<Self>,
            wait: OptionalArg<PyObjectRef>,
            _timeout: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<bool> {
            if zelf.turns.try_take() {
                return Ok(true);
            }
            if let OptionalArg::Present(wait) = wait
                && !wait.try_to_bool(vm)?
            {
                return Ok(false);
            }
            take(&zelf.turns, Deadline::NEVER, vm)
        }

        #[pymethod]
        fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            if zelf.turns.give() { Ok(()) } else { Err(bare(vm.ctx.exceptions.runtime_error, vm)) }
        }

        #[pymethod]
        fn locked(zelf: &Py<Self>) -> bool {
            zelf.turns.free() == 0
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

    #[pyattr]
    #[pyclass(module = "_thread", name = "semphore")]
    #[derive(Debug, PyPayload)]
    struct Semaphore {
        turns: Turns,
    }

    /// What `getCnt()` returns.
    #[pystruct_sequence_data]
    #[derive(Debug)]
    struct CountData {
        maxCnt: usize,
        curCnt: usize,
    }

    #[pyattr]
    #[pystruct_sequence(name = "attrtuple", module = "_thread", data = "CountData")]
    struct Count;

    #[pyclass(with(PyStructSequence))]
    impl Count {}

    /// Generation 3 also spells it right.
    #[pyfunction(name = "allocate_semaphore")]
    #[pyfunction]
    fn allocate_semphore(count: u32, vm: &VirtualMachine) -> PyObjectRef {
        Semaphore { turns: Turns::new(count as usize) }.into_pyobject(vm)
    }

    #[pyfunction]
    fn delete_semphore(semaphore: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        match semaphore.downcast_ref::<Semaphore>() {
            Some(_) => Ok(()),
            None => Err(vm.new_type_error("The argument isn't a semphore.")),
        }
    }

    #[pyclass(flags(DISALLOW_INSTANTIATION))]
    impl Semaphore {
        /// Waits for a turn, for that many milliseconds at most.
        #[pymethod]
        fn acquire(zelf: &Py<Self>, ms: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<bool> {
            let ms = ms.into_option().and_then(|ms| u64::try_from(ms).ok());
            let timeout = ms.map(Duration::from_millis);
            take(&zelf.turns, Deadline::after(timeout, environment(vm)?.stack.time()), vm)
        }

        #[pymethod]
        fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            if zelf.turns.give() { Ok(()) } else { Err(bare(vm.ctx.exceptions.runtime_error, vm)) }
        }

        #[pymethod(name = "getCnt")]
        fn get_cnt(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
            CountData { maxCnt: zelf.turns.most(), curCnt: zelf.turns.free() }.to_pyobject(vm)
        }
    }
}
