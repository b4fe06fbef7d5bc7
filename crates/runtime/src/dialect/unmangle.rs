//! Private names: the VM's compiler writes `__x` within `class A` as `_A__x`; MicroPython's writes it as it stands.
//! Here the compiled names are given back their form.

use rustpython_vm::bytecode::{CodeFlags, CodeObject, ConstantData};

/// Takes the names of classes out of all private names.
pub fn unmangle(code: &mut CodeObject) {
    inner(code, None);
}

fn inner(code: &mut CodeObject, prefix: Option<&str>) {
    if let Some(prefix) = prefix {
        for names in [&mut code.names, &mut code.varnames, &mut code.cellvars, &mut code.freevars] {
            for name in names.iter_mut() {
                if let Some(plain) = name.strip_prefix(prefix)
                    && plain.starts_with("__")
                    && !plain.ends_with("__")
                {
                    *name = plain.to_owned();
                }
            }
        }
    }
    for constant in code.constants.iter_mut() {
        if let ConstantData::Code { code } = constant {
            // The body of a class is the only inner code that keeps its names in a dict.
            if code.flags.contains(CodeFlags::OPTIMIZED) {
                inner(code, prefix);
            } else {
                let class = code.obj_name.trim_start_matches('_');
                let prefix = (!class.is_empty()).then(|| format!("_{class}"));
                inner(code, prefix.as_deref());
            }
        }
    }
}
