//! What scripts pass: bytes or text, and addresses. Conversion only.

use crate::constants::{MSG_DONTWAIT, MSG_PEEK};
use crate::environment::Environment;
use crate::text;
use quecpy_net::{Flags, Socket, literal};
use rustpython_vm::builtins::{PyBytes, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::function::{ArgBytesLike, ArgMemoryBuffer};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};
use std::borrow::Cow;
use std::net::SocketAddr;

/// Bytes to send. A text counts as its bytes, as on the module.
pub enum Data {
    Bytes(PyRef<PyBytes>),
    Text(PyRef<PyStr>),
    /// May change, or be locked, while it is looked at.
    Buffer(ArgBytesLike),
}

impl TryFromObject for Data {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        let object = match object.downcast_exact::<PyBytes>(vm) {
            Ok(bytes) => return Ok(Self::Bytes(bytes.into_pyref())),
            Err(object) => object,
        };
        match object.downcast::<PyStr>() {
            Ok(text) => Ok(match text::bytes_of(&text, vm) {
                Cow::Borrowed(_) => Self::Text(text),
                Cow::Owned(bytes) => Self::Bytes(vm.ctx.new_bytes(bytes)),
            }),
            Err(object) => match ArgBytesLike::try_from_object(vm, object.clone()) {
                Ok(buffer) => Ok(Self::Buffer(buffer)),
                Err(_) => Err(vm.new_type_error("object with buffer protocol required")),
            },
        }
    }
}

impl Data {
    /// A copy, which locks nothing.
    pub fn to_vec(&self) -> Vec<u8> {
        self.with(<[u8]>::to_vec)
    }

    /// The same bytes, which nobody can change any more and nothing locks; see [`Data::fixed`].
    pub fn into_fixed(self, vm: &VirtualMachine) -> Self {
        match self {
            Self::Buffer(buffer) => Self::Bytes(vm.ctx.new_bytes(buffer.with_ref(<[u8]>::to_vec))),
            fixed => fixed,
        }
    }

    /// The bytes, if they cannot change and nothing is locked while they are borrowed.
    pub fn fixed(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes.as_bytes()),
            Self::Text(text) => Some(text.as_bytes()),
            Self::Buffer(_) => None,
        }
    }

    /// Looks at the bytes; `look` must not wait.
    pub fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Self::Bytes(bytes) => look(bytes.as_bytes()),
            Self::Text(text) => look(text.as_bytes()),
            Self::Buffer(buffer) => buffer.with_ref(look),
        }
    }
}

/// A buffer that a script has filled. While this waits nobody is kept from changing its size.
pub struct Room(PyObjectRef);

impl TryFromObject for Room {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        ArgMemoryBuffer::try_from_object(vm, object.clone()).map(|_| Self(object))
    }
}

impl Room {
    /// Looks at the buffer; `look` must not wait.
    ///
    /// # Errors
    /// TypeError if it cannot be written to any more.
    pub fn with<R>(&self, look: impl FnOnce(&mut [u8]) -> R, vm: &VirtualMachine) -> PyResult<R> {
        Ok(ArgMemoryBuffer::try_from_object(vm, self.0.clone())?.with_ref(look))
    }
}

/// `(host, port)` as a script gives it.
pub struct Address {
    pub host: String,
    pub port: u16,
}

impl TryFromObject for Address {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        if let Some(tuple) = object.downcast_ref::<PyTuple>() {
            return Self::from_items(tuple.as_slice(), vm);
        }
        if let Some(list) = object.downcast_ref::<PyList>() {
            let items = list.borrow_vec().to_vec();
            return Self::from_items(&items, vm);
        }
        let class = object.class().name().to_string();
        Err(vm.new_type_error(format!("address must be a tuple or list (host, port), not {class}")))
    }
}

impl Address {
    fn from_items(items: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Self> {
        let [host, port] = items else {
            return Err(vm.new_value_error(format!("address must be (host, port): 2 items, not {}", items.len())));
        };
        let digits = || Environment::of(vm).map(|environment| environment.semantics.port_as_digits);
        let port = match port.downcast_ref::<PyInt>() {
            Some(_) => port_or_digits(port, false, vm)?,
            None => port_or_digits(port, digits()?, vm)?,
        };
        Ok(Self { host: host_name(host, vm)?, port })
    }

    /// The address, if the host is one by digits or empty; names must be looked up.
    pub fn numeric(&self) -> Option<SocketAddr> {
        if self.host.is_empty() {
            return Some(SocketAddr::from(([0, 0, 0, 0], self.port)));
        }
        literal(&self.host).map(|ip| SocketAddr::new(ip, self.port))
    }

    /// The address to use with `socket`: the first of its family.
    ///
    /// # Errors
    /// `NameNotFound` when there is none; as every wait.
    pub fn resolve(&self, socket: &Socket) -> quecpy_net::Result<SocketAddr> {
        let found = socket.resolve(&self.host, self.port)?;
        let v4_only = socket.family() == quecpy_net::Family::V4;
        found.into_iter().find(|a| a.is_ipv4() || !v4_only).ok_or(quecpy_net::Error::NameNotFound)
    }
}

/// A host as text; it may be bytes.
pub fn host_name(host: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    let bytes = || host.downcast_ref::<PyBytes>().and_then(|b| std::str::from_utf8(b.as_bytes()).ok()).map(Into::into);
    match host.downcast_ref::<PyStr>().and_then(|t| text::to_host(t, vm)).or_else(bytes) {
        Some(text) => Ok(text),
        None => Err(vm.new_type_error(format!("host must be a str, not {}", host.class().name()))),
    }
}

/// A port as an int, or as digits where those are taken.
pub fn port_or_digits(port: &PyObject, digits: bool, vm: &VirtualMachine) -> PyResult<u16> {
    let Some(text) = port.downcast_ref::<PyStr>().filter(|_| digits) else { return port_number(port, vm) };
    let number = text.to_str().and_then(|d| d.parse().ok());
    number.ok_or_else(|| vm.new_value_error("port must be 0 to 65535, as an int or as digits"))
}

/// A port from 0 to 65535.
fn port_number(port: &PyObject, vm: &VirtualMachine) -> PyResult<u16> {
    let Some(int) = port.downcast_ref::<PyInt>() else {
        return Err(vm.new_type_error(format!("port must be an int, not {}", port.class().name())));
    };
    int.try_to_primitive(vm).map_err(|_| vm.new_value_error("port must be 0 to 65535"))
}

/// An address as scripts see it: `(ip, port)`.
pub fn address_tuple(address: SocketAddr, vm: &VirtualMachine) -> PyRef<PyTuple> {
    vm.ctx.new_tuple(vec![vm.ctx.new_str(address.ip().to_string()).into(), vm.ctx.new_int(address.port()).into()])
}

/// The bytes of `write(buf)`, `write(buf, n)` or `write(buf, off, n)`.
pub(crate) fn part_of(args: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Data> {
    let number = |o: &PyObjectRef| -> PyResult<usize> {
        let n: isize = o.clone().try_into_value(vm)?;
        Ok(usize::try_from(n).unwrap_or(usize::MAX))
    };
    let (buffer, offset, count) = match args {
        [buffer] => return Data::try_from_object(vm, buffer.clone()),
        [buffer, count] => (buffer, 0, number(count)?),
        [buffer, offset, count] => (buffer, number(offset)?, number(count)?),
        _ => return Err(vm.new_type_error(format!("write() takes 1 to 3 arguments, {} given", args.len()))),
    };
    let data = Data::try_from_object(vm, buffer.clone())?;
    let part = data.with(|bytes| {
        let start = offset.min(bytes.len());
        let end = start.saturating_add(count).min(bytes.len());
        bytes[start..end].to_vec()
    });
    Ok(Data::Bytes(vm.ctx.new_bytes(part)))
}

/// The flags of a receive as lwIP numbers them; others have no meaning, as there.
pub(crate) fn receive_flags(bits: i32) -> Flags {
    Flags { peek: bits & MSG_PEEK != 0, dont_wait: bits & MSG_DONTWAIT != 0 }
}

pub(crate) fn size_of_recv(size: isize, vm: &VirtualMachine) -> PyResult<usize> {
    usize::try_from(size).map_err(|_| vm.new_value_error("size must not be negative"))
}
