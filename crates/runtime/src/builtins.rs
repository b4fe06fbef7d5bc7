//! Built-in functions that a module has in a form of its own.

pub(crate) use functions::module_def as definition;

use rustpython_vm::{AsObject, PyResult, VirtualMachine};

/// Names that replace RustPython's in `builtins`.
const REPLACED: [&str; 6] = ["__import__", "compile", "help", "input", "open", "print"];

/// Puts them in place.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let definition = definition(&vm.ctx);
    let module = definition.create_module(vm)?;
    definition.exec_module(vm, &module)?;
    for name in REPLACED {
        let function = module.as_object().get_attr(name, vm)?;
        vm.builtins.as_object().set_attr(name, function, vm)?;
    }
    Ok(())
}

#[rustpython_vm::pymodule(name = "_quecpy_builtins")]
mod functions {
    use crate::dialect;
    use crate::help;
    use crate::imports::{self, Request};
    use crate::stdio::Stream;
    use rustpython_vm::builtins::{PyCode, PyStr, PyStrRef};
    use rustpython_vm::function::{ArgStrOrBytesLike, FuncArgs, OptionalArg, PosArgs};
    use rustpython_vm::{FromArgs, PyObjectRef, PyRef, PyResult, VirtualMachine};

    #[derive(FromArgs)]
    struct PrintOptions {
        #[pyarg(named, default)]
        sep: Option<PyStrRef>,
        #[pyarg(named, default)]
        end: Option<PyStrRef>,
        #[pyarg(named, default)]
        file: Option<PyObjectRef>,
    }

    /// One call, one write: nothing stays in a buffer, and lines of threads do not mix.
    #[pyfunction]
    fn print(objects: PosArgs, options: PrintOptions, vm: &VirtualMachine) -> PyResult<()> {
        let mut bytes = Vec::new();
        for (i, object) in objects.into_iter().enumerate() {
            if i > 0 {
                bytes.extend_from_slice(options.sep.as_ref().map_or(b" ", |s| s.as_bytes()));
            }
            match object.downcast_ref::<PyStr>() {
                Some(text) => bytes.extend_from_slice(text.as_bytes()),
                None => bytes.extend_from_slice(object.str(vm)?.as_bytes()),
            }
        }
        bytes.extend_from_slice(options.end.as_ref().map_or(b"\n", |s| s.as_bytes()));
        let file = match options.file {
            Some(file) => file,
            None => vm.sys_module.get_attr("stdout", vm)?,
        };
        if let Some(stream) = file.downcast_ref::<Stream>() {
            return Stream::put(stream, &bytes, vm);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        vm.call_method(&file, "write", (text,)).map(drop)
    }

    /// Three arguments, as in MicroPython: no flags.
    #[pyfunction]
    fn compile(
        source: ArgStrOrBytesLike,
        filename: PyStrRef,
        mode: PyStrRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyCode>> {
        let mode = mode.to_string().parse().map_err(|_| vm.new_value_error("bad compile mode"))?;
        let bytes = source.borrow_bytes();
        let text = std::str::from_utf8(&bytes).map_err(|_| vm.new_value_error("source is not UTF-8"))?;
        let filename = filename.to_string();
        dialect::compile(text, mode, &filename, vm.compile_opts(), vm)
    }

    #[pyfunction]
    fn input(prompt: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<String> {
        if let OptionalArg::Present(prompt) = prompt {
            let stdout = vm.sys_module.get_attr("stdout", vm)?;
            vm.call_method(&stdout, "write", (prompt.str(vm)?,))?;
        }
        let stdin = vm.sys_module.get_attr("stdin", vm)?;
        let line = match stdin.downcast_ref::<Stream>() {
            Some(stream) => stream.next_line(vm)?,
            None => vm.call_method(&stdin, "readline", ())?.str(vm)?.to_string(),
        };
        if line.is_empty() {
            return Err(vm.new_exception(vm.ctx.exceptions.eof_error.to_owned(), vec![]));
        }
        Ok(line.trim_end_matches(['\n', '\r']).to_owned())
    }

    #[pyfunction]
    fn help(object: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        let text = help::text(object.into_option().as_deref(), vm)?;
        let stdout = vm.sys_module.get_attr("stdout", vm)?;
        match stdout.downcast_ref::<Stream>() {
            Some(stream) => Stream::put(stream, text.as_bytes(), vm),
            None => vm.call_method(&stdout, "write", (text,)).map(drop),
        }
    }

    /// A file of the module's flash.
    #[pyfunction]
    fn open(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        quecpy_modules::file::open(&args, vm)
    }

    #[pyfunction]
    fn __import__(request: Request, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        imports::import(request, vm)
    }
}
