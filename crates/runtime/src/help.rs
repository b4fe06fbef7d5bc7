//! `help()`: what can be done here, what can be imported, and what an object has, in MicroPython's form
//! (`py/builtinhelp.c`).

use quecpy_modules::registry;
use rustpython_vm::builtins::{PyDictRef, PyModule, PyStr, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Printed by `help()`.
const WELCOME: &str = "\
quecpy: QuecPython on this computer.

help('modules')   the modules that can be imported
help(obj)         what an object has
dir(obj)          the names of it only

At the prompt:
  Tab      completes names
  Ctrl-C   interrupts what runs
  Ctrl-D   on an empty line: soft reset
  Ctrl-E   on an empty line: paste mode, in which indentation stays as it is

A script's files are in /usr: uos.listdir('/usr'), example.exec('/usr/main.py')
";

/// Columns of `help('modules')`, and their width.
const COLUMNS: usize = 4;
const WIDTH: usize = 18;

/// What a class written in Python has here and does not have on a module.
const OF_THE_VM: [&str; 8] = [
    "__annotations__",
    "__dict__",
    "__doc__",
    "__firstlineno__",
    "__static_attributes__",
    "__type_params__",
    "__weakref__",
    "__hash__",
];
/// The VM's type of native functions.
const NATIVE: &str = "builtin_function_or_method";

/// The whole text that `help` prints.
///
/// # Errors
/// What making a text of an object raises.
pub(crate) fn text(object: Option<&PyObject>, vm: &VirtualMachine) -> PyResult<String> {
    let Some(object) = object else { return Ok(WELCOME.to_owned()) };
    if object.downcast_ref::<PyStr>().is_some_and(|text| text.as_bytes() == b"modules") {
        return Ok(modules(quecpy_modules::bridge::firmware::of(vm)?.name));
    }
    let kind = object.class().name().to_string();
    let kind = if kind == NATIVE { "function" } else { &kind };
    let mut out = format!("object {} is of type {kind}\n", shown(object, vm)?);
    for (name, value) in attributes(object, vm) {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  {name} -- {}", shown(&value, vm)?);
    }
    Ok(out)
}

/// Names in columns, from top to bottom.
fn modules(firmware: &str) -> String {
    let of_column = registry::MODULES.iter().filter(|m| m.is_in(firmware));
    let of_registry = of_column.map(|m| m.name).filter(|name| !registry::is_private(name));
    let mut names: Vec<&str> = of_registry.chain(["__main__"]).collect();
    names.sort_unstable();
    let rows = names.len().div_ceil(COLUMNS);
    let mut out = String::new();
    for row in 0..rows {
        let line: String = names.iter().skip(row).step_by(rows).map(|name| column(name)).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push_str("Plus any modules on the filesystem\n");
    out
}

/// A name with the blanks behind it: at least one, up to the next column.
fn column(name: &str) -> String {
    let width = (name.len() / WIDTH + 1) * WIDTH;
    format!("{name:width$}")
}

/// An object as MicroPython shows it: native code has no name there.
fn shown(object: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    if let Some(module) = object.downcast_ref::<PyModule>() {
        let name = module.dict().get_item_opt("__name__", vm)?;
        let name = name.map_or_else(String::new, |n| n.str(vm).map(|n| n.to_string()).unwrap_or_default());
        return Ok(format!("<module '{name}'>"));
    }
    let class = object.class().name().to_string();
    match class.as_str() {
        NATIVE | "method_descriptor" | "wrapper_descriptor" => Ok("<function>".to_owned()),
        "classmethod" | "classmethod_descriptor" => Ok("<classmethod>".to_owned()),
        "staticmethod" => Ok("<staticmethod>".to_owned()),
        "property" | "getset_descriptor" | "member_descriptor" => Ok("<property>".to_owned()),
        _ => object.str(vm).map(|text| text.to_string()),
    }
}

/// What a module holds, what a class defines itself, or what the class of an object does.
fn attributes(object: &PyObject, vm: &VirtualMachine) -> Vec<(String, PyObjectRef)> {
    if let Some(module) = object.downcast_ref::<PyModule>() {
        return texts(&module.dict()).collect();
    }
    let class = object.downcast_ref::<PyType>().unwrap_or_else(|| object.class());
    let is_native = class.heaptype_ext.is_none();
    if is_native {
        return native_attributes(class, vm);
    }
    let mut all = of_class(class, vm);
    all.retain(|(name, _)| !OF_THE_VM.contains(&name.as_str()));
    all.push(("__qualname__".to_owned(), vm.ctx.new_str(class.name().to_string()).into()));
    all
}

/// What a native class has. How much of that is its own, and how much of a class that it is built on, is no business of
/// scripts.
fn native_attributes(class: &Py<PyType>, vm: &VirtualMachine) -> Vec<(String, PyObjectRef)> {
    let line = class.mro_collect();
    let inherited = line.iter().filter(|class| !class.is(vm.ctx.types.object_type));
    let all = inherited.flat_map(|class| of_class(class, vm)).filter(|(name, _)| !name.starts_with("__"));
    // The first of a name counts, as in a look-up.
    let mut by_name = BTreeMap::new();
    for (name, value) in all {
        by_name.entry(name).or_insert(value);
    }
    by_name.into_iter().collect()
}

/// What a class defines itself.
fn of_class(class: &Py<PyType>, vm: &VirtualMachine) -> Vec<(String, PyObjectRef)> {
    match class.attributes.as_dict() {
        Some(dict) => texts(&dict.to_owned()).collect(),
        None => {
            let all = class.attributes.attributes(&vm.ctx);
            all.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
        }
    }
}

/// A namespace's names with their values.
fn texts(dict: &PyDictRef) -> impl Iterator<Item = (String, PyObjectRef)> {
    let text = |name: PyObjectRef| name.downcast_ref::<PyStr>().map(ToString::to_string);
    dict.clone().into_iter().filter_map(move |(name, value)| Some((text(name)?, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_listed_in_columns_from_top_to_bottom() {
        let text = modules("documented");
        let mut lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.pop(), Some("Plus any modules on the filesystem"));
        let first: Vec<&str> = lines.iter().filter_map(|l| l.split_whitespace().next()).collect();
        assert!(first.is_sorted(), "{text}");
        let all: Vec<&str> = text.split_whitespace().collect();
        assert!(all.contains(&"uos") && !all.iter().any(|name| name.starts_with("_quecpy")));
    }

    #[test]
    fn a_long_name_takes_two_columns() {
        assert_eq!(column("collections/__init__").len(), 36);
        assert_eq!(column("app_fota_downloads"), "app_fota_downloads                  ");
    }
}
