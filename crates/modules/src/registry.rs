//! THE table of Python modules: every name a script can import that is not its own file.

use rustpython_vm::Context;
use rustpython_vm::builtins::PyModuleDef;

/// Where a module's behaviour is written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Rust. The definition's own name may differ from the module's: RustPython has internal modules of the same
    /// name (`_thread`, `gc`) that its import machinery needs.
    Native(fn(&Context) -> &'static PyModuleDef),
    /// Python, in `frozen/`.
    Frozen,
    /// Python, in `frozen/`; what is imported is the class of the module's own name.
    FrozenClass,
    /// Another name of a module in this table.
    Alias(&'static str),
}

/// Where a module comes from on the real thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    MicroPython,
    Quectel,
}

/// One module name.
pub struct Module {
    pub name: &'static str,
    pub kind: Kind,
    pub origin: Origin,
    /// Whether a file of the script's own with this name is imported instead, as on the module: names that
    /// MicroPython knows as "weak links" may be shadowed, built-in ones not.
    pub shadowable: bool,
    /// What it does, for README's table.
    pub summary: &'static str,
}

/// A row of a native module.
#[must_use]
pub const fn native(
    name: &'static str,
    definition: fn(&Context) -> &'static PyModuleDef,
    summary: &'static str,
) -> Module {
    Module { name, kind: Kind::Native(definition), origin: Origin::MicroPython, shadowable: false, summary }
}

const fn quectel(
    name: &'static str,
    definition: fn(&Context) -> &'static PyModuleDef,
    summary: &'static str,
) -> Module {
    Module { origin: Origin::Quectel, ..native(name, definition, summary) }
}

/// A row of a module written in Python.
#[must_use]
pub const fn frozen(name: &'static str, summary: &'static str) -> Module {
    Module { name, kind: Kind::Frozen, origin: Origin::Quectel, shadowable: false, summary }
}

const fn weak(name: &'static str, of: &'static str) -> Module {
    Module { name, kind: Kind::Alias(of), origin: Origin::MicroPython, shadowable: true, summary: "" }
}

/// All of them, by name.
pub const MODULES: &[Module] = &[
    native("_quecpy_firmware", crate::firmware::definition, ""),
    native("_thread", crate::thread::definition, "threads and locks"),
    frozen("base64", "base 64 texts"),
    frozen("checkNet", "waiting for the network"),
    weak("collections", "ucollections"),
    quectel("dataCall", crate::data_call::definition, "PDP contexts and their addresses"),
    weak("errno", "uerrno"),
    native("gc", crate::gc::definition, "memory figures and collection"),
    weak("json", "ujson"),
    frozen("log", "lines with a level"),
    native("micropython", crate::micropython::definition, "const and the compiler's decorators"),
    quectel("modem", crate::modem::definition, "who the module is"),
    quectel("net", crate::net::definition, "registration, signal, cells"),
    frozen("ntptime", "time from NTP servers"),
    weak("os", "uos"),
    Module {
        name: "osTimer",
        kind: Kind::FrozenClass,
        origin: Origin::Quectel,
        shadowable: false,
        summary: "timers with callbacks",
    },
    frozen("queue", "queues between threads"),
    frozen("request", "HTTP client"),
    weak("select", "uselect"),
    quectel("sim", crate::sim::definition, "the SIM card"),
    weak("socket", "usocket"),
    weak("struct", "ustruct"),
    weak("sys", "usys"),
    frozen("sys_bus", "publish and subscribe within a script"),
    weak("time", "utime"),
    frozen("uasyncio", "coroutines"),
    frozen("ucollections", "namedtuple, OrderedDict, deque"),
    native("uerrno", crate::uerrno::definition, "error numbers"),
    native("ujson", crate::ujson::definition, "JSON"),
    frozen("umqtt", "MQTT client"),
    native("uos", crate::uos::definition, "files and folders of the flash"),
    native("uselect", quecpy_usocket::uselect_module, "waiting for many sockets"),
    Module {
        name: "usocket",
        kind: Kind::Native(quecpy_usocket::usocket_module),
        origin: Origin::Quectel,
        shadowable: false,
        summary: "sockets",
    },
    native("ustruct", crate::ustruct::definition, "packed binary data"),
    native("usys", crate::usys::definition, "the interpreter"),
    native("utime", crate::utime::definition, "clock, ticks and sleeping"),
    frozen("uwebsocket", "WebSocket client"),
];

/// Names that only modules of ours import.
#[must_use]
pub fn is_private(name: &str) -> bool {
    name.starts_with("_quecpy")
}

/// A module's row.
#[must_use]
pub fn find(name: &str) -> Option<&'static Module> {
    MODULES.binary_search_by(|m| m.name.cmp(name)).ok().map(|i| &MODULES[i])
}

/// The row that a name stands for in the end; never an alias.
#[must_use]
pub fn resolve(name: &str) -> Option<&'static Module> {
    let module = find(name)?;
    match module.kind {
        Kind::Alias(of) => resolve(of),
        _ => Some(module),
    }
}

/// All native definitions, to be given to the interpreter's builder.
#[must_use]
pub fn native_modules(ctx: &Context) -> Vec<&'static PyModuleDef> {
    definitions(MODULES, ctx).collect()
}

/// The native ones among `modules`.
pub fn definitions<'a>(modules: &'a [Module], ctx: &'a Context) -> impl Iterator<Item = &'static PyModuleDef> + 'a {
    modules.iter().filter_map(|m| match m.kind {
        Kind::Native(definition) => Some(definition(ctx)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_alias_leads_to_a_module() {
        assert!(MODULES.is_sorted_by(|a, b| a.name < b.name));
        for module in MODULES {
            if let Kind::Alias(of) = module.kind {
                assert!(find(of).is_some_and(|m| !matches!(m.kind, Kind::Alias(_))), "{}", module.name);
            }
        }
    }

    fn top() -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn readme_lists_what_the_table_lists() {
        for readme in ["README.md", "README.zh.md"] {
            let text = std::fs::read_to_string(top().join(readme)).unwrap();
            for module in MODULES.iter().filter(|m| !is_private(m.name)) {
                let row = match module.kind {
                    Kind::Native(_) | Kind::Frozen | Kind::FrozenClass => format!("| `{}` |", module.name),
                    Kind::Alias(of) => format!("| `{of}` | `{}` |", module.name),
                };
                assert!(text.contains(&row), "{readme} lacks the row {row}");
            }
        }
    }

    #[test]
    fn every_module_has_a_script_test() {
        fn scripts(folder: &std::path::Path, text: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    scripts(&path, text);
                } else if path.extension().is_some_and(|e| e == "py") {
                    *text += &std::fs::read_to_string(path).unwrap();
                }
            }
        }
        let mut all = String::new();
        scripts(&top().join("tests/scripts"), &mut all);
        for module in MODULES.iter().filter(|m| !is_private(m.name)) {
            let imported = [format!("import {}\n", module.name), format!("from {} import", module.name)];
            assert!(imported.iter().any(|i| all.contains(i)), "no script of tests/scripts imports {}", module.name);
        }
    }

    #[test]
    fn frozen_rows_and_frozen_files_are_the_same() {
        let mut files: Vec<_> = crate::frozen_modules().map(|(name, _)| name).collect();
        files.sort_unstable();
        let rows: Vec<_> =
            MODULES.iter().filter(|m| matches!(m.kind, Kind::Frozen | Kind::FrozenClass)).map(|m| m.name).collect();
        assert_eq!(files, rows);
    }
}
