//! Completion at the prompt: names, attributes, modules to import.

use quecpy_modules::registry;
use rustpython_vm::builtins::{PyDictRef, PyStr};
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};
use std::collections::BTreeSet;

/// Words of the language that open a line or an expression.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield", "False", "None", "True",
];

fn is_part_of_name(c: char) -> bool {
    c == '_' || c == '.' || c.is_alphanumeric()
}

/// What may stand where `line` ends: whole last words, sorted.
///
/// # Errors
/// What looking at an object raises.
pub(crate) fn candidates(line: &str, globals: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<String>> {
    let start =
        line.char_indices().rev().take_while(|(_, c)| is_part_of_name(*c)).last().map_or(line.len(), |(i, _)| i);
    let (before, word) = line.split_at(start);
    let before = before.trim();
    let all = if before == "import" || before == "from" {
        modules(word, vm)?
    } else if let Some(module) = before.strip_prefix("from ").and_then(|b| b.trim().strip_suffix("import")) {
        imported(module.trim(), vm)?
    } else {
        names(word, globals, vm)?
    };
    let last = word.rsplit('.').next().unwrap_or(word);
    let fits = |name: &String| name.starts_with(last) && (last.starts_with('_') || !name.starts_with('_'));
    Ok(all.into_iter().filter(fits).collect())
}

/// Names in scope, or attributes of what stands before the last dot.
fn names(word: &str, globals: &PyDictRef, vm: &VirtualMachine) -> PyResult<BTreeSet<String>> {
    let Some((path, _)) = word.rsplit_once('.') else {
        let mut all: BTreeSet<String> = KEYWORDS.iter().map(|k| (*k).to_owned()).collect();
        all.extend(globals.into_iter().filter_map(|(name, _)| text(&name)));
        all.extend(attributes(vm.builtins.as_object().to_owned(), vm)?);
        return Ok(all);
    };
    let mut parts = path.split('.');
    let first = parts.next().unwrap_or_default();
    let mut object = match globals.get_item_opt(first, vm)? {
        Some(object) => object,
        None => vm.builtins.as_object().get_attr(&vm.ctx.new_str(first), vm)?,
    };
    for part in parts {
        object = object.get_attr(&vm.ctx.new_str(part), vm)?;
    }
    attributes(object, vm)
}

fn text(name: &PyObjectRef) -> Option<String> {
    name.downcast_ref::<PyStr>().and_then(|t| t.to_str().map(str::to_owned))
}

fn attributes(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<BTreeSet<String>> {
    Ok(vm.dir(Some(object))?.borrow_vec().iter().filter_map(text).collect())
}

/// Modules by name; after a dot those in a folder of the flash.
fn modules(word: &str, vm: &VirtualMachine) -> PyResult<BTreeSet<String>> {
    let flash = &quecpy_modules::board(vm)?.flash;
    let folder = word.rsplit_once('.').map(|(path, _)| path.replace('.', "/"));
    let mut all = BTreeSet::new();
    if folder.is_none() {
        let column = quecpy_modules::bridge::firmware::of(vm)?.name;
        all.extend(registry::MODULES.iter().filter(|m| m.is_in(column)).map(|m| m.name.to_owned()));
    }
    for place in [format!("/{}", folder.as_deref().unwrap_or_default()), format!("/usr/{}", folder.unwrap_or_default())]
    {
        for name in flash.list(&place).unwrap_or_default() {
            match name.strip_suffix(".py") {
                Some(module) => all.insert(module.to_owned()),
                None if !name.contains('.') => all.insert(name),
                None => false,
            };
        }
    }
    Ok(all)
}

/// Names of a module, which is imported for it only if it is one of the firmware's.
fn imported(module: &str, vm: &VirtualMachine) -> PyResult<BTreeSet<String>> {
    if registry::find(module).is_none() {
        return Ok(BTreeSet::new());
    }
    attributes(vm.import(&vm.ctx.new_str(module), 0)?, vm)
}
