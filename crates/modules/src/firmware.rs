//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2, G3;
//! the columns' names and sockets are `quecpy_usocket::semantics`.

use quecpy_usocket::Environment;
use rustpython_vm::{PyResult, VirtualMachine};

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Firmware {
    /// As `--firmware` takes it.
    pub name: &'static str,
    /// `usys.implementation.version`
    pub micropython: [i32; 3],
    /// `_thread.stack_size()` without argument, in words.
    pub thread_stack: i64,
    /// The least that `_thread.stack_size(n)` takes.
    pub thread_stack_least: i64,
    /// Whether semaphores and `threadIsRunning` exist in `_thread`.
    pub has_semaphores: bool,
    /// Whether `ujson.dumps` takes separators.
    pub json_separators: bool,
    /// Whether `ujson.loads` takes `[1` for `[1]`.
    pub json_unclosed: bool,
    /// `usys.path`: the current folder, which is the root at power-on (`from usr import x`), and with it the
    /// project's where firmware of that generation has it.
    pub path: &'static [&'static str],
    /// Whether exceptions say what MicroPython 1.12 says where later ones say something else.
    pub texts_of_1_12: bool,
    /// Built-in names that this firmware lacks, beside those that no module has.
    pub builtins_missing: &'static [&'static str],
    /// Whether `str.center`, `str.splitlines`, `bytes.hex`, `dict.fromkeys` and their like are there.
    pub optional_methods: bool,
    /// Whether `repr` of a text shows what is not ASCII as it is.
    pub raw_repr: bool,
    /// Whether floats are printed with sixteen digits, instead of as many as tell them from all others.
    pub short_floats: bool,
    /// Whether the grammar has f-strings.
    pub f_strings: bool,
    /// Whether the grammar has two `*x` in one call.
    pub many_stars: bool,
    /// Whether `next` takes what to return at the end.
    pub next_default: bool,
    /// Whether exceptions have `errno`.
    pub has_errno: bool,
    /// Whether `ustruct` knows the pad byte `x`.
    pub struct_pad: bool,
}

const DOCUMENTED: Firmware = Firmware {
    name: "documented",
    micropython: [1, 25, 0],
    thread_stack: 8448,
    thread_stack_least: 8192,
    has_semaphores: true,
    json_separators: true,
    json_unclosed: false,
    path: &["", "/usr"],
    texts_of_1_12: false,
    builtins_missing: &["TimeoutError"],
    optional_methods: true,
    raw_repr: false,
    short_floats: false,
    f_strings: true,
    many_stars: true,
    next_default: true,
    has_errno: true,
    struct_pad: true,
};

const COLUMNS: [Firmware; 5] = [
    DOCUMENTED,
    Firmware {
        name: "2021",
        micropython: [1, 12, 0],
        has_semaphores: false,
        json_separators: false,
        json_unclosed: true,
        path: &[""],
        texts_of_1_12: true,
        builtins_missing: &["frozenset", "reversed"],
        optional_methods: false,
        short_floats: true,
        f_strings: false,
        many_stars: false,
        next_default: false,
        has_errno: false,
        struct_pad: false,
        ..DOCUMENTED
    },
    Firmware { name: "2025", ..DOCUMENTED },
    Firmware {
        name: "2026",
        micropython: [1, 28, 0],
        raw_repr: true,
        thread_stack: 2048,
        thread_stack_least: 1024,
        path: &[""],
        ..DOCUMENTED
    },
    Firmware { name: "micropython", ..DOCUMENTED },
];

/// The column this VM behaves like.
///
/// # Errors
/// As [`Environment::of`].
pub fn of(vm: &VirtualMachine) -> PyResult<&'static Firmware> {
    let name = Environment::of(vm)?.semantics.name;
    Ok(COLUMNS.iter().find(|c| c.name == name).unwrap_or(&COLUMNS[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_sockets() {
        assert_eq!(COLUMNS.map(|c| c.name), quecpy_usocket::semantics::COLUMNS.map(|c| c.name));
    }
}
