//! What of the VM would lead a script to the host, and is taken away: a module has none of it.

mod format;
mod types;

pub(crate) use types::close as close_types;

use quecpy_modules::bridge::firmware;
use rustpython_vm::{PyResult, VirtualMachine};

/// Built-in names that no module has: classes of exceptions, warnings, and functions for a desktop's prompt,
/// debugger and formatter.
const BUILTINS: &[&str] = &[
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EncodingWarning",
    "EnvironmentError",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "IOError",
    "ImportWarning",
    "InterruptedError",
    "IsADirectoryError",
    "ModuleNotFoundError",
    "NotADirectoryError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeWarning",
    "SyntaxWarning",
    "SystemError",
    "TabError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "Warning",
    "_IncompleteInputError",
    "__doc__",
    "__loader__",
    "__package__",
    "__spec__",
    "aiter",
    "anext",
    "ascii",
    "breakpoint",
    "copyright",
    "exit",
    "format",
    "license",
    "quit",
    "vars",
];

/// MicroPython prints no warnings.
fn silence_warnings(vm: &VirtualMachine) -> PyResult<()> {
    let filters = &vm.state.warnings.filters;
    let none = || vm.ctx.none();
    let every = vm.ctx.exceptions.warning.to_owned().into();
    let ignore = vec![vm.ctx.new_str("ignore").into(), none(), every, none(), vm.ctx.new_int(0).into()];
    filters.borrow_vec_mut().insert(0, vm.ctx.new_tuple(ignore).into());
    Ok(())
}

/// Takes built-in names away.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let builtins = vm.builtins.dict();
    for name in BUILTINS.iter().chain(firmware::of(vm)?.builtins_missing) {
        // Not there in every build of the VM.
        let _ = builtins.del_item(*name, vm);
    }
    silence_warnings(vm)
}
