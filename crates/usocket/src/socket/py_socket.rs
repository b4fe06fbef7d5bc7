//! The class `usocket.socket`: converts, calls the engine, converts back.

use super::state::state_number;
use crate::arguments::{Address, Data, Room, address_tuple, part_of, receive_flags, size_of_recv};
use crate::callback::Callback;
use crate::constants::{TCP_CUSTOMIZE_PORT, TCP_SERVER};
use crate::environment::Environment;
use crate::error::{os_error, raise};
use crate::gil::detached;
use crate::place::place_of_caller;
use crate::semantics::{AcceptShape, Semantics, UnknownOption};
use crate::wait::{wait_or_raise, waiting};
use parking_lot::Mutex;
use quecpy_net::{Destination, Error, Family, Flags, Interest, Kind, Opt, Socket, errno, number};
use rustpython_vm::builtins::{PyBytes, PyInt, PyStr, PyTuple, PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgIntoFloat, FuncArgs, OptionalArg, PosArgs};
use rustpython_vm::types::{Constructor, Representable};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A socket of a script.
#[pyclass(module = "usocket", name = "socket")]
#[derive(Debug, PyPayload)]
pub struct PySocket {
    pub(crate) socket: Arc<Socket>,
    pub(crate) environment: PyRef<Environment>,
    /// The last address sent to, as the very tuple, and where that goes.
    pub(super) sent_to: Mutex<Option<(PyRef<PyTuple>, Arc<Destination>)>>,
    /// The last sender of a datagram and its tuple.
    pub(super) heard_from: Mutex<Option<(SocketAddr, PyRef<PyTuple>)>>,
    /// Where a script closed a socket that listened and had not yet accepted.
    pub(super) closed_at: Mutex<Option<String>>,
    pub(super) callback: Mutex<Option<Callback>>,
}

#[derive(rustpython_vm::FromArgs)]
pub struct SocketArgs {
    #[pyarg(any, default = 2)]
    af: i32,
    #[pyarg(any, name = "type", default = 1)]
    kind: i32,
    #[pyarg(any, default = 0)]
    proto: i32,
}

impl Constructor for PySocket {
    type Args = SocketArgs;

    fn py_new(_cls: &Py<PyType>, args: SocketArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let environment = Environment::of(vm)?;
        let family = match args.af {
            2 => Family::V4,
            10 => Family::V6,
            _ => return Err(os_error(errno::EAFNOSUPPORT, vm)),
        };
        let kind = match args.kind {
            1 => Kind::Stream,
            2 => Kind::Datagram,
            3 => Kind::Raw,
            _ => return Err(os_error(errno::ESOCKTNOSUPPORT, vm)),
        };
        let socket = Socket::new(&environment.stack, family, kind, args.proto).map_err(|e| raise(e, vm))?;
        let socket = Self::around(socket, environment);
        socket.witnessed("a socket", vm);
        Ok(socket)
    }
}

impl Representable for PySocket {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<socket state={} fd={}>", state_number(&zelf.socket), zelf.socket.fileno()))
    }
}

impl PySocket {
    fn around(socket: Socket, environment: PyRef<Environment>) -> Self {
        Self {
            socket: Arc::new(socket),
            environment,
            sent_to: Mutex::default(),
            heard_from: Mutex::default(),
            closed_at: Mutex::default(),
            callback: Mutex::default(),
        }
    }

    /// Records in the leak log where the socket was made.
    fn witnessed(&self, what: &str, vm: &VirtualMachine) {
        if let Some(leaks) = &self.environment.stack.leaks {
            let place = place_of_caller(vm).unwrap_or_default();
            let socket = Arc::downgrade(&self.socket);
            let still_open = move || socket.upgrade().is_some_and(|s| s.fileno() >= 0);
            leaks.made(format!("{what}, made at {place}"), still_open);
        }
    }
}

#[pyclass(flags(BASETYPE, HAS_WEAKREF), with(Constructor, Representable))]
impl PySocket {
    #[pymethod]
    fn bind(zelf: &Py<Self>, address: Address, vm: &VirtualMachine) -> PyResult<()> {
        let address = zelf.look_up(&address, vm)?;
        zelf.socket.bind(address).map_err(|e| raise(e, vm))
    }

    #[pymethod]
    fn listen(zelf: &Py<Self>, backlog: OptionalArg<i32>, vm: &VirtualMachine) -> PyResult<()> {
        if backlog.is_missing() && !zelf.semantics().listen_without_backlog {
            return Err(vm.new_type_error("function missing 1 required positional arguments"));
        }
        let backlog = backlog.unwrap_or(DEFAULT_BACKLOG);
        if backlog < 0 {
            return Err(vm.new_value_error("backlog must not be negative"));
        }
        zelf.socket.listen(backlog).map_err(|e| raise(e, vm))
    }

    #[pymethod]
    fn accept(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<PyTuple>> {
        zelf.reopen_if_closed_too_early(vm)?;
        let inherit = zelf.semantics().accept_inherits_timeout;
        let (connection, peer) = wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.accept(inherit))?;
        let connection = PySocket::around(connection, zelf.environment.clone());
        connection.witnessed("an accepted connection", vm);
        let connection: PyObjectRef = connection.into_ref_with_type(vm, class(zelf.semantics()))?.into();
        let peer = address_tuple(peer, vm);
        let triple = match zelf.semantics().accept_shape {
            AcceptShape::Pair => false,
            AcceptShape::Triple => true,
            AcceptShape::ByProtocol => matches!(zelf.socket.protocol(), TCP_SERVER | TCP_CUSTOMIZE_PORT),
        };
        Ok(if triple {
            let parts = peer.as_slice();
            vm.ctx.new_tuple(vec![connection, parts[0].clone(), parts[1].clone()])
        } else {
            vm.ctx.new_tuple(vec![connection, peer.into()])
        })
    }

    #[pymethod]
    fn connect(zelf: &Py<Self>, address: Address, vm: &VirtualMachine) -> PyResult<()> {
        let address = zelf.look_up(&address, vm)?;
        waiting(vm, &zelf.environment.stack, || zelf.socket.connect(address))?.map_err(|e| match e {
            Error::Errno(errno::ECONNREFUSED) => os_error(zelf.semantics().refused, vm),
            Error::Errno(errno::EISCONN) => os_error(zelf.semantics().already_connected, vm),
            e => raise(e, vm),
        })
    }

    #[pymethod]
    fn recv(zelf: &Py<Self>, size: isize, flags: OptionalArg<i32>, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let size = size_of_recv(size, vm)?;
        let bytes = match flags {
            OptionalArg::Missing => wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.recv(size))?,
            OptionalArg::Present(bits) => {
                wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.recv_flags(size, receive_flags(bits)))?
            }
        };
        if bytes.is_empty() && size > 0 && zelf.socket.kind() == Kind::Stream {
            return Ok(vm.ctx.new_bytes(zelf.end_of_stream(vm)?));
        }
        Ok(vm.ctx.new_bytes(bytes))
    }

    #[pymethod]
    fn recvfrom(
        zelf: &Py<Self>,
        size: isize,
        flags: OptionalArg<i32>,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<PyTuple>> {
        let size = size_of_recv(size, vm)?;
        let flags = flags.map_or_else(Flags::default, receive_flags);
        let (mut bytes, from) =
            wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.recv_from_flags(size, flags))?;
        if bytes.is_empty() && size > 0 && zelf.socket.kind() == Kind::Stream {
            bytes = zelf.end_of_stream(vm)?;
        }
        Ok(vm.ctx.new_tuple(vec![vm.ctx.new_bytes(bytes).into(), zelf.sender(from, vm).into()]))
    }

    #[pymethod]
    fn read(zelf: &Py<Self>, size: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let wanted = size.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let bytes = wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.read(wanted))?;
        Ok(bytes.map_or_else(|| vm.ctx.none(), |b| vm.ctx.new_bytes(b).into()))
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, max: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let max = max.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let line = wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.readline(max))?;
        Ok(line.map_or_else(|| vm.ctx.none(), |b| vm.ctx.new_bytes(b).into()))
    }

    #[pymethod]
    fn readinto(zelf: &Py<Self>, room: Room, max: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let max = max.into_option().map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
        let timeout = zelf.socket.timeout().filter(|t| !t.is_zero());
        let deadline = quecpy_net::Deadline::after(timeout, zelf.socket.stack().time());
        let mut filled = 0;
        if zelf.socket.is_closed() {
            return Err(os_error(errno::EBADF, vm));
        }
        loop {
            // Borrowed only while the kernel copies, never over a wait.
            let receive = |room: &mut [u8]| {
                let end = room.len().min(max);
                let n = if filled < end { zelf.socket.recv_now(&mut room[filled..end]) } else { Ok(0) };
                n.map(|n| (n, filled + n >= end))
            };
            let step = room.with(receive, vm)?;
            match step {
                Ok((0, _)) | Ok((_, true)) => return Ok(vm.ctx.new_int(filled + step.map_or(0, |(n, _)| n)).into()),
                Ok((n, false)) => filled += n,
                Err(Error::WOULD_BLOCK) if zelf.is_nonblocking() => {
                    return Ok(if filled > 0 { vm.ctx.new_int(filled).into() } else { vm.ctx.none() });
                }
                Err(Error::WOULD_BLOCK) => {
                    if let Err(e) = waiting(vm, &zelf.environment.stack, || zelf.socket.wait(Interest::Read, deadline))?
                    {
                        let read = room.with(|room| room[..filled.min(room.len())].to_vec(), vm)?;
                        zelf.socket.unread(read);
                        return Err(raise(e, vm));
                    }
                }
                Err(e) => return Err(raise(e, vm)),
            }
        }
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, args: PosArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let data = part_of(&args.into_vec(), vm)?;
        match zelf.transmit(data, vm)? {
            Ok(n) => Ok(vm.ctx.new_int(n).into()),
            Err(Error::WOULD_BLOCK) => Ok(vm.ctx.none()),
            Err(e) => Err(raise(e, vm)),
        }
    }

    #[pymethod]
    fn send(zelf: &Py<Self>, data: Data, vm: &VirtualMachine) -> PyResult<usize> {
        if zelf.semantics().send_sends_all {
            return zelf.transmit(data, vm)?.map_err(|e| raise(e, vm));
        }
        let data = data.into_fixed(vm);
        let bytes = data.fixed().unwrap_or_default();
        wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.send_once(bytes))
    }

    #[pymethod]
    fn sendall(zelf: &Py<Self>, data: Data, vm: &VirtualMachine) -> PyResult<()> {
        let all = data.with(<[u8]>::len);
        let n = zelf.transmit(data, vm)?.map_err(|e| raise(e, vm))?;
        // A non-blocking socket that took a part only: MicroPython, too, has no other way to say so.
        if n < all { Err(os_error(errno::EAGAIN, vm)) } else { Ok(()) }
    }

    #[pymethod]
    fn sendto(zelf: &Py<Self>, data: Data, address: PyObjectRef, vm: &VirtualMachine) -> PyResult<usize> {
        let data = data.into_fixed(vm);
        let bytes = data.fixed().unwrap_or_default();
        let to = zelf.destination(address, vm)?;
        wait_or_raise(vm, &zelf.environment.stack, || zelf.socket.send_to(bytes, &to))
    }

    #[pymethod]
    fn setsockopt(zelf: &Py<Self>, level: i32, option: i32, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if option == number::SO_CALLBACK {
            return zelf.set_callback(zelf.as_object(), value, vm);
        }
        let known = if let Some(int) = value.downcast_ref::<PyInt>() {
            let int = int.try_to_primitive(vm)?;
            zelf.socket.set_option(level, option, Opt::Int(int))
        } else {
            let data = Data::try_from_object(vm, value)?;
            data.with(|bytes| zelf.socket.set_option(level, option, Opt::Bytes(bytes)))
        };
        match (known.map_err(|e| raise(e, vm))?, zelf.semantics().unknown_option) {
            (true, _) => Ok(()),
            (false, UnknownOption::Error(number)) => Err(os_error(number, vm)),
            (false, UnknownOption::Warn) => {
                zelf.environment
                    .stack
                    .notice(&format!("setsockopt: option {option} of level {level} is not supported"));
                Ok(())
            }
        }
    }

    #[pymethod]
    fn settimeout(zelf: &Py<Self>, seconds: Option<ArgIntoFloat>, vm: &VirtualMachine) -> PyResult<()> {
        let timeout = match seconds.map(ArgIntoFloat::into_float) {
            None => None,
            Some(s) if s >= 0.0 => Some(Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX)),
            Some(_) => return Err(vm.new_value_error("timeout must be None or a number of seconds >= 0")),
        };
        zelf.socket.set_timeout(timeout).map_err(|e| raise(e, vm))
    }

    #[pymethod]
    fn setblocking(zelf: &Py<Self>, flag: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.set_blocking(&flag, vm)
    }

    #[pymethod]
    fn makefile(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<PySocket>> {
        let mode = args.args.first().or_else(|| args.kwargs.get("mode"));
        let known = match mode.map(|m| m.downcast_ref::<PyStr>().and_then(|t| t.to_str())) {
            None => true,
            Some(mode) => matches!(mode, Some("r" | "w" | "rb" | "wb" | "rwb")),
        };
        if zelf.socket.is_closed() {
            return Err(os_error(errno::EBADF, vm));
        }
        if known { Ok(zelf.to_owned()) } else { Err(vm.new_value_error("mode must be r, w, rb, wb or rwb")) }
    }

    #[pymethod]
    fn getsocketsta(zelf: &Py<Self>) -> i32 {
        super::state_number(&zelf.socket)
    }

    #[pymethod]
    fn fileno(zelf: &Py<Self>) -> i64 {
        zelf.socket.fileno()
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) {
        if !zelf.socket.is_closed() {
            let place = place_of_caller(vm);
            detached(vm, &zelf.environment.stack, || zelf.socket.close());
            if zelf.socket.closed_before_first_accept() {
                *zelf.closed_at.lock() = place;
            }
        }
        zelf.end_callback();
    }
}

/// The class `socket` of a firmware.
pub(crate) fn class(semantics: &Semantics) -> PyTypeRef {
    let plain = PySocket::make_static_type();
    if semantics.has_getsockopt { PySocketWithOptions::make_static_type() } else { plain }
}

/// The class of firmwares that also have getsockopt and getsendacksize.
#[pyclass(module = "usocket", name = "socket", base = PySocket)]
#[derive(Debug)]
#[repr(transparent)]
pub struct PySocketWithOptions(PySocket);

impl Constructor for PySocketWithOptions {
    type Args = SocketArgs;

    fn py_new(cls: &Py<PyType>, args: SocketArgs, vm: &VirtualMachine) -> PyResult<Self> {
        PySocket::py_new(cls, args, vm).map(Self)
    }
}

#[pyclass(flags(BASETYPE, HAS_WEAKREF), with(Constructor))]
impl PySocketWithOptions {
    #[pymethod]
    fn getsockopt(zelf: &Py<Self>, level: i32, option: i32, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (listening, port) = zelf.0.socket.listening().map_err(|e| raise(e, vm))?;
        if (level, option) != (number::SOL_SOCKET, number::SO_ACCEPTCONN) {
            return Err(os_error(errno::ENOPROTOOPT, vm));
        }
        Ok(vm.ctx.new_tuple(vec![vm.ctx.new_int(i32::from(listening)).into(), vm.ctx.new_int(port).into()]).into())
    }

    #[pymethod]
    fn getsendacksize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u64> {
        zelf.0.socket.acknowledged().map_err(|e| raise(e, vm))
    }
}

/// lwIP's default backlog (`TCP_DEFAULT_LISTEN_BACKLOG` is 255; MicroPython's listen() takes 2).
const DEFAULT_BACKLOG: i32 = 2;
