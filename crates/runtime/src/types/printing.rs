//! How numbers and texts look: `repr` of a text escapes what is not ASCII, and firmware of 2021 prints floats with
//! sixteen digits.

use super::original::Original;
use quecpy_modules::bridge::firmware;
use rustpython_vm::builtins::{PyFloat, PyStr, PyStrRef};
use rustpython_vm::common::wtf8::Wtf8;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};
use std::fmt::Write;

type Represent = fn(&PyObject, &VirtualMachine) -> PyResult<PyStrRef>;

static TEXT: Original<Represent> = Original::new();
static FLOAT: Original<Represent> = Original::new();

/// Digits that a double shows in MicroPython 1.12 (`objfloat.c`: `%.16g`).
const DIGITS: i32 = 16;

pub(super) fn install(vm: &VirtualMachine) {
    TEXT.keep(vm.ctx.types.str_type.slots().repr.swap(Some(text)));
    FLOAT.keep(vm.ctx.types.float_type.slots().repr.swap(Some(float)));
}

fn text(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let plain = TEXT.get(vm)?(object, vm)?;
    let raw = firmware::of(vm)?.raw_repr;
    let Some(whole) = object.downcast_ref::<PyStr>() else { return Ok(plain) };
    if plain.kind().is_ascii() && (whole.kind().is_ascii() || (!raw && whole.is_utf8())) {
        return Ok(plain);
    }
    Ok(vm.ctx.new_str(escaped(whole.as_wtf8(), raw)))
}

/// What is not ASCII stays as it is if it is `raw`.
fn escaped(text: &Wtf8, raw: bool) -> String {
    let has = |quote| text.as_bytes().contains(&quote);
    let quote = if has(b'\'') && !has(b'"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.code_points() {
        // Writing to a String cannot fail.
        let Some(c) = c.to_char() else {
            // A byte that is no text (`quecpy_usocket::text`), or half of a character.
            let n = c.to_u32();
            let _ = if (0xdc80..0xdd00).contains(&n) {
                write!(out, "\\x{:02x}", n & 0xff)
            } else {
                write!(out, "\\u{n:04x}")
            };
            continue;
        };
        let _ = match c {
            '\\' => out.write_str("\\\\"),
            '\n' => out.write_str("\\n"),
            '\r' => out.write_str("\\r"),
            '\t' => out.write_str("\\t"),
            c if c == quote => write!(out, "\\{c}"),
            ' '..='~' => out.write_char(c),
            c if raw && !c.is_ascii() => out.write_char(c),
            c if u32::from(c) < 0x100 => write!(out, "\\x{:02x}", u32::from(c)),
            c if u32::from(c) < 0x10000 => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "\\U{:08x}", u32::from(c)),
        };
    }
    out.push(quote);
    out
}

fn float(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    if firmware::of(vm)?.short_floats
        && let Some(number) = object.downcast_ref::<PyFloat>().map(|number| number.to_f64())
        && number.is_finite()
    {
        return Ok(vm.ctx.new_str(short(number)));
    }
    FLOAT.get(vm)?(object, vm)
}

/// As C's `%.16g`, with `.0` where nothing else tells that it is a float.
fn short(number: f64) -> String {
    let scientific = format!("{number:.*e}", usize::try_from(DIGITS - 1).unwrap_or(0));
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..DIGITS).contains(&exponent) {
        let fixed = format!("{number:.*}", usize::try_from(DIGITS - 1 - exponent).unwrap_or(0));
        let trimmed = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
        return if trimmed.contains('.') { trimmed.to_owned() } else { format!("{trimmed}.0") };
    }
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_of_sixteen_digits() {
        for (number, expected) in [
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (100.0, "100.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e300, "1.5e+300"),
        ] {
            assert_eq!(short(number), expected);
        }
    }

    #[test]
    fn what_is_not_ascii_is_escaped() {
        assert_eq!(escaped("中\u{7f}\u{ffff}".as_ref(), true), "'中\\x7f\u{ffff}'");
        assert_eq!(escaped("中é\u{7f}\n'\u{1f600}".as_ref(), false), "\"\\u4e2d\\xe9\\x7f\\n'\\U0001f600\"");
    }
}
