//! Files that mpy-cross has compiled (`.mpy`). Their bytecode is MicroPython's, which this VM does not run: what they are is
//! read from their header (`py/persistentcode.h`), and said.

use quecpy_modules::bridge::firmware;
use quecpy_modules::stdlib::files::script_vfs;
use quecpy_usocket::Environment;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyResult, VirtualMachine};

pub const SUFFIX: &str = "mpy";

/// Versions of the format, and the releases of MicroPython that take them.
const VERSIONS: [(u8, &str); 6] = [
    (0, "1.5.1 to 1.8.7"),
    (2, "1.9 to 1.9.2"),
    (3, "1.9.3 to 1.10"),
    (4, "1.11"),
    (5, "1.12 to 1.18"),
    (6, "1.19 and later"),
];
/// Processors, by their numbers in the header; the first is none.
const PROCESSORS: [&str; 13] = [
    "",
    "x86",
    "x64",
    "armv6",
    "armv6m",
    "armv7m",
    "armv7em",
    "armv7emsp",
    "armv7emdp",
    "xtensa",
    "xtensawin",
    "rv32imc",
    "rv64imc",
];
const INCOMPATIBLE: &str = "incompatible .mpy file";
const WRONG_PROCESSOR: &str = "incompatible .mpy arch";

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Header {
    version: u8,
    /// Of machine code, from version 6 on.
    sub_version: u8,
    processor: u8,
    /// Bits of the integers that need no object.
    small_int_bits: u8,
}

impl Header {
    fn parse(bytes: &[u8]) -> Option<Self> {
        // No compiler writes less than some bits.
        let [b'M', version, flags, small_int_bits, ..] = *bytes else { return None };
        if small_int_bits == 0 {
            return None;
        }
        let sub_version = if version >= 6 { flags & 3 } else { 0 };
        Some(Self { version, sub_version, processor: flags >> 2 & 0x2f, small_int_bits })
    }

    fn releases(self) -> &'static str {
        VERSIONS
            .iter()
            .find(|(version, _)| *version == self.version)
            .map_or("an unknown release", |(_, releases)| releases)
    }

    fn describe(self) -> String {
        let version = match self.sub_version {
            0 => self.version.to_string(),
            sub => format!("{}.{sub}", self.version),
        };
        let processor = match PROCESSORS.get(usize::from(self.processor)) {
            Some(&"") => "bytecode only".to_owned(),
            Some(name) => format!("machine code for {name}"),
            None => format!("machine code for processor {}", self.processor),
        };
        format!(
            "format version {version}, of MicroPython {}, {processor}, {}-bit integers",
            self.releases(),
            self.small_int_bits
        )
    }
}

/// The version of the format that a release of MicroPython takes.
const fn version_of(micropython: [i32; 3]) -> u8 {
    match micropython {
        [1, (..=11), _] => 4,
        [1, (12..=18), _] => 5,
        _ => 6,
    }
}

/// What the module raises for such a file, as far as it would; else ImportError. A line on standard error says what the file
/// is and what to do.
///
/// # Errors
/// What reading it raises.
pub fn refused(path: &str, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
    let bytes = script_vfs::read(path, vm)?;
    let micropython = firmware::of(vm)?.micropython;
    let header = Header::parse(&bytes);
    let Some(header) = header else { return Ok(vm.new_value_error(INCOMPATIBLE)) };
    let what = header.describe();
    let source = format!("{}.py", path.strip_suffix(".mpy").unwrap_or(path));
    let todo = format!("quecpy runs source: put {source} in its place, which mpy-cross made it of");
    let fits = header.version == version_of(micropython);
    if fits && header.processor == 0 {
        let error = format!("{path} is compiled ({what}): {todo}");
        return Ok(vm.new_exception_msg(vm.ctx.exceptions.import_error.to_owned(), error.into()));
    }
    Environment::of(vm)?.stack.notice(&format!("import {path}: {what}; {todo}"));
    Ok(vm.new_value_error(if fits { WRONG_PROCESSOR } else { INCOMPATIBLE }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told() {
        let said = |bytes: &[u8]| Header::parse(bytes).map(Header::describe);
        assert_eq!(
            said(b"M\x05\x02\x1f").as_deref(),
            Some("format version 5, of MicroPython 1.12 to 1.18, bytecode only, 31-bit integers")
        );
        assert_eq!(
            said(b"M\x06\x1b\x1f").as_deref(),
            Some("format version 6.3, of MicroPython 1.19 and later, machine code for armv7em, 31-bit integers")
        );
        assert!(said(b"").is_none() && said(b"M\x06").is_none() && said(b"N\x06\0\0").is_none());
        assert_eq!([[1, 12, 0], [1, 25, 0], [1, 28, 0]].map(version_of), [5, 6, 6]);
    }
}
