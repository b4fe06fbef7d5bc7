//! Separators in formats (`py/objstr.c`): integers are grouped with a comma in any base, floats never are,
//! unless they are filled up with zeros, and a float of no type is written as by `g`.

use crate::types::original::{attribute, native};
use rustpython_vm::builtins::{PyFloat, PyStr, PyType};
use rustpython_vm::function::{Callee, FuncArgs};
use rustpython_vm::{Py, PyResult, VirtualMachine};

const METHOD: &str = "__format__";

pub(in crate::types) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for class in [types.int_type, types.float_type] {
        of_class(class, vm);
    }
}

fn of_class(class: &'static Py<PyType>, vm: &VirtualMachine) {
    let Some((kept, method)) = attribute(class, METHOD, vm).zip(native(class, METHOD, vm)) else { return };
    let grouped = move |mut args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        // The old method lives as long as the new one, which calls it.
        let _ = &kept;
        let is_float = args.args.first().is_some_and(|number| number.downcastable::<PyFloat>());
        let changed = args.args.get(1).and_then(|spec| Spec::of(spec.downcast_ref::<PyStr>()?.to_str()?, is_float));
        let commas = changed.as_ref().is_some_and(|spec| spec.commas);
        if let Some((Spec { text, .. }, room)) = changed.zip(args.args.get_mut(1)) {
            *room = vm.ctx.new_str(text).into();
        }
        let result = (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))?;
        if commas { Ok(vm.ctx.new_str(result.str(vm)?.to_string().replace('_', ",")).into()) } else { Ok(result) }
    };
    class.set_str_attr(METHOD, vm.new_method(METHOD, class, grouped), &vm.ctx);
}

/// What the VM is given instead.
#[derive(Debug, PartialEq, Eq)]
struct Spec {
    text: String,
    /// Whether its separators are to be commas.
    commas: bool,
}

impl Spec {
    /// None: it stays as it is.
    fn of(spec: &str, is_float: bool) -> Option<Self> {
        let separator = spec.find([',', '_']).filter(|at| *at > 0 || !spec[1..].starts_with(['<', '>', '=', '^']))?;
        let kind = spec.chars().last().filter(|c| c.is_ascii_alphabetic() || *c == '%');
        match kind {
            Some('b' | 'o' | 'x' | 'X') if !is_float && spec[separator..].starts_with(',') => {
                Some(Self { text: spec.replace(',', "_"), commas: true })
            }
            Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') | None if is_float || kind.is_some() => {
                let plain = spec.replace([',', '_'], "");
                let filled = plain.trim_start_matches(['+', '-', ' ']).starts_with('0');
                let kind = if kind.is_none() { "g" } else { "" };
                (!filled).then(|| Self { text: plain + kind, commas: false })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spec;

    #[test]
    fn separators_go_or_become_commas() {
        let of = |spec, is_float| Spec::of(spec, is_float).map(|spec| (spec.text, spec.commas));
        assert_eq!(of(",x", false), Some(("_x".into(), true)));
        assert_eq!(of("12,.2f", true), Some(("12.2f".into(), false)));
        assert_eq!(of(",", true), Some(("g".into(), false)));
        for (spec, is_float) in
            [(",d", false), (",", false), ("_x", false), ("012,.2f", true), ("", true), ("5d", false)]
        {
            assert_eq!(of(spec, is_float), None, "{spec}");
        }
    }
}
