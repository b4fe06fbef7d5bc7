//! Exceptions as MicroPython prints them: no source lines, no carets, no chained causes.

use crate::bridge::exceptions::exception;
use quecpy_usocket::text;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{AsObject, PyObjectRef, VirtualMachine};
use std::fmt::Write;

/// The whole text with its line ends, as `sys.print_exception` and the prompt print it.
#[must_use]
pub fn text(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let mut next = exception.__traceback__();
    let syntax = exception.fast_isinstance(vm.ctx.exceptions.syntax_error);
    let mut out = String::new();
    if next.is_some() || syntax {
        out.push_str("Traceback (most recent call last):\n");
    }
    while let Some(entry) = next {
        let frame = entry.frame.iframe();
        let code = frame.code();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "  File \"{}\", line {}, in {}",
            code.source_path(),
            entry.lineno,
            text::name(code.obj_name.as_str(), vm)
        );
        next = entry.next.lock().clone();
    }
    if syntax {
        syntax_location(exception, &mut out, vm);
    }
    let _ = writeln!(out, "{}", last_line(exception, vm));
    out
}

/// The attribute of a syntax error that tells in which function it is. No script can write it after a dot.
pub const SCOPE: &str = "in";

/// Where a syntax error is: the compiler has no frame to show.
fn syntax_location(exception: &PyBaseExceptionRef, out: &mut String, vm: &VirtualMachine) {
    let attribute = |name: &'static str| -> Option<PyObjectRef> {
        let value = exception.as_object().get_attr(name, vm).ok()?;
        (!vm.is_none(&value)).then_some(value)
    };
    if let (Some(file), Some(line)) = (attribute("filename"), attribute("lineno")) {
        let text = |o: &PyObjectRef| o.str(vm).map(|s| text::to_host_lossy(&s, vm)).unwrap_or_default();
        let scope = attribute(SCOPE).map(|scope| format!(", in {}", text(&scope))).unwrap_or_default();
        let _ = writeln!(out, "  File \"{}\", line {}{scope}", text(&file), text(&line));
    }
}

/// `Class: message`; with MicroPython's blank where there is no message. MicroPython asks the class for its
/// `__repr__` here, and never for its `__str__`.
fn last_line(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    if !exception::prints_natively(exception, vm) {
        return exception.as_object().repr(vm).map(|s| text::to_host_lossy(&s, vm)).unwrap_or_default();
    }
    let class = exception::class_name(exception.class());
    let class = text::name(&class, vm);
    let message = exception::message(exception, vm).map(|s| text::to_host_lossy(&s, vm)).unwrap_or_default();
    format!("{class}: {message}")
}
