//! `ubinascii`: bytes as hexadecimal digits and in base 64 (the module contract, std, ubinascii).

pub(crate) use ubinascii::module_def as definition;

#[rustpython_vm::pymodule]
mod ubinascii {
    use crate::bridge::firmware;
    use quecpy_formats::base64;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::PyBytes;
    use rustpython_vm::function::{KwArgs, OptionalArg};
    use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

    /// Of a separator its first byte counts; an empty one is the zero that ends it.
    #[pyfunction]
    fn hexlify(data: TextOrBytes, sep: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyRef<PyBytes> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let separator = sep.into_option().map(|s| s.borrow_bytes().first().copied().unwrap_or(0));
        let data = data.borrow_bytes();
        let mut out = Vec::with_capacity(data.len() * 3);
        for (i, byte) in data.iter().enumerate() {
            out.extend(separator.filter(|_| i > 0));
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
        vm.ctx.new_bytes(out)
    }

    fn digit(byte: u8) -> Option<u8> {
        char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
    }

    #[pyfunction]
    fn unhexlify(data: TextOrBytes, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let hex = firmware::of(vm)?.hex;
        let data = data.borrow_bytes();
        if let Some(text) = hex.odd
            && data.len() % 2 == 1
        {
            return Err(vm.new_value_error(text));
        }
        let bad = || vm.new_value_error(hex.bad);
        let mut out = Vec::with_capacity(data.len() / 2);
        let mut rest = data.iter().copied();
        while let Some(high) = rest.next() {
            if hex.spaces && high.is_ascii_whitespace() {
                continue;
            }
            let high = digit(high).ok_or_else(bad)?;
            let low = rest.next().and_then(digit).ok_or_else(bad)?;
            out.push(high << 4 | low);
        }
        Ok(vm.ctx.new_bytes(out))
    }

    #[pyfunction]
    fn a2b_base64(data: TextOrBytes, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let decoded = base64::decode(&data.borrow_bytes());
        decoded.map(|bytes| vm.ctx.new_bytes(bytes)).ok_or_else(|| vm.new_value_error("incorrect padding"))
    }

    /// CRC-32 of zlib and gzip, going on from that of what came before.
    #[pyfunction]
    fn crc32(data: TextOrBytes, before: OptionalArg<i64>, _vm: &VirtualMachine) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the lower 32 bits, as there")]
        let before = before.unwrap_or(0) as u32;
        quecpy_formats::checksum::crc32(before, &data.borrow_bytes())
    }

    /// Ends with a line end, which newer firmware can be told to leave out.
    #[pyfunction]
    fn b2a_base64(data: TextOrBytes, keywords: KwArgs<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let mut newline = true;
        for (name, value) in keywords {
            if !firmware::of(vm)?.base64_newline {
                return Err(vm.new_type_error("function doesn't take keyword arguments"));
            }
            if name.as_str() != Ok("newline") {
                return Err(vm.new_type_error("extra keyword arguments given"));
            }
            newline = value.try_to_bool(vm)?;
        }
        let mut out = base64::encode(&data.borrow_bytes());
        if newline {
            out.push(b'\n');
        }
        Ok(vm.ctx.new_bytes(out))
    }
}
