//! The module `ussl`: converts, calls the engine `quecpy_net::tls`, converts back.

use crate::arguments::{Data, Room, part_of};
use crate::environment::Environment;
use crate::error::raise;
use crate::gil::{detached, interrupted};
use crate::semantics::Semantics;
use crate::socket::{PySocket, state_number};
use crate::wait::wait_or_raise;
use quecpy_net::Error;
use quecpy_net::tls::{Options, Tls};
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgIntoBool, OptionalArg, PosArgs};
use rustpython_vm::types::Representable;
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

/// A TLS connection of a script.
#[pyclass(module = "ussl", name = "_SSLSocket")]
#[derive(Debug, PyPayload)]
pub struct PySslSocket {
    pub(crate) tls: Tls,
    /// Kept for what hangs on the object: its callback, its end.
    below: PyRef<PySocket>,
}

/// The class of firmwares that also tell the state of the connection.
#[pyclass(module = "ussl", name = "_SSLSocket", base = PySslSocket)]
#[derive(Debug)]
#[repr(transparent)]
pub struct PySslSocketWithState(PySslSocket);

/// The class of a firmware.
fn class(semantics: &Semantics) -> PyTypeRef {
    let plain = PySslSocket::make_static_type();
    if semantics.has_tls_state { PySslSocketWithState::make_static_type() } else { plain }
}

#[derive(FromArgs)]
pub(crate) struct WrapArgs {
    #[pyarg(positional)]
    sock: PyObjectRef,
    #[pyarg(named, default)]
    key: Option<Data>,
    #[pyarg(named, default)]
    cert: Option<Data>,
    #[pyarg(named, default)]
    ca: Option<Data>,
    #[pyarg(named, optional)]
    server_side: OptionalArg<ArgIntoBool>,
    #[pyarg(named, default)]
    server_hostname: Option<Data>,
    #[pyarg(named, optional)]
    do_handshake: OptionalArg<ArgIntoBool>,
}

/// A copy: what a script may change must not be held over a wait.
fn copy(data: Option<Data>) -> Option<Vec<u8>> {
    data.map(|data| data.to_vec())
}

fn flag(given: OptionalArg<ArgIntoBool>, default: bool) -> bool {
    given.into_option().map_or(default, ArgIntoBool::into_bool)
}

fn wrap_socket(args: WrapArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let below = args.sock.downcast::<PySocket>().map_err(|_| {
        let text = vm.ctx.new_str("stream operation not supported");
        vm.new_exception(vm.ctx.exceptions.os_error.to_owned(), vec![text.into()])
    })?;
    let (key, cert, ca) = (copy(args.key), copy(args.cert), copy(args.ca));
    let hostname = copy(args.server_hostname).map(|name| String::from_utf8_lossy(&name).into_owned());
    let options = Options {
        server_side: flag(args.server_side, false),
        server_hostname: hostname.as_deref(),
        cert: cert.as_deref(),
        key: key.as_deref(),
        ca: ca.as_deref(),
    };
    let tls = Tls::new(below.socket.clone(), options).map_err(|e| vm.new_value_error(e.to_string()))?;
    if flag(args.do_handshake, true) {
        wait_or_raise(vm, &below.environment.stack, || tls.handshake())?;
    }
    let class = class(&below.environment.semantics);
    Ok(PySslSocket { tls, below }.into_ref_with_type(vm, class)?.into())
}

impl Representable for PySslSocket {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<_SSLSocket {:#x}>", zelf.get_id()))
    }
}

impl PySslSocket {
    fn environment(&self) -> &Environment {
        &self.below.environment
    }

    fn bytes(&self, call: impl FnMut() -> quecpy_net::Result<Option<Vec<u8>>>, vm: &VirtualMachine) -> PyResult {
        let bytes = wait_or_raise(vm, &self.environment().stack, call)?;
        Ok(bytes.map_or_else(|| vm.ctx.none(), |b| vm.ctx.new_bytes(b).into()))
    }

    /// Sends all; how much, or `None` when the socket does not wait and takes nothing.
    fn transmit(&self, bytes: &[u8], vm: &VirtualMachine) -> PyResult<Option<usize>> {
        let mut done = 0;
        loop {
            match detached(vm, &self.environment().stack, || self.tls.write(&bytes[done..])) {
                Ok(()) => return Ok(Some(bytes.len())),
                Err((n, Error::Interrupted)) => {
                    done += n;
                    interrupted(vm)?;
                }
                Err((n, Error::WOULD_BLOCK)) => return Ok((done + n > 0).then_some(done + n)),
                Err((_, e)) => return Err(raise(e, vm)),
            }
        }
    }
}

/// Of `read(n)` and `readline(n)`: none, None and negative mean all.
fn size(n: OptionalArg<Option<isize>>) -> usize {
    n.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

#[pyclass(flags(BASETYPE, HAS_WEAKREF, DISALLOW_INSTANTIATION), with(Representable))]
impl PySslSocket {
    #[pymethod]
    fn read(zelf: &Py<Self>, n: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult {
        let wanted = size(n);
        zelf.bytes(|| zelf.tls.read(wanted), vm)
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, n: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult {
        let max = size(n);
        zelf.bytes(|| zelf.tls.readline(max), vm)
    }

    #[pymethod]
    fn readinto(zelf: &Py<Self>, room: Room, n: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult {
        let max = n.into_option().map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
        let wanted = room.with(|room| room.len(), vm)?.min(max);
        // The buffer is not borrowed over the wait; it may have shrunk since.
        let found = wait_or_raise(vm, &zelf.environment().stack, || zelf.tls.read(wanted))?;
        let Some(found) = found else { return Ok(vm.ctx.none()) };
        let copy = |room: &mut [u8]| {
            let n = room.len().min(found.len());
            room[..n].copy_from_slice(&found[..n]);
            n
        };
        let n = room.with(copy, vm)?;
        Ok(vm.ctx.new_int(n).into())
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, args: PosArgs, vm: &VirtualMachine) -> PyResult {
        let data = part_of(&args.into_vec(), vm)?;
        let data = data.into_fixed(vm);
        let sent = zelf.transmit(data.fixed().unwrap_or_default(), vm)?;
        Ok(sent.map_or_else(|| vm.ctx.none(), |n| vm.ctx.new_int(n).into()))
    }

    #[pymethod]
    fn setblocking(zelf: &Py<Self>, flag: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.below.set_blocking(&flag, vm)
    }

    #[pymethod]
    fn getpeercert(zelf: &Py<Self>, binary: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        if !binary.try_to_bool(vm)? {
            let class = vm.ctx.exceptions.not_implemented_error.to_owned();
            return Err(vm.new_exception(class, Vec::new()));
        }
        let der = zelf.tls.peer_certificate();
        Ok(der.map_or_else(|| vm.ctx.none(), |der| vm.ctx.new_bytes(der).into()))
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) {
        detached(vm, &zelf.environment().stack, || zelf.tls.close());
        zelf.below.end_callback();
    }
}

#[pyclass(flags(BASETYPE, HAS_WEAKREF, DISALLOW_INSTANTIATION))]
impl PySslSocketWithState {
    #[pymethod]
    fn getsocketsta(zelf: &Py<Self>) -> i32 {
        state_number(zelf.0.tls.socket())
    }
}

#[rustpython_vm::pymodule]
pub(crate) mod ussl {
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn wrap_socket(args: super::WrapArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        super::wrap_socket(args, vm)
    }
}
