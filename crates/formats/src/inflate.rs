//! Reading deflated data as MicroPython's `uzlib` reads it: headers, the stream, checksums.

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// What is around the deflated stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Deflated data without a head (RFC 1951).
    Raw,
    /// With the head and checksum of zlib (RFC 1950).
    Zlib,
    /// With the head and checksum of gzip (RFC 1952).
    Gzip,
}

impl Form {
    /// By the number that scripts give: negative, 0 to 15, 16 and more.
    pub const fn of(wbits: i64) -> Self {
        match wbits {
            ..0 => Self::Raw,
            0..16 => Self::Zlib,
            16.. => Self::Gzip,
        }
    }
}

/// Numbers of the library in the firmware.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// The data is not what deflate makes.
    Data = -3,
    /// The checksum at the end is another.
    Checksum = -4,
    /// The data asks for a dictionary, which nobody has.
    Dictionary = -5,
}

/// How long the header at the start of `data` is. None: more bytes are needed.
pub fn header(form: Form, data: &[u8]) -> Result<Option<usize>, Failed> {
    match form {
        Form::Raw => Ok(Some(0)),
        Form::Zlib => {
            let Some([method, flags]) = data.first_chunk() else { return Ok(None) };
            if u16::from_be_bytes([*method, *flags]) % 31 != 0 || method & 15 != 8 || method >> 4 > 7 {
                return Err(Failed::Data);
            }
            if flags & 0x20 != 0 { Err(Failed::Dictionary) } else { Ok(Some(2)) }
        }
        Form::Gzip => gzip_header(data),
    }
}

/// RFC 1952, 2.3: ten bytes, then what the flags announce.
fn gzip_header(data: &[u8]) -> Result<Option<usize>, Failed> {
    const CRC: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let magic = [0x1f, 0x8b, 8];
    if !data.iter().zip(magic).all(|(a, b)| *a == b) {
        return Err(Failed::Data);
    }
    let Some(flags) = data.get(3) else { return Ok(None) };
    if flags & 0xe0 != 0 {
        return Err(Failed::Data);
    }
    let mut at = 10;
    if flags & EXTRA != 0 {
        let Some([low, high]) = data.get(at..).and_then(<[u8]>::first_chunk) else { return Ok(None) };
        at += 2 + usize::from(u16::from_le_bytes([*low, *high]));
    }
    for part in [NAME, COMMENT] {
        if flags & part != 0 {
            let Some(end) = data.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0)) else { return Ok(None) };
            at += end + 1;
        }
    }
    if flags & CRC != 0 {
        at += 2;
    }
    Ok((data.len() >= at).then_some(at))
}

/// The running checksum of what came out.
#[derive(Debug)]
enum Sum {
    None,
    /// RFC 1950, 8.2.
    Adler {
        a: u32,
        b: u32,
    },
    Crc(Crc),
}

impl Sum {
    fn update(&mut self, data: &[u8]) {
        match self {
            Self::None => {}
            Self::Adler { a, b } => {
                for byte in data {
                    *a = (*a + u32::from(*byte)) % 65521;
                    *b = (*b + *a) % 65521;
                }
            }
            Self::Crc(crc) => crc.update(data),
        }
    }

    /// What must follow the stream.
    fn trailer(&self) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Adler { a, b } => (b << 16 | a).to_be_bytes().to_vec(),
            Self::Crc(crc) => [crc.sum().to_le_bytes(), crc.amount().to_le_bytes()].concat(),
        }
    }
}

/// A stream whose header has been read.
#[derive(Debug)]
pub struct Inflater {
    inner: Decompress,
    sum: Sum,
    ended: bool,
    trailer: Vec<u8>,
    /// Nothing more comes, and all was right.
    pub done: bool,
}

impl Inflater {
    /// Reads data of this form.
    pub fn new(form: Form) -> Self {
        let sum = match form {
            Form::Raw => Sum::None,
            Form::Zlib => Sum::Adler { a: 1, b: 0 },
            Form::Gzip => Sum::Crc(Crc::new()),
        };
        Self { inner: Decompress::new(false), sum, ended: false, trailer: Vec::new(), done: false }
    }

    /// Takes from `data` and adds to `out`, as much as there is spare room in it. Returns how much was taken.
    ///
    /// # Errors
    /// Data that makes no sense, or a wrong checksum.
    pub fn step(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<usize, Failed> {
        let mut taken = 0;
        if !self.ended {
            let (before, from) = (self.inner.total_in(), out.len());
            let status = self.inner.decompress_vec(data, out, FlushDecompress::None).map_err(|_| Failed::Data)?;
            self.sum.update(&out[from..]);
            taken = usize::try_from(self.inner.total_in() - before).unwrap_or(data.len());
            self.ended = status == Status::StreamEnd;
        }
        if self.ended && !self.done {
            let expected = self.sum.trailer();
            let missing = (expected.len() - self.trailer.len()).min(data.len() - taken);
            self.trailer.extend_from_slice(&data[taken..taken + missing]);
            taken += missing;
            if self.trailer.len() == expected.len() {
                if self.trailer != expected {
                    return Err(Failed::Checksum);
                }
                self.done = true;
            }
        }
        Ok(taken)
    }
}

/// All of it at once; what follows is ignored. None: more than `most` bytes come out.
///
/// # Errors
/// As [`Inflater::step`]; data that ends too early makes no sense either.
pub fn whole(form: Form, data: &[u8], most: usize) -> Result<Option<Vec<u8>>, Failed> {
    let mut rest = &data[header(form, data)?.ok_or(Failed::Data)?..];
    let mut inflater = Inflater::new(form);
    let mut out = Vec::new();
    loop {
        out.reserve(rest.len().clamp(64, 1 << 16) * 2);
        let before = out.len();
        let taken = inflater.step(rest, &mut out)?;
        rest = &rest[taken..];
        if inflater.done {
            return Ok(Some(out));
        }
        if out.len() > most {
            return Ok(None);
        }
        if taken == 0 && out.len() == before {
            return Err(Failed::Data);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text() -> Vec<u8> {
        (0..5000u32).flat_map(|n| format!("line {}\n", n % 97).into_bytes()).collect()
    }

    fn packed(form: Form) -> Vec<u8> {
        let (text, level) = (text(), flate2::Compression::default());
        match form {
            Form::Raw => {
                let mut w = flate2::write::DeflateEncoder::new(vec![], level);
                w.write_all(&text).unwrap();
                w.finish().unwrap()
            }
            Form::Zlib => {
                let mut w = flate2::write::ZlibEncoder::new(vec![], level);
                w.write_all(&text).unwrap();
                w.finish().unwrap()
            }
            Form::Gzip => {
                let mut w = flate2::GzBuilder::new().filename("a").comment("b").extra(vec![1, 2]).write(vec![], level);
                w.write_all(&text).unwrap();
                w.finish().unwrap()
            }
        }
    }

    #[test]
    fn every_form_comes_back_also_byte_by_byte() {
        for form in [Form::Raw, Form::Zlib, Form::Gzip] {
            let mut data = packed(form);
            let length = data.len();
            data.extend_from_slice(b"more");
            assert_eq!(whole(form, &data, 1 << 20), Ok(Some(text())));
            assert_eq!(whole(form, &data, 100), Ok(None));
            for cut in [0, 1, 5, 20, length - 1] {
                assert_eq!(whole(form, &data[..cut], 1 << 20), Err(Failed::Data), "{form:?} {cut}");
            }
            let start = (0..length).find_map(|n| header(form, &data[..n]).unwrap()).unwrap();
            let (mut inflater, mut out, mut at) = (Inflater::new(form), Vec::new(), start);
            while !inflater.done {
                out.reserve(64);
                at += inflater.step(&data[at..=at], &mut out).unwrap();
            }
            assert_eq!((out, at), (text(), length));
        }
    }

    #[test]
    fn faults() {
        let mut data = packed(Form::Zlib);
        *data.last_mut().unwrap() ^= 1;
        assert_eq!(whole(Form::Zlib, &data, 1 << 20), Err(Failed::Checksum));
        for bad in [&b"\x78\x9d"[..], b"\x00\x00", b"garbage"] {
            assert_eq!(whole(Form::Zlib, bad, 10), Err(Failed::Data));
        }
        assert_eq!(whole(Form::Zlib, b"\x78\xbb\0\0\0\0", 10), Err(Failed::Dictionary));
        assert_eq!(whole(Form::Raw, b"\xff\xff\xff", 10), Err(Failed::Data));
        assert_eq!(header(Form::Gzip, b"PK"), Err(Failed::Data));
    }
}
