//! Between a script's texts and bytes, and the host's: the one place that knows what a `str` is in a firmware column
//! (`Semantics::strings`).
//!
//! A byte string is kept as a `str` of the characters U+0000 to U+00FF, one for each byte, from the compiler on. Here it
//! becomes bytes where it leaves the script, and here bytes and texts of the host become one.

use crate::environment::Environment;
use crate::semantics::Strings;
use rustpython_vm::builtins::{PyStr, PyStrRef};
use rustpython_vm::common::borrow::BorrowedValue;
use rustpython_vm::common::wtf8::{CodePoint, Wtf8Buf};
use rustpython_vm::convert::ToPyObject;
use rustpython_vm::function::ArgBytesLike;
use rustpython_vm::{Py, PyObjectRef, PyResult, TryFromObject, VirtualMachine};
use std::borrow::Cow;

/// Where lone surrogates stand for bytes that are no text: U+DC80 is 0x80.
const ESCAPED: u32 = 0xdc00;

/// What a `str` is in this VM.
#[must_use]
pub fn strings(vm: &VirtualMachine) -> Strings {
    Environment::of(vm).map_or(Strings::Unicode, |environment| environment.strings())
}

/// Whether a `str` holds bytes.
#[must_use]
pub fn is_bytes(vm: &VirtualMachine) -> bool {
    strings(vm) == Strings::Bytes
}

/// The bytes of a script's text: what the module's memory holds for it.
#[must_use]
pub fn bytes_of<'a>(text: &'a Py<PyStr>, vm: &VirtualMachine) -> Cow<'a, [u8]> {
    if text.kind().is_ascii() {
        return Cow::Borrowed(text.as_bytes());
    }
    match strings(vm) {
        Strings::Bytes => Cow::Owned(bytes_of_characters(text)),
        Strings::Both if !text.is_utf8() => Cow::Owned(unescaped(text)),
        Strings::Both | Strings::Unicode => Cow::Borrowed(text.as_bytes()),
    }
}

/// Whatever has other characters than those of bytes came from the host, and counts as its UTF-8.
fn bytes_of_characters(text: &PyStr) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.as_bytes().len());
    for c in text.as_wtf8().code_points() {
        match u8::try_from(c.to_u32()) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(c.encode_wtf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

fn unescaped(text: &PyStr) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.as_bytes().len());
    for c in text.as_wtf8().code_points() {
        match c.to_u32().checked_sub(ESCAPED).and_then(|n| u8::try_from(n).ok()).filter(|byte| !byte.is_ascii()) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(c.encode_wtf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// The script's text of such bytes; none if they are none, which no byte string is.
#[must_use]
pub fn from_bytes(bytes: &[u8], vm: &VirtualMachine) -> Option<PyStrRef> {
    if bytes.is_ascii() {
        return std::str::from_utf8(bytes).ok().map(|text| vm.ctx.new_str(text));
    }
    let strings = strings(vm);
    if strings == Strings::Bytes {
        return Some(vm.ctx.new_str(bytes.iter().copied().map(char::from).collect::<String>()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(vm.ctx.new_str(text)),
        Err(_) if strings == Strings::Both => Some(vm.ctx.new_str(escaped(bytes))),
        Err(_) => None,
    }
}

fn escaped(bytes: &[u8]) -> Wtf8Buf {
    let mut text = Wtf8Buf::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let surrogates = chunk.invalid().iter().map(|byte| CodePoint::from_u32(ESCAPED + u32::from(*byte)));
        surrogates.flatten().for_each(|surrogate| text.push(surrogate));
    }
    text
}

/// As [`from_bytes`]; what is no text is replaced.
#[must_use]
pub fn from_bytes_lossy(bytes: &[u8], vm: &VirtualMachine) -> PyStrRef {
    from_bytes(bytes, vm).unwrap_or_else(|| vm.ctx.new_str(String::from_utf8_lossy(bytes).into_owned()))
}

/// The script's text of one of the host: names of files, operators, messages.
#[must_use]
pub fn of_host(text: &str, vm: &VirtualMachine) -> PyStrRef {
    if text.is_ascii() || !is_bytes(vm) {
        return vm.ctx.new_str(text);
    }
    from_bytes_lossy(text.as_bytes(), vm)
}

/// A script's text as the host has it; none if its bytes are no text.
#[must_use]
pub fn to_host(text: &Py<PyStr>, vm: &VirtualMachine) -> Option<String> {
    match bytes_of(text, vm) {
        // What a text has is a text, but for surrogates.
        Cow::Borrowed(_) => text.to_str().map(str::to_owned),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok(),
    }
}

/// As [`to_host`]; what is no text is replaced.
#[must_use]
pub fn to_host_lossy(text: &Py<PyStr>, vm: &VirtualMachine) -> String {
    String::from_utf8_lossy(&bytes_of(text, vm)).into_owned()
}

/// A name of the script's code as the host has it.
#[must_use]
pub fn name<'a>(name: &'a str, vm: &VirtualMachine) -> Cow<'a, str> {
    if name.is_ascii() || !is_bytes(vm) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(String::from_utf8_lossy(&bytes_of_characters(&PyStr::from(name))).into_owned())
}

/// A text of the host that a native function returns.
pub struct Text(pub String);

impl ToPyObject for Text {
    fn to_pyobject(self, vm: &VirtualMachine) -> PyObjectRef {
        of_host(&self.0, vm).into()
    }
}

/// An argument that is a text or has a buffer; a text counts as its bytes.
#[derive(Debug)]
pub enum TextOrBytes {
    /// A buffer, borrowed.
    Buffer(ArgBytesLike),
    /// Whose own bytes they are.
    Text(PyStrRef),
    /// The bytes of a text in which they are not as they are.
    Converted(Vec<u8>),
}

impl TryFromObject for TextOrBytes {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        let text = match object.downcast::<PyStr>() {
            Ok(text) => text,
            Err(object) => return ArgBytesLike::try_from_object(vm, object).map(Self::Buffer),
        };
        let converted = match bytes_of(&text, vm) {
            Cow::Borrowed(_) => None,
            Cow::Owned(bytes) => Some(bytes),
        };
        Ok(converted.map_or(Self::Text(text), Self::Converted))
    }
}

impl TextOrBytes {
    /// The bytes. A buffer is borrowed as long: not over a wait.
    #[must_use]
    pub fn borrow_bytes(&self) -> BorrowedValue<'_, [u8]> {
        match self {
            Self::Buffer(buffer) => buffer.borrow_buf(),
            Self::Text(text) => text.as_bytes().into(),
            Self::Converted(bytes) => bytes.as_slice().into(),
        }
    }
}
