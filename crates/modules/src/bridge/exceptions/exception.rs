//! Exceptions as MicroPython has them: their classes' names, their arguments, their texts.
//!
//! The VM makes its own exceptions with texts and classes that MicroPython does not have. They are put right when
//! somebody looks: every way to an exception's arguments leads through [`arguments`].

use crate::bridge::exceptions::{texts, type_names};
use crate::bridge::{firmware, hidden};
use quecpy_net::errno;
use rustpython_vm::builtins::{PyBaseException, PyInt, PyStr, PyStrRef, PyTupleRef, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Initializer;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

/// Classes that only the VM has. MicroPython raises their base instead.
const HIDDEN: &[&str] = &[
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "InterruptedError",
    "IsADirectoryError",
    "ModuleNotFoundError",
    "NotADirectoryError",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "SystemError",
    "TabError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeTranslateError",
    "_IncompleteInputError",
];

/// Name of the attribute that is set once an exception's arguments are as MicroPython has them. (In CPython it says
/// something about causes, which MicroPython does not keep.)
const SETTLED: &str = "__suppress_context__";

/// The name of a class, or of the class that stands for it in MicroPython.
#[must_use]
pub fn class_name(class: &Py<PyType>) -> String {
    let mut next = Some(class);
    while let Some(class) = next {
        let name = class.name();
        if class.heaptype_ext().is_some() {
            return name.to_owned();
        }
        if !HIDDEN.contains(&&*name) {
            return type_names::shown(&name).to_owned();
        }
        next = class.iter_base_chain().nth(1);
    }
    class.name().to_owned()
}

/// Says that an exception's arguments are a script's own, and not to be translated.
pub fn settle(exception: &Py<PyBaseException>) {
    exception.set_cause(None);
}

fn is_settled(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> bool {
    let mark = hidden::get(exception.as_object(), SETTLED, vm);
    mark.is_ok_and(|m| m.is(&vm.ctx.true_value))
}

/// `e.args`, in MicroPython's words.
pub fn arguments(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> PyTupleRef {
    let args = exception.args();
    let class = exception.class();
    // Only classes of the VM itself are raised by the VM itself.
    if class.heaptype_ext().is_some() || args.is_empty() || is_settled(exception, vm) {
        return args;
    }
    if let Some(new) = translated(exception, &args, vm) {
        // Setting the arguments of an exception cannot fail.
        let _ = PyBaseException::init(exception, FuncArgs::from(new), vm);
        settle(exception);
    }
    exception.args()
}

fn translated(exception: &Py<PyBaseException>, args: &PyTupleRef, vm: &VirtualMachine) -> Option<Vec<PyObjectRef>> {
    let class = class_name(exception.class());
    if class == "UnicodeError" {
        return (args.len() > 1).then(Vec::new);
    }
    let said = args.as_slice().first()?.downcast_ref::<PyStr>()?.to_str()?;
    let of_1_12 = firmware::of(vm).is_ok_and(|f| f.texts_of_1_12);
    let text = missing_arguments(exception, said, vm).or_else(|| texts::translate(&class, said, of_1_12))?;
    Some(vec![vm.ctx.new_str(text).into()])
}

/// `f() missing 1 required positional argument: 'a'`: MicroPython tells how many the function takes. The VM's text
/// does not; the function is asked, where it can be found from the call.
fn missing_arguments(exception: &Py<PyBaseException>, said: &str, vm: &VirtualMachine) -> Option<String> {
    let (name, rest) = said.split_once("() missing ")?;
    let (count, rest) = rest.split_once(' ')?;
    let missing: usize = count.parse().ok()?;
    rest.strip_prefix("required positional argument")?;
    let Some(required) = required_arguments(exception, name, vm) else {
        return Some(format!("function missing {missing} required positional arguments"));
    };
    let given = required.saturating_sub(missing);
    Some(format!("function takes {required} positional arguments but {given} were given"))
}

/// How many arguments the function of that qualified name needs, looked for from where the exception was raised.
fn required_arguments(exception: &Py<PyBaseException>, name: &str, vm: &VirtualMachine) -> Option<usize> {
    let mut entry = exception.__traceback__()?;
    loop {
        let next = entry.next.lock().clone();
        match next {
            Some(next) => entry = next,
            None => break,
        }
    }
    let mut path = name.split('.');
    let first = vm.ctx.new_str(path.next()?);
    let local = entry.frame.locals(vm).and_then(|locals| locals.mapping().subscript(first.as_object(), vm));
    let global = || entry.frame.iframe().globals().get_item_opt(first.as_object(), vm).ok().flatten();
    let mut found = local.ok().or_else(global)?;
    for part in path {
        found = found.get_attr(&vm.ctx.new_str(part), vm).ok()?;
    }
    let takes = hidden::code(&found, vm).ok()?.code.arg_count;
    let defaults = hidden::get(&found, "__defaults__", vm).ok()?;
    let defaults = if vm.is_none(&defaults) { 0 } else { defaults.length(vm).ok()? };
    usize::try_from(takes).ok()?.checked_sub(defaults)
}

/// What `str(e)` gives.
///
/// # Errors
/// What an argument's own `__str__` raises.
pub fn message(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let args = arguments(exception, vm);
    let text = match args.as_slice() {
        [] => vm.ctx.empty_str.to_owned(),
        all if exception.fast_isinstance(vm.ctx.exceptions.os_error) => match os_error_text(all, vm)? {
            Some(text) => vm.ctx.new_str(text),
            None => plain(&args, vm)?,
        },
        _ => plain(&args, vm)?,
    };
    Ok(text)
}

fn plain(args: &PyTupleRef, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    match args.as_slice() {
        [one] => one.str(vm),
        _ => args.as_object().repr(vm),
    }
}

/// `[Errno 2] ENOENT`, and with a second argument `[Errno 2] ENOENT: f`.
fn os_error_text(args: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Option<String>> {
    let (number, detail) = match args {
        [number] => (number, None),
        [number, detail] if !firmware::of(vm).is_ok_and(|f| f.texts_of_1_12) => (number, Some(detail)),
        _ => return Ok(None),
    };
    let number = number.downcast_ref::<PyInt>().and_then(|n| n.try_to_primitive::<i32>(vm).ok());
    let Some((number, name)) = number.and_then(|n| Some((n, errno::name(n)?))) else { return Ok(None) };
    Ok(Some(match detail {
        Some(detail) => format!("[Errno {number}] {name}: {}", detail.str(vm)?),
        None => format!("[Errno {number}] {name}"),
    }))
}

/// What `repr(e)` gives: `ValueError('x',)`, as a tuple of one is written.
///
/// # Errors
/// What an argument's own `__repr__` raises.
pub fn representation(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> PyResult<String> {
    let args = arguments(exception, vm).as_object().repr(vm)?;
    Ok(format!("{}{args}", class_name(exception.class())))
}

/// Whether the exception's class has no `__repr__` of its own.
#[must_use]
pub fn prints_natively(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> bool {
    exception.class().get_attr(vm.ctx.intern_str("__repr__")).is_none()
}
