//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2, G3;
//! the columns' names and sockets are `quecpy_usocket::semantics`.

use quecpy_usocket::Environment;
use rustpython_vm::builtins::PyModule;
use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

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
    /// Whether `ustruct` knows the pad byte `x`.
    pub struct_pad: bool,
    /// Names that modules lack in this column.
    pub lacks: &'static [(&'static str, &'static [&'static str])],
    /// Whether `ure` has an engine; without one it looks for the pattern itself and answers True or None.
    pub regex_engine: bool,
    /// Whether a pattern of `ure` takes where to start and to end.
    pub regex_bounds: bool,
    /// What `ure` says of a pattern that it does not understand.
    pub regex_refused: &'static str,
    /// How `ubinascii.unhexlify` reads digits.
    pub hex: Hex,
    /// Whether `ubinascii.b2a_base64` takes `newline=`.
    pub base64_newline: bool,
    /// Whether `urandom.getrandbits(0)` is 0.
    pub random_no_bits: bool,
    /// Whether a digest of `uhashlib` that was taken refuses to go on.
    pub hash_final: bool,
}

/// `ubinascii.unhexlify`: what it says, and what it lets pass.
#[derive(Debug, Clone, Copy)]
pub struct Hex {
    /// Of an odd length, if that is looked at first.
    pub odd: Option<&'static str>,
    /// Of what is no digit.
    pub bad: &'static str,
    /// Whether there may be blanks between bytes.
    pub spaces: bool,
}

const HEX: Hex = Hex { odd: Some("odd-length string"), bad: "non-hex digit found", spaces: false };
/// MicroPython 1.27, measured.
const NEWEST_HEX: Hex = Hex { odd: None, bad: "non-hex digit", spaces: true };

impl Firmware {
    /// Whether a module lacks a name.
    #[must_use]
    pub fn lacks(&self, module: &str, name: &str) -> bool {
        self.lacks.iter().any(|(m, names)| *m == module && names.contains(&name))
    }
}

/// Takes from a module, which is just being made, what this column lacks.
pub(crate) fn prune(name: &str, module: &Py<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    let rows = of(vm)?.lacks.iter().filter(|(m, _)| *m == name);
    for absent in rows.flat_map(|(_, names)| names.iter()) {
        module.as_object().del_attr(*absent, vm)?;
    }
    Ok(())
}

/// What all but generation 1 lack.
const NEWER_LACKS: &[(&str, &[&str])] = &[("uhashlib", HASH_EXTRAS)];
/// Of generation 1 only.
const HASH_EXTRAS: &[&str] = &["hash_sha1", "hash_base64", "aes_ecb"];

/// Not documented, and not in generation 1.
const MATH_EXTRAS: &[&str] = &[
    "acosh",
    "asinh",
    "atanh",
    "cosh",
    "erf",
    "erfc",
    "expm1",
    "factorial",
    "gamma",
    "inf",
    "isclose",
    "lgamma",
    "log10",
    "log2",
    "nan",
    "sinh",
    "tanh",
    "tau",
];

const DOCUMENTED: Firmware = Firmware {
    name: "documented",
    micropython: [1, 25, 0],
    thread_stack: 8448,
    thread_stack_least: 8192,
    has_semaphores: true,
    json_separators: true,
    json_unclosed: false,
    path: &["", "/usr"],
    struct_pad: true,
    lacks: &[("math", MATH_EXTRAS), ("uhashlib", HASH_EXTRAS)],
    regex_engine: true,
    regex_bounds: true,
    regex_refused: "error in regex",
    hex: HEX,
    base64_newline: true,
    random_no_bits: true,
    hash_final: true,
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
        struct_pad: false,
        lacks: &[("math", MATH_EXTRAS), ("uos", &["FlashDevice", "sdkver"]), ("ure", &["sub"])],
        regex_bounds: false,
        base64_newline: false,
        random_no_bits: false,
        hash_final: false,
        ..DOCUMENTED
    },
    Firmware { name: "2025", lacks: NEWER_LACKS, ..DOCUMENTED },
    Firmware {
        name: "2026",
        micropython: [1, 28, 0],
        thread_stack: 2048,
        thread_stack_least: 1024,
        path: &[""],
        lacks: &[("uhashlib", HASH_EXTRAS), ("uos", &["mount", "umount"])],
        regex_engine: false,
        regex_refused: "regex too complex",
        hex: NEWEST_HEX,
        ..DOCUMENTED
    },
    Firmware {
        name: "micropython",
        regex_refused: "regex too complex",
        hex: NEWEST_HEX,
        lacks: NEWER_LACKS,
        ..DOCUMENTED
    },
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
