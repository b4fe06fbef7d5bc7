//! Single numbers in bytes, by MicroPython's typecodes: for `ustruct` and `array`.

use crate::bridge::integers::{float_of, int_of, low_64};
use quecpy_formats::half;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Writes one number; integers that do not fit lose their upper bits.
pub(crate) fn put(room: &mut [u8], code: u8, big: bool, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let mut bytes = match code {
        b'f' => {
            #[expect(clippy::cast_possible_truncation, reason = "a four-byte float is what 'f' means")]
            let float = float_of(value, vm)? as f32;
            float.to_le_bytes().to_vec()
        }
        b'e' => half::half_of(float_of(value, vm)?).to_le_bytes().to_vec(),
        b'd' => float_of(value, vm)?.to_le_bytes().to_vec(),
        _ => {
            let int = int_of(value, vm)?;
            low_64(&int).to_le_bytes()[..room.len()].to_vec()
        }
    };
    if big {
        bytes.reverse();
    }
    room.copy_from_slice(&bytes);
    Ok(())
}

/// Reads one number, of up to eight bytes.
pub(crate) fn get(bytes: &[u8], code: u8, big: bool, vm: &VirtualMachine) -> PyObjectRef {
    let mut wide = [0u8; 8];
    let n = bytes.len();
    wide[..n].copy_from_slice(bytes);
    if big {
        wide[..n].reverse();
    }
    let unsigned = u64::from_le_bytes(wide);
    match code {
        b'f' => {
            let four = [wide[0], wide[1], wide[2], wide[3]];
            vm.ctx.new_float(f64::from(f32::from_le_bytes(four))).into()
        }
        b'e' => vm.ctx.new_float(half::float_of_half(u16::from_le_bytes([wide[0], wide[1]]))).into(),
        b'd' => vm.ctx.new_float(f64::from_le_bytes(wide)).into(),
        b'b' | b'h' | b'i' | b'l' | b'q' => {
            let shift = 64 - 8 * u32::try_from(n).unwrap_or(8);
            vm.ctx.new_int((unsigned.cast_signed() << shift) >> shift).into()
        }
        _ => vm.ctx.new_int(unsigned).into(),
    }
}
