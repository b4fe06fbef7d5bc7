//! Built-in functions that a module has in a form of its own.

pub(crate) use functions::module_def as definition;

use crate::types;
use quecpy_modules::bridge::firmware;
use quecpy_usocket::text;
use rustpython_vm::{AsObject, PyResult, VirtualMachine};

/// Names that replace RustPython's in `builtins`.
const REPLACED: [&str; 11] =
    ["__import__", "dir", "compile", "eval", "exec", "execfile", "help", "input", "locals", "open", "print"];

/// Puts them in place.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let definition = definition(&vm.ctx);
    let module = definition.create_module(vm)?;
    definition.exec_module(vm, &module)?;
    for name in REPLACED {
        let function = module.as_object().get_attr(name, vm)?;
        vm.builtins.as_object().set_attr(name, function, vm)?;
    }
    types::install_super(vm)?;
    if text::is_bytes(vm) {
        types::install_ascii(vm);
    }
    let of_column = [("next", !firmware::of(vm)?.next_default), ("chr", text::is_bytes(vm))];
    for (name, _) in of_column.into_iter().filter(|(_, replaced)| *replaced) {
        vm.builtins.as_object().set_attr(name, module.as_object().get_attr(name, vm)?, vm)?;
    }
    Ok(())
}

#[rustpython_vm::pymodule(name = "_quecpy_builtins")]
mod functions {
    use crate::imports::{self, Request};
    use crate::stdio::Stream;
    use crate::{dialect, help, types};
    use quecpy_modules::bridge::arguments::Rest;
    use quecpy_modules::stdlib::files::stream;
    use quecpy_usocket::text::{self, Text, TextOrBytes};
    use rustpython_vm::builtins::{PyCode, PyDictRef, PyStr, PyStrRef};
    use rustpython_vm::bytecode::CodeFlags;
    use rustpython_vm::compiler::Mode;
    use rustpython_vm::frame::current_code;
    use rustpython_vm::function::{ArgMapping, FuncArgs, OptionalArg};
    use rustpython_vm::protocol::{PyIter, PyIterReturn};
    use rustpython_vm::{FromArgs, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};
    use std::borrow::Cow;

    #[derive(FromArgs)]
    struct PrintOptions {
        #[pyarg(named, default)]
        sep: Option<PyStrRef>,
        #[pyarg(named, default)]
        end: Option<PyStrRef>,
        #[pyarg(named, default)]
        file: Option<PyObjectRef>,
    }

    /// The bytes of a text that may be given.
    fn bytes_or<'a>(text: &'a Option<PyStrRef>, default: &'static [u8], vm: &VirtualMachine) -> Cow<'a, [u8]> {
        text.as_ref().map_or(Cow::Borrowed(default), |text| text::bytes_of(text, vm))
    }

    /// One call, one write: nothing stays in a buffer, and lines of threads do not mix. A script's own stream gets each part
    /// by itself, as on the module.
    #[pyfunction]
    fn print(objects: Rest, options: PrintOptions, vm: &VirtualMachine) -> PyResult<()> {
        if let Some(file) = options.file.as_ref().filter(|file| !file.downcastable::<Stream>()) {
            let kind = stream::kind(file, "write", vm).ok_or_else(|| stream::not_a_stream(vm))?;
            if kind == stream::Kind::Own {
                return print_parts(objects.0, &options, file, vm);
            }
        }
        let mut bytes = Vec::new();
        for (i, object) in objects.0.into_iter().enumerate() {
            if i > 0 {
                bytes.extend_from_slice(&bytes_or(&options.sep, b" ", vm));
            }
            match object.downcast_ref::<PyStr>() {
                Some(text) => bytes.extend_from_slice(&text::bytes_of(text, vm)),
                None => bytes.extend_from_slice(&text::bytes_of(&*types::text_of(&object, vm)?, vm)),
            }
        }
        bytes.extend_from_slice(&bytes_or(&options.end, b"\n", vm));
        let file = match options.file {
            Some(file) => file,
            None => vm.sys_module.get_attr("stdout", vm)?,
        };
        if let Some(stream) = file.downcast_ref::<Stream>() {
            return Stream::put(stream, &bytes, vm);
        }
        vm.call_method(&file, "write", (text::from_bytes_lossy(&bytes, vm),)).map(drop)
    }

    fn print_parts(
        objects: Vec<PyObjectRef>,
        options: &PrintOptions,
        file: &PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let write = |text: &[u8]| stream::write_all(file, stream::Kind::Own, text, vm);
        for (i, object) in objects.into_iter().enumerate() {
            if i > 0 {
                write(&bytes_or(&options.sep, b" ", vm))?;
            }
            write(&text::bytes_of(&*object.str(vm)?, vm))?;
        }
        write(&bytes_or(&options.end, b"\n", vm))
    }

    /// Three arguments, as in MicroPython: no flags.
    #[pyfunction]
    fn compile(
        source: TextOrBytes,
        filename: PyStrRef,
        mode: PyStrRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyCode>> {
        let mode = mode.to_string().parse().map_err(|_| vm.new_value_error("bad compile mode"))?;
        let bytes = source.borrow_bytes();
        let text = std::str::from_utf8(&bytes).map_err(|_| vm.new_value_error("source is not UTF-8"))?;
        let filename = text::to_host_lossy(&filename, vm);
        dialect::compile(text, mode, &filename, vm)
    }

    /// What `exec` and `eval` run: a text, or what `compile` made of one.
    fn code(source: &PyObjectRef, mode: Mode, vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
        if let Ok(code) = source.clone().downcast::<PyCode>() {
            return Ok(code);
        }
        let Ok(source) = TextOrBytes::try_from_object(vm, source.clone()) else {
            return Err(vm.new_type_error("object with buffer protocol required"));
        };
        let bytes = source.borrow_bytes().to_vec();
        let text = String::from_utf8(bytes).map_err(|_| vm.new_value_error("source is not UTF-8"))?;
        dialect::compile(&text, mode, "<string>", vm)
    }

    /// Runs code in the globals it is given, or in those of the caller; locals of a function are out of reach.
    fn run(code: PyRef<PyCode>, scope: Scopes, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let globals = scope.globals.unwrap_or_else(|| vm.current_globals());
        dialect::run(code, imports::scope(globals, scope.locals), vm)
    }

    #[derive(FromArgs)]
    struct Scopes {
        #[pyarg(positional, default)]
        globals: Option<PyDictRef>,
        #[pyarg(positional, default)]
        locals: Option<ArgMapping>,
    }

    #[pyfunction]
    fn exec(source: PyObjectRef, scope: Scopes, vm: &VirtualMachine) -> PyResult<()> {
        run(code(&source, Mode::Exec, vm)?, scope, vm).map(drop)
    }

    #[pyfunction]
    fn eval(source: PyObjectRef, scope: Scopes, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        run(code(&source, Mode::Eval, vm)?, scope, vm)
    }

    /// Runs a file of the module's flash in the globals of the caller.
    #[pyfunction]
    fn execfile(path: PyStrRef, scope: Scopes, vm: &VirtualMachine) -> PyResult<()> {
        let path = text::to_host_lossy(&path, vm);
        let source = imports::source(&path, vm)?;
        run(dialect::compile(&source, Mode::Exec, &path, vm)?, scope, vm).map(drop)
    }

    /// Of firmware whose texts are bytes.
    #[pyfunction]
    fn chr(byte: i64, vm: &VirtualMachine) -> PyResult<PyStrRef> {
        let byte = u8::try_from(byte).map_err(|_| vm.new_value_error("chr() arg not in range(256)"))?;
        Ok(text::from_bytes_lossy(&[byte], vm))
    }

    /// Of firmware whose `next` takes one argument.
    #[pyfunction]
    fn next(iterator: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        if !PyIter::check(&iterator) {
            let class = iterator.class().name().to_owned();
            return Err(vm.new_type_error(format!("'{class}' object isn't an iterator")));
        }
        PyIter::new(iterator).next(vm)
    }

    /// Within a function the names of its module: its own are out of reach.
    #[pyfunction]
    fn locals(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if current_code().is_some_and(|code| code.flags.contains(CodeFlags::OPTIMIZED)) {
            return Ok(vm.current_globals().into());
        }
        vm.current_locals().map(Into::into)
    }

    /// What `__dir__` returns is returned as it is.
    #[pyfunction]
    fn dir(object: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        types::dir(object.into_option(), vm)
    }

    #[pyfunction]
    fn input(prompt: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Text> {
        if let OptionalArg::Present(prompt) = prompt {
            let stdout = vm.sys_module.get_attr("stdout", vm)?;
            vm.call_method(&stdout, "write", (prompt.str(vm)?,))?;
        }
        let stdin = vm.sys_module.get_attr("stdin", vm)?;
        let line = match stdin.downcast_ref::<Stream>() {
            Some(stream) => stream.next_line(vm)?,
            None => {
                let line = text::to_host_lossy(&*vm.call_method(&stdin, "readline", ())?.str(vm)?, vm);
                (!line.is_empty()).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
            }
        };
        line.map(Text).ok_or_else(|| vm.new_exception(vm.ctx.exceptions.eof_error.to_owned(), vec![]))
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
        quecpy_modules::stdlib::files::file::open(&args, vm)
    }

    #[pyfunction]
    fn __import__(request: Request, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        imports::import(request, vm)
    }
}
