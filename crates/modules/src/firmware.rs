//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2, G3;
//! the columns' names and sockets are `quecpy_usocket::semantics`.

use crate::machine::columns::{self as machine, Machine};
use crate::misc::{self, Misc};
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
    /// Whether `ustruct` knows the pad byte `x`.
    pub struct_pad: bool,
    /// Events that may wait for their callbacks.
    pub callback_queue: usize,
    /// What there is in `machine`.
    pub machine: &'static Machine,
    /// What there is in `misc`.
    pub misc: &'static Misc,
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
    struct_pad: true,
    callback_queue: 64,
    machine: &machine::DOCUMENTED,
    misc: &misc::DOCUMENTED,
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
        machine: &machine::G1,
        misc: &misc::G1,
        ..DOCUMENTED
    },
    Firmware { name: "2025", machine: &machine::G2, misc: &misc::G2, ..DOCUMENTED },
    Firmware {
        name: "2026",
        micropython: [1, 28, 0],
        thread_stack: 2048,
        thread_stack_least: 1024,
        callback_queue: 8,
        path: &[""],
        machine: &machine::G3,
        misc: &misc::G3,
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
