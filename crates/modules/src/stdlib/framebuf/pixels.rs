//! Pixels in memory, in MicroPython's formats (`extmod/modframebuf.c`).

/// How pixels lie in memory; the numbers are those that scripts give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One bit, eight pixels of a column in a byte.
    MonoColumns,
    Rgb565,
    /// Four bits, the left pixel in the upper half.
    Grey4,
    /// One bit, eight pixels of a row in a byte, the left one highest.
    MonoRows,
    /// The same, the left one lowest.
    MonoRowsReversed,
    /// Two bits, the left pixel lowest.
    Grey2,
    Grey8,
}

/// All of them with their number and name.
pub(super) const FORMATS: [(&str, i32, Format); 8] = [
    ("MVLSB", 0, Format::MonoColumns),
    ("MONO_VLSB", 0, Format::MonoColumns),
    ("RGB565", 1, Format::Rgb565),
    ("GS4_HMSB", 2, Format::Grey4),
    ("MONO_HLSB", 3, Format::MonoRows),
    ("MONO_HMSB", 4, Format::MonoRowsReversed),
    ("GS2_HMSB", 5, Format::Grey2),
    ("GS8", 6, Format::Grey8),
];

impl Format {
    pub(super) fn of(number: i32) -> Option<Self> {
        FORMATS.iter().find(|(_, n, _)| *n == number).map(|(_, _, format)| *format)
    }

    const fn bits(self) -> usize {
        match self {
            Self::MonoColumns | Self::MonoRows | Self::MonoRowsReversed => 1,
            Self::Grey2 => 2,
            Self::Grey4 => 4,
            Self::Grey8 => 8,
            Self::Rgb565 => 16,
        }
    }

    /// Pixels of a row that share a byte.
    const fn in_a_byte(self) -> usize {
        match self {
            Self::MonoColumns | Self::Grey8 | Self::Rgb565 => 1,
            other => 8 / other.bits(),
        }
    }
}

/// A picture's shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) format: Format,
    pub(super) width: i64,
    pub(super) height: i64,
    /// Pixels from one row to the next.
    stride: usize,
}

impl Shape {
    /// None: no picture can be so.
    pub(super) fn new(format: Format, width: i32, height: i32, stride: i32) -> Option<Self> {
        let side = |n: i32| usize::try_from(n).ok().filter(|n| (1..=0xffff).contains(n));
        let (w, _, stride) = (side(width)?, side(height)?, side(stride)?);
        let rounded = stride.next_multiple_of(format.in_a_byte());
        (stride >= w).then_some(Self { format, width: width.into(), height: height.into(), stride: rounded })
    }

    /// Bytes it needs.
    pub(super) fn size(&self) -> usize {
        let (Ok(width), Ok(height)) = (usize::try_from(self.width), usize::try_from(self.height)) else { return 0 };
        let width = width.next_multiple_of(self.format.in_a_byte());
        let (rows, last) = match self.format {
            Format::MonoColumns => (height.next_multiple_of(8) - 8, 8),
            _ => (height - 1, 1),
        };
        (rows * self.stride + last * width) * self.format.bits() / 8
    }

    pub(super) fn contains(&self, x: i64, y: i64) -> bool {
        (0..self.width).contains(&x) && (0..self.height).contains(&y)
    }

    /// Where a pixel is: its byte, and its lowest bit there.
    fn place(&self, x: i64, y: i64) -> Option<(usize, u32)> {
        if !self.contains(x, y) {
            return None;
        }
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if self.format == Format::MonoColumns {
            return Some((y / 8 * self.stride + x, u32::try_from(y % 8).ok()?));
        }
        let pixel = y * self.stride + x;
        let in_byte = u32::try_from(pixel % self.format.in_a_byte()).ok()?;
        let bit = match self.format {
            Format::MonoRows => 7 - in_byte,
            Format::Grey4 => 4 - 4 * in_byte,
            Format::Grey2 => 2 * in_byte,
            _ => in_byte,
        };
        Some((pixel * self.format.bits() / 8, bit))
    }

    pub(super) fn get(&self, bytes: &[u8], x: i64, y: i64) -> Option<u32> {
        let (at, bit) = self.place(x, y)?;
        if self.format == Format::Rgb565 {
            let two = bytes.get(at..at + 2)?;
            return Some(u32::from(two[0]) | u32::from(two[1]) << 8);
        }
        let mask = (1 << self.format.bits()) - 1;
        Some(u32::from(*bytes.get(at)?) >> bit & mask)
    }

    /// Sets a pixel; what lies outside is left out.
    pub(super) fn set(&self, bytes: &mut [u8], (x, y): (i64, i64), colour: u32) {
        let Some((at, bit)) = self.place(x, y) else { return };
        let low = colour.to_le_bytes();
        if self.format == Format::Rgb565 {
            if let Some(two) = bytes.get_mut(at..at + 2) {
                two.copy_from_slice(&low[..2]);
            }
            return;
        }
        let mask = u8::try_from((1u32 << self.format.bits()) - 1).unwrap_or(u8::MAX);
        let value = if mask == 1 { u8::from(colour != 0) } else { low[0] & mask };
        if let Some(byte) = bytes.get_mut(at) {
            *byte = *byte & !(mask << bit) | value << bit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_gives_back_what_was_set() {
        for (name, number, _) in FORMATS {
            let format = Format::of(number).expect("known");
            let shape = Shape::new(format, 9, 10, 11).expect("a shape");
            let mut bytes = vec![0; shape.size()];
            shape.set(&mut bytes, (8, 9), 1);
            assert_eq!(shape.get(&bytes, 8, 9), Some(1), "{name}");
            assert_eq!(shape.get(&bytes, 7, 9), Some(0), "{name}");
            assert_eq!(shape.get(&bytes, 9, 0), None, "{name}");
        }
        assert!(Shape::new(Format::Grey8, 0, 1, 1).is_none());
        assert!(Shape::new(Format::Grey8, 5, 1, 4).is_none());
    }
}
