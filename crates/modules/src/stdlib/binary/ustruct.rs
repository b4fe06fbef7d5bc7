//! `ustruct`: packed binary data, with MicroPython's leniency (the module contract, std, ustruct).

pub(crate) use ustruct::module_def as definition;

/// One item of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Field {
    code: u8,
    /// Items, or for `s` and `x` bytes.
    count: usize,
}

/// A format's fields and byte order.
#[derive(Debug, PartialEq, Eq)]
struct Format {
    fields: Vec<Field>,
    big: bool,
    /// `@` aligns like C on the module's 32-bit processor.
    aligned: bool,
}

/// The most bytes a format may stand for; a module's heap is smaller.
const LARGEST: usize = 1 << 24;

impl Format {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let mut bytes = text.bytes().peekable();
        let (big, aligned) = match bytes.peek() {
            Some(b'>' | b'!') => (true, false),
            Some(b'<' | b'=') => (false, false),
            _ => (false, true),
        };
        if matches!(bytes.peek(), Some(b'@' | b'=' | b'<' | b'>' | b'!')) {
            bytes.next();
        }
        let mut fields = Vec::new();
        let mut total = 0usize;
        while let Some(b) = bytes.next() {
            let mut code = b;
            let mut count = None::<usize>;
            while code.is_ascii_digit() {
                let digit = usize::from(code - b'0');
                count = Some(count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(LARGEST + 1));
                code = bytes.next().ok_or("bad typecode")?;
            }
            let size = size_of(code).ok_or("bad typecode")?;
            let count = count.unwrap_or(1);
            total = total.saturating_add(size.saturating_mul(count));
            if total > LARGEST {
                return Err("format too large");
            }
            fields.push(Field { code, count });
        }
        Ok(Self { fields, big, aligned })
    }

    /// Each field with the offset of its first item, and the size of it all.
    fn layout(&self) -> (Vec<(Field, usize)>, usize) {
        let mut at = 0;
        let placed = self.fields.iter().map(|field| {
            let size = size_of(field.code).unwrap_or(1);
            if self.aligned {
                // Eight-byte values are aligned to eight on the module's ABI (ARM EABI).
                at = usize::next_multiple_of(at, size);
            }
            let start = at;
            at += size * field.count;
            (*field, start)
        });
        let placed = placed.collect();
        (placed, at)
    }
}

/// Sizes of a 32-bit target: l is four bytes.
pub(crate) fn size_of(code: u8) -> Option<usize> {
    Some(match code {
        b'x' | b'b' | b'B' | b's' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'l' | b'L' | b'f' | b'P' => 4,
        b'q' | b'Q' | b'd' => 8,
        _ => return None,
    })
}

#[rustpython_vm::pymodule]
mod ustruct {
    use super::{Field, Format, size_of};
    use crate::bridge::arguments::Rest;
    use crate::bridge::firmware;
    use crate::stdlib::binary::packed_numbers::{get, put};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::{PyBytes, PyTuple};
    use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
    use rustpython_vm::{PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};

    fn format(text: &TextOrBytes, vm: &VirtualMachine) -> PyResult<Format> {
        let bytes = text.borrow_bytes();
        let text = std::str::from_utf8(&bytes).unwrap_or("?");
        let format = Format::parse(text).map_err(|message| vm.new_value_error(message))?;
        let lacks = firmware::of(vm)?.struct_lacks;
        if format.fields.iter().any(|f| lacks.contains(&f.code)) {
            return Err(vm.new_value_error("bad typecode"));
        }
        Ok(format)
    }

    #[pyfunction]
    fn calcsize(fmt: TextOrBytes, vm: &VirtualMachine) -> PyResult<usize> {
        Ok(format(&fmt, vm)?.layout().1)
    }

    /// Missing values are zero, superfluous ones ignored, as in generations 1 and 2.
    fn pack_bytes(fmt: &Format, values: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let (placed, size) = fmt.layout();
        let mut out = vec![0; size];
        let mut values = values.iter();
        for (Field { code, count }, start) in placed {
            match code {
                b'x' => {}
                b's' => {
                    if let Some(value) = values.next() {
                        let data = TextOrBytes::try_from_object(vm, value.clone())?;
                        let bytes = data.borrow_bytes();
                        let n = bytes.len().min(count);
                        out[start..start + n].copy_from_slice(&bytes[..n]);
                    }
                }
                _ => {
                    let size = size_of(code).unwrap_or(1);
                    for i in 0..count {
                        if let Some(value) = values.next() {
                            put(&mut out[start + i * size..][..size], code, fmt.big, value, vm)?;
                        }
                    }
                }
            }
        }
        Ok(out)
    }

    #[pyfunction]
    fn pack(fmt: TextOrBytes, values: Rest, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let bytes = pack_bytes(&format(&fmt, vm)?, &values.0, vm)?;
        Ok(vm.ctx.new_bytes(bytes))
    }

    /// Where an offset points in a buffer of `length`; negative counts from the end.
    fn offset(offset: isize, length: usize, vm: &VirtualMachine) -> PyResult<usize> {
        let from = if offset < 0 { length } else { 0 };
        from.checked_add_signed(offset).filter(|at| *at <= length).ok_or_else(|| vm.new_value_error("buffer too small"))
    }

    #[pyfunction]
    fn pack_into(
        fmt: TextOrBytes,
        buffer: ArgMemoryBuffer,
        at: isize,
        values: Rest,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let bytes = pack_bytes(&format(&fmt, vm)?, &values.0, vm)?;
        let at = offset(at, buffer.len(), vm)?;
        buffer.with_ref(|room| match room.get_mut(at..at + bytes.len()) {
            Some(room) => {
                room.copy_from_slice(&bytes);
                Ok(())
            }
            None => Err(vm.new_value_error("buffer too small")),
        })
    }

    /// A longer buffer is fine: what follows is ignored.
    #[pyfunction(name = "unpack_from")]
    #[pyfunction]
    fn unpack(
        fmt: TextOrBytes,
        data: TextOrBytes,
        at: OptionalArg<isize>,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyTuple>> {
        let fmt = format(&fmt, vm)?;
        let (placed, size) = fmt.layout();
        let data = data.borrow_bytes();
        let at = offset(at.unwrap_or(0), data.len(), vm)?;
        let Some(data) = data.get(at..at + size) else {
            return Err(vm.new_value_error("buffer too small"));
        };
        let mut values = Vec::new();
        for (Field { code, count }, start) in placed {
            match code {
                b'x' => {}
                b's' => values.push(vm.ctx.new_bytes(data[start..start + count].to_vec()).into()),
                _ => {
                    let size = size_of(code).unwrap_or(1);
                    values.extend((0..count).map(|i| get(&data[start + i * size..][..size], code, fmt.big, vm)));
                }
            }
        }
        Ok(vm.ctx.new_tuple(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let f = Format::parse(">2H3sx").expect("valid");
        assert!(f.big);
        assert_eq!(f.layout().1, 8);
        assert_eq!(Format::parse("bI").expect("valid").layout().1, 8, "aligned as on 32 bits");
        assert_eq!(Format::parse("<bI").expect("valid").layout().1, 5);
        assert_eq!(Format::parse("bq").expect("valid").layout().1, 16);
        for bad in ["?", "n", "3", "<z"] {
            assert_eq!(Format::parse(bad), Err("bad typecode"), "{bad}");
        }
        assert!(Format::parse("99999999999999999999999999s").is_err());
    }
}
