//! Frames, for failures and for the stacks of threads that hang.

use quecpy_usocket::text;
use rustpython_vm::builtins::PyTupleRef;
use rustpython_vm::frame::FrameObject;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine};
use std::fmt::Write;

/// How the files of the Python half are called in tracebacks.
const FROZEN: [&str; 2] = ["_pytest_", "pytest.py"];

/// `(file, line, function, its first line, its arguments, whether it is to be hidden)`
///
/// # Errors
/// Those of looking at the frame's variables.
pub fn entry(frame: &Py<FrameObject>, line: usize, vm: &VirtualMachine) -> PyResult<PyTupleRef> {
    let code = frame.iframe().code();
    let inner = &code.code;
    let first = inner.first_line_number.map_or(1, |n| n.get());
    let count = (inner.arg_count + inner.kwonlyarg_count) as usize;
    let mut arguments: Vec<PyObjectRef> = Vec::new();
    let mut hides = false;
    // A frame that another thread runs keeps its variables to itself.
    if let Ok(locals) = frame.locals(vm) {
        let hide = locals.mapping().subscript(vm.ctx.new_str("__tracebackhide__").as_object(), vm);
        hides = hide.and_then(|hide| hide.try_to_bool(vm)).unwrap_or(false);
        for name in inner.varnames.iter().take(count) {
            if let Ok(value) = locals.mapping().subscript(vm.ctx.new_str(name.as_str()).as_object(), vm) {
                arguments.push(vm.ctx.new_tuple(vec![vm.ctx.new_str(name.as_str()).into(), value]).into());
            }
        }
    }
    Ok(vm.ctx.new_tuple(vec![
        text::of_host(code.source_path().as_str(), vm).into(),
        vm.ctx.new_int(line).into(),
        vm.ctx.new_str(inner.obj_name.as_str()).into(),
        vm.ctx.new_int(first).into(),
        vm.ctx.new_list(arguments).into(),
        vm.ctx.new_bool(hides).into(),
    ]))
}

/// The stacks of all threads of the VM, this one's first, innermost frame last, without the runner's own frames.
#[must_use]
pub fn all(vm: &VirtualMachine) -> String {
    let frames = vm.sys_module.get_attr("_current_frames", vm).and_then(|f| f.call((), vm));
    let Ok(frames) = frames.and_then(|f| f.try_into_value::<rustpython_vm::builtins::PyDictRef>(vm)) else {
        return String::new();
    };
    let own = quecpy_usocket::gil::ident();
    let (mut main, mut others) = (String::new(), Vec::new());
    for (ident, frame) in frames {
        let stack = stack(frame.downcast().ok(), vm);
        match ident.try_into_value::<u64>(vm) {
            Ok(ident) if ident == own => main = stack,
            _ => others.push(stack),
        }
    }
    others.retain(|stack| !stack.is_empty());
    others.sort();
    let mut out = if main.is_empty() { main } else { format!("Main thread (most recent call last):\n{main}") };
    for (number, stack) in others.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(out, "Thread {} (most recent call last):\n{stack}", number + 1);
    }
    out
}

/// The lines of one stack.
fn stack(innermost: Option<PyRef<FrameObject>>, vm: &VirtualMachine) -> String {
    let mut lines = Vec::new();
    let mut next = innermost;
    while let Some(frame) = next {
        let code = frame.iframe().code();
        let file = code.source_path().as_str();
        if !file.starts_with('<') && !file.starts_with("_pytest") && !is_ours(file) {
            lines.push(format!("  File \"{file}\", line {}, in {}\n", frame.lineno(), code.obj_name));
        }
        next = frame.next_external_frame(vm);
    }
    lines.reverse();
    lines.concat()
}

/// Whether a file is of the runner.
fn is_ours(file: &str) -> bool {
    FROZEN.iter().any(|name| file.contains(name))
}
