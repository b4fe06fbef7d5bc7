//! Letters, digits and blanks of a text are ASCII's (`py/unicode.c`, `unichar_isalpha` and its like), whatever a `str` is:
//! `'É'.lower()` is `'É'`, and a no-break space is not stripped. What is all ASCII is left to the VM.

use crate::types::original::{attribute, native};
use once_cell::sync::OnceCell;
use rustpython_vm::builtins::{PyInt, PyStr, PyType};
use rustpython_vm::common::wtf8::{CodePoint, Wtf8};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

/// What a method gives for a text that is not ASCII; none: the VM's own will do.
type Act = fn(&Wtf8, &[PyObjectRef], &VirtualMachine) -> Option<PyObjectRef>;

const METHODS: [(&str, Act); 12] = [
    ("lower", |text, _, vm| Some(vm.ctx.new_str(text.to_ascii_lowercase()).into())),
    ("upper", |text, _, vm| Some(vm.ctx.new_str(text.to_ascii_uppercase()).into())),
    ("isalpha", never),
    ("isdigit", never),
    ("isspace", never),
    ("islower", |text, _, vm| Some(all_letters(text, |b| b.is_ascii_lowercase(), vm))),
    ("isupper", |text, _, vm| Some(all_letters(text, |b| b.is_ascii_uppercase(), vm))),
    ("strip", |text, args, vm| stripped(text.trim_matches(is_blank), args, vm)),
    ("lstrip", |text, args, vm| stripped(text.trim_start_matches(is_blank), args, vm)),
    ("rstrip", |text, args, vm| stripped(text.trim_end_matches(is_blank), args, vm)),
    ("split", split),
    ("rsplit", split),
];

static ONCE: OnceCell<()> = OnceCell::new();

/// Changes the methods, once in a process, for a session whose texts are bytes: there any character of a text may look like a blank
/// or a letter of Latin-1. Others are spared the detour.
pub(crate) fn install(vm: &VirtualMachine) {
    ONCE.get_or_init(|| {
        for (name, act) in METHODS {
            replace(vm.ctx.types.str_type, name, act, vm);
        }
    });
}

fn replace(class: &'static Py<PyType>, name: &'static str, act: Act, vm: &VirtualMachine) {
    // The old method lives as long as the new one, which calls it.
    let Some((kept, method)) = attribute(class, name, vm).zip(native(class, name, vm)) else { return };
    let of_ascii = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        let _ = &kept;
        if let [text, rest @ ..] = args.args.as_slice()
            && args.kwargs.is_empty()
            && let Some(text) = text.downcast_ref::<PyStr>().filter(|text| !text.kind().is_ascii())
            && let Some(result) = act(text.as_wtf8(), rest, vm)
        {
            return Ok(result);
        }
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr(name, vm.new_method(name, class, of_ascii), &vm.ctx);
}

fn is_blank(c: CodePoint) -> bool {
    matches!(c.to_u32(), 9..=13 | 32)
}

/// One that is not ASCII is none of the kind.
fn never(_: &Wtf8, args: &[PyObjectRef], vm: &VirtualMachine) -> Option<PyObjectRef> {
    args.is_empty().then(|| vm.ctx.new_bool(false).into())
}

/// Whether there are letters, all of a kind; what is no letter does not matter.
fn all_letters(text: &Wtf8, is_of_kind: fn(&u8) -> bool, vm: &VirtualMachine) -> PyObjectRef {
    let mut letters = text.as_bytes().iter().filter(|b| b.is_ascii_alphabetic()).peekable();
    let some = letters.peek().is_some();
    vm.ctx.new_bool(some && letters.all(is_of_kind)).into()
}

/// Only where no characters to strip are given.
fn stripped(text: &Wtf8, args: &[PyObjectRef], vm: &VirtualMachine) -> Option<PyObjectRef> {
    args.is_empty().then(|| vm.ctx.new_str(text).into())
}

/// `split()`, `split(None, n)`
fn split(text: &Wtf8, args: &[PyObjectRef], vm: &VirtualMachine) -> Option<PyObjectRef> {
    let most = match args {
        [] => None,
        [separator] if vm.is_none(separator) => None,
        [separator, most] if vm.is_none(separator) => Some(most.downcast_ref::<PyInt>()?),
        _ => return None,
    };
    let mut left = most.and_then(|most| most.try_to_primitive::<usize>(vm).ok()).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_blank);
    while !rest.as_bytes().is_empty() {
        let end = rest.as_bytes().iter().position(|b| matches!(b, 9..=13 | 32)).filter(|_| left > 0);
        let end = end.unwrap_or(rest.as_bytes().len());
        parts.push(vm.ctx.new_str(&rest[..end]).into());
        rest = rest[end..].trim_start_matches(is_blank);
        left = left.saturating_sub(1);
    }
    Some(vm.ctx.new_list(parts).into())
}
