//! `'{0.name}'.format(x)` and `'{0[name]}'.format(x)` look into an object. MicroPython refuses.

use crate::types::native;
use quecpy_modules::bridge::firmware;
use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::{PyResult, VirtualMachine};

/// Puts `str.format` in place.
pub(super) fn install(vm: &VirtualMachine) {
    let class = vm.ctx.types.str_type;
    let Some(method) = native(class, "format", vm) else { return };
    let plain = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        let template = args.args.first().and_then(|template| template.downcast_ref::<PyStr>());
        if template.is_some_and(|template| looks_into(template.as_bytes())) {
            let yet = if firmware::of(vm)?.texts_of_1_12 { " yet" } else { "" };
            return Err(vm.new_not_implemented_error(format!("attributes not supported{yet}")));
        }
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr("format", vm.new_method("format", class, plain), &vm.ctx);
}

/// Whether a field, or one within its format, has more than a name.
fn looks_into(template: &[u8]) -> bool {
    let mut bytes = template.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte != b'{' || bytes.next_if(|next| **next == b'{').is_some() {
            continue;
        }
        while let Some(byte) = bytes.next_if(|next| !matches!(next, b'}' | b':' | b'!' | b'{')) {
            if matches!(byte, b'.' | b'[') {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_look_into_their_object() {
        for template in ["{0.x}", "{a[0]}", "{.x}", "{[0]}", "a{{{0.x}", "{:{w.x}}", "{0}{0.x", "{!r}{a.b!r}"] {
            assert!(looks_into(template.as_bytes()), "{template}");
        }
        for template in ["", "{}", "{0:.2f}", "{a:[^9}", "{{0.x}}", "a.b[0]", "{!r:.3}", "{:.{w}}", "{"] {
            assert!(!looks_into(template.as_bytes()), "{template}");
        }
    }
}
