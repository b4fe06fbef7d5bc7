//! `_quecpy_test`: what the Python half of the runner asks of the worker.

pub(crate) use native::module_def as definition;

/// For how long, in [`quecpy_net::pause`]s, threads that run at the end of a test may come to theirs.
const LAST_STEPS: u32 = 20;

#[rustpython_vm::pymodule(name = "_quecpy_test")]
mod native {
    use super::LAST_STEPS;
    use crate::fixtures::{board, network_acts, script_acts};
    use crate::worker::capture::Which;
    use crate::worker::kit::Kit;
    use crate::worker::{assertion, convert, diff, stacks};
    use quecpy_modules::bridge::hidden;
    use quecpy_usocket::{Environment, text};
    use rustpython_vm::builtins::{
        PyBaseExceptionRef, PyBoundMethod, PyDictRef, PyFunction, PyListRef, PyStrRef, PyTuple, PyTupleRef, PyTypeRef,
    };
    use rustpython_vm::compiler::Mode;
    use rustpython_vm::function::{ArgIterable, OptionalArg};
    use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};
    use std::time::{Duration, Instant};

    /// A text as the host has it.
    fn plain(text: &PyStrRef, vm: &VirtualMachine) -> String {
        text::to_host_lossy(text, vm)
    }

    /// One event line.
    #[pyfunction]
    fn emit(event: PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
        let value = convert::to_json(event.as_object(), vm)?;
        Kit::of(vm)?.channel.send_value(&value);
        Ok(())
    }

    /// The next line of what the parent says; None when it says nothing more.
    #[pyfunction]
    fn command(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kit = Kit::of(vm)?;
        let line = vm.allow_threads(|| kit.commands.next());
        match line.and_then(|line| serde_json::from_str(&line).ok()) {
            Some(value) => convert::to_python(&value, vm),
            None => Ok(vm.ctx.none()),
        }
    }

    /// Runs a file of tests as a module: its asserts explain themselves.
    #[pyfunction]
    #[expect(clippy::disallowed_methods, reason = "one of the files that the worker was started for")]
    fn load(path: PyStrRef, name: PyStrRef, shown: PyStrRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kit = Kit::of(vm)?;
        let (path, name, shown) = (plain(&path, vm), plain(&name, vm), plain(&shown, vm));
        if !kit.files.contains(&path) {
            return Err(vm.new_os_error(format!("{path} is no file of these tests")));
        }
        let text = std::fs::read_to_string(&path).map_err(|e| vm.new_os_error(format!("cannot read {path}: {e}")))?;
        let text = kit.sources.rewritten(&shown, &text);
        let code = quecpy_runtime::dialect::compile(&text, Mode::Exec, &shown, vm)?;
        let globals = vm.ctx.new_dict();
        let module = quecpy_modules::bridge::module::new(&name, globals.clone(), vm)?;
        globals.set_item("__file__", text::of_host(&shown, vm).into(), vm)?;
        let explain = vm.import("_quecpy_test", 0)?.get_attr("explain", vm)?;
        globals.set_item(assertion::NAME, explain, vm)?;
        let modules: PyDictRef = vm.sys_module.get_attr("_quecpy_modules", vm)?.try_into_value(vm)?;
        modules.set_item(name.as_str(), module.clone().into(), vm)?;
        if let Err(e) = quecpy_runtime::dialect::run(code, quecpy_runtime::scope(globals, None), vm) {
            let _ = modules.del_item(name.as_str(), vm);
            return Err(e);
        }
        Ok(module.into())
    }

    /// A message for an assert that has just failed in the calling function (see `assertion.rs`).
    #[pyfunction]
    fn explain(site: usize, message: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kit = Kit::of(vm)?;
        let Some(frame) = rustpython_vm::frame::current_thread_frame_materialize(vm) else { return Ok(vm.ctx.none()) };
        let file = frame.iframe().code().source_path().to_string();
        let Some(part) = kit.sources.site(&file, site, vm) else { return Ok(vm.ctx.none()) };
        let locals: PyObjectRef = frame.locals(vm)?.into();
        let globals: PyObjectRef = frame.iframe().globals().to_owned().into();
        let unset = vm.import("_quecpy_test", 0)?.get_attr("explain", vm)?;
        let python = vm.import("_pytest_explain", 0)?.get_attr("explain", vm)?;
        let message = match message {
            OptionalArg::Present(message) => vm.ctx.new_tuple(vec![message]),
            OptionalArg::Missing => vm.ctx.empty_tuple.clone(),
        };
        python.call((part, site, locals, globals, unset, message), vm)
    }

    /// `(argument names, how many have defaults, first line, file, whether it is a generator, a coroutine)`, or None.
    #[pyfunction]
    fn describe(function: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut function = function;
        if function.downcast_ref::<PyBoundMethod>().is_some() {
            function = hidden::get(&function, "__func__", vm)?;
        }
        if function.downcast_ref::<PyFunction>().is_none() {
            return Ok(vm.ctx.none());
        }
        let code = hidden::code(&function, vm)?;
        let inner = &code.code;
        let positional = inner.arg_count as usize;
        let count = positional + inner.kwonlyarg_count as usize;
        let names = inner.varnames.iter().take(count).map(|n| vm.ctx.new_str(n.as_str()).into()).collect();
        let defaults = hidden::get(&function, "__defaults__", vm)?;
        let defaults = defaults.downcast_ref::<PyTuple>().map_or(0, |d| d.as_slice().len());
        let keyword_defaults = hidden::get(&function, "__kwdefaults__", vm)?;
        let keyword_defaults = if vm.is_none(&keyword_defaults) { 0 } else { keyword_defaults.length(vm)? };
        let first = inner.first_line_number.map_or(0, |n| n.get());
        use rustpython_vm::bytecode::CodeFlags;
        let generator = inner.flags.contains(CodeFlags::GENERATOR);
        let coroutine = inner.flags.contains(CodeFlags::COROUTINE);
        let parts: Vec<PyObjectRef> = vec![
            vm.ctx.new_tuple(names).into(),
            vm.ctx.new_int(defaults).into(),
            vm.ctx.new_int(keyword_defaults).into(),
            vm.ctx.new_int(first).into(),
            text::of_host(code.source_path().as_str(), vm).into(),
            vm.ctx.new_bool(generator).into(),
            vm.ctx.new_bool(coroutine).into(),
        ];
        Ok(vm.ctx.new_tuple(parts).into())
    }

    /// What stands behind a staticmethod, a classmethod, a method; any other object is itself.
    #[pyfunction]
    fn function_of(callable: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        hidden::get(&callable, "__func__", vm).unwrap_or(callable)
    }

    /// Whether a callable is a method of an object.
    #[pyfunction]
    fn is_bound(callable: PyObjectRef) -> bool {
        callable.downcast_ref::<PyBoundMethod>().is_some()
    }

    /// What an exception went through: `(file, line, function, its first line, its arguments)`, outermost first.
    #[pyfunction]
    fn traceback(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let mut entries = Vec::new();
        let mut next = exception.__traceback__();
        while let Some(entry) = next {
            entries.push(stacks::entry(&entry.frame, entry.lineno.get(), vm)?.into());
            next = entry.next.lock().clone();
        }
        Ok(vm.ctx.new_list(entries))
    }

    /// The exception that this one followed, and whether it was raised `from` it.
    #[pyfunction]
    fn cause(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (found, direct) = match (exception.__cause__(), exception.__context__()) {
            (Some(cause), _) => (cause, true),
            (None, Some(context)) => (context, false),
            (None, None) => return Ok(vm.ctx.none()),
        };
        let suppressed = hidden::get(exception.as_object(), "__suppress_context__", vm).and_then(|s| s.try_to_bool(vm));
        if !direct && suppressed.unwrap_or(false) {
            return Ok(vm.ctx.none());
        }
        Ok(vm.ctx.new_tuple(vec![found.into(), vm.ctx.new_bool(direct).into()]).into())
    }

    /// The lines of a file that tracebacks name; None if it cannot be found.
    #[pyfunction]
    fn source(shown: PyStrRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kit = Kit::of(vm)?;
        let Some(text) = kit.sources.text(&plain(&shown, vm), &kit.board) else { return Ok(vm.ctx.none()) };
        let lines = text.lines().map(|l| text::of_host(l, vm).into()).collect();
        Ok(vm.ctx.new_list(lines).into())
    }

    /// First and last line of the statement at a line.
    #[pyfunction]
    fn statement(shown: PyStrRef, line: usize, vm: &VirtualMachine) -> PyResult<(usize, usize)> {
        let kit = Kit::of(vm)?;
        Ok(kit.sources.statement(&plain(&shown, vm), line, &kit.board))
    }

    /// What was printed since the last call: output and errors.
    #[pyfunction]
    fn printed(vm: &VirtualMachine) -> PyResult<(PyStrRef, PyStrRef)> {
        let (out, err) = Kit::of(vm)?.capture.take();
        Ok((text::from_bytes_lossy(&out, vm), text::from_bytes_lossy(&err, vm)))
    }

    /// Puts back what was taken.
    #[pyfunction]
    fn put_back(out: PyStrRef, err: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let kit = Kit::of(vm)?;
        kit.capture.write(Which::Out, &text::bytes_of(&out, vm));
        kit.capture.write(Which::Err, &text::bytes_of(&err, vm));
        Ok(())
    }

    /// Whether what is printed is passed on at once; returns how it was.
    #[pyfunction]
    fn pass_on(open: bool, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(Kit::of(vm)?.capture.set_open(open))
    }

    /// What explanations go by.
    #[pyfunction]
    fn settings(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kit = Kit::of(vm)?;
        let settings = serde_json::json!({"verbose": kit.verbose, "in_full": kit.in_full});
        convert::to_python(&settings, vm)
    }

    /// Whether a pattern is found in a text.
    #[pyfunction]
    fn search(pattern: PyStrRef, text: PyStrRef, vm: &VirtualMachine) -> PyResult<bool> {
        let pattern = regex_lite::Regex::new(&plain(&pattern, vm))
            .map_err(|e| vm.new_value_error(format!("bad pattern {pattern}: {e}")))?;
        Ok(pattern.is_match(&plain(&text, vm)))
    }

    /// The lines of a comparison of two texts, as `difflib.ndiff` gives them.
    #[pyfunction]
    fn ndiff(a: Vec<PyStrRef>, b: Vec<PyStrRef>, vm: &VirtualMachine) -> PyListRef {
        let text = |lines: Vec<PyStrRef>| lines.iter().map(|line| plain(line, vm)).collect::<Vec<_>>();
        let lines = diff::ndiff(&text(a), &text(b));
        vm.ctx.new_list(lines.iter().map(|l| text::of_host(l, vm).into()).collect())
    }

    #[expect(clippy::disallowed_methods, reason = "this clock is the host's by definition")]
    fn host_time() -> Instant {
        Instant::now()
    }

    thread_local! {
        static BEGINNING: Instant = host_time();
    }

    /// Seconds of a clock that only goes forward, whatever a test does to the board's.
    #[pyfunction]
    fn seconds() -> f64 {
        BEGINNING.with(|b| b.elapsed().as_secs_f64())
    }

    /// From now a test may take so many seconds; None: as long as it likes.
    #[pyfunction]
    fn deadline(seconds: Option<f64>, id: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        Kit::of(vm)?.watchdog.set(seconds, &plain(&id, vm));
        Ok(())
    }

    /// The stacks of all threads, if a test has run out of time since the last call.
    #[pyfunction]
    fn timed_out(vm: &VirtualMachine) -> PyResult<Option<String>> {
        Ok(Kit::of(vm)?.watchdog.take_stacks())
    }

    /// Names and values of an object's own namespace, in order of definition.
    #[pyfunction]
    fn namespace(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let dict = object.get_attr("__dict__", vm)?;
        let items = vm.call_method(&dict, "items", ())?;
        let all: ArgIterable = items.try_into_value(vm)?;
        Ok(vm.ctx.new_list(all.iter(vm)?.collect::<PyResult<_>>()?))
    }

    /// The classes of a class, nearest first.
    #[pyfunction]
    fn ancestry(class: PyTypeRef, vm: &VirtualMachine) -> PyTupleRef {
        vm.ctx.new_tuple(class.mro_collect().into_iter().map(Into::into).collect())
    }

    /// The modules that the script sees as imported.
    #[pyfunction]
    fn modules(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        vm.sys_module.get_attr("_quecpy_modules", vm)
    }

    /// What the test has of the simulated module (see `board.rs`).
    #[pyfunction]
    fn board(what: PyStrRef, argument: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        board::act(&plain(&what, vm), argument.into_option(), vm)
    }

    /// What the test has of the network (see `network.rs`).
    #[pyfunction]
    fn network(what: PyStrRef, argument: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        network_acts::act(&plain(&what, vm), argument.into_option(), vm)
    }

    /// What the test has of scripts that it runs (see `script.rs`).
    #[pyfunction]
    fn script(what: PyStrRef, argument: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        script_acts::act(&plain(&what, vm), argument.into_option(), vm)
    }

    /// Sockets and threads that were made since the last call and are still there, with the lines that made them.
    #[pyfunction]
    fn left(vm: &VirtualMachine) -> PyResult<PyListRef> {
        let environment = Environment::of(vm)?;
        let waiters = &environment.stack.waiters;
        // A thread that is about to end may do so.
        let last_steps = || (0..LAST_STEPS).take_while(|_| waiters.others_run()).for_each(|_| quecpy_net::pause());
        quecpy_usocket::gil::detached(vm, &environment.stack, last_steps);
        let left = environment.stack.leaks.as_ref().map(|w| w.take_left()).unwrap_or_default();
        Ok(vm.ctx.new_list(left.iter().map(|what| text::of_host(what, vm).into()).collect()))
    }

    /// Waits in real time, whatever the board's clock does.
    #[pyfunction]
    fn pause(seconds: f64, vm: &VirtualMachine) -> PyResult<()> {
        let environment = Environment::of(vm)?;
        let duration = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        let wait = || environment.stack.waiters.sleep_really(duration);
        quecpy_usocket::wait::wait_or_raise(vm, &environment.stack, wait)
    }
}
