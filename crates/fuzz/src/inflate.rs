//! Reading deflated data: what `flate2` packs comes back, at once and byte by byte; garbage is refused alike in both ways.

use crate::target::Target;
use flate2::{Compression, GzBuilder, write};
use quecpy_formats::inflate::{Failed, Form, Inflater, header, whole};
use std::io::Write;

pub const TARGET: Target = Target { name: "inflate", run, seeds, words: WORDS, inputs: 6000 };

const WORDS: &[&[u8]] =
    &[b"\x78\x9c", b"\x1f\x8b\x08\x00", b"\x1f\x8b\x08\x1f", b"\x00", b"\x01\x00\x00\xff\xff", b"\x03\x00"];
/// Bytes that may come out.
const LARGEST: usize = 1 << 20;
const FORMS: [Form; 3] = [Form::Raw, Form::Zlib, Form::Gzip];

fn seeds() -> Vec<Vec<u8>> {
    let text = b"line 1\nline 2\nline 3\n".repeat(20);
    let packed = FORMS.iter().enumerate().map(|(i, form)| [&[i.to_le_bytes()[0]], &*packed(*form, &text)].concat());
    packed.chain([b"\x01\x78\x9c\x4b\x04\x00\x00b\x00b".to_vec()]).collect()
}

fn packed(form: Form, data: &[u8]) -> Vec<u8> {
    const NEVER: &str = "a vector takes every write";
    let level = Compression::default();
    match form {
        Form::Raw => {
            let mut w = write::DeflateEncoder::new(Vec::new(), level);
            w.write_all(data).and_then(|()| w.finish()).expect(NEVER)
        }
        Form::Zlib => {
            let mut w = write::ZlibEncoder::new(Vec::new(), level);
            w.write_all(data).and_then(|()| w.finish()).expect(NEVER)
        }
        Form::Gzip => {
            let mut w = GzBuilder::new().filename("a").extra(vec![1]).write(Vec::new(), level);
            w.write_all(data).and_then(|()| w.finish()).expect(NEVER)
        }
    }
}

/// As a stream is read: a byte at a time, a little room at a time.
fn in_steps(form: Form, data: &[u8]) -> Result<Option<Vec<u8>>, Failed> {
    let mut start = 0;
    while header(form, &data[..start])?.is_none() {
        start += 1;
        if start > data.len() {
            return Err(Failed::Data);
        }
    }
    let (mut inflater, mut out, mut rest) = (Inflater::new(form), Vec::new(), data[start..].iter());
    while !inflater.done {
        if out.len() > LARGEST {
            return Ok(None);
        }
        out.reserve(64);
        let before = out.len();
        inflater.step(&[], &mut out)?;
        if !inflater.done && out.len() == before {
            inflater.step(&[*rest.next().ok_or(Failed::Data)?], &mut out)?;
        }
    }
    Ok(Some(out))
}

fn run(bytes: &[u8]) {
    let [choice, data @ ..] = bytes else { return };
    let form = FORMS[usize::from(*choice) % FORMS.len()];
    let at_once = whole(form, data, LARGEST);
    assert_eq!(in_steps(form, data), at_once);
    assert_eq!(whole(form, &packed(form, data), LARGEST), Ok(Some(data.to_vec())));
}
