//! `ussl`: TLS over a socket of `usocket`.

pub(crate) use ussl::module_def as definition;

#[rustpython_vm::pymodule]
mod ussl {
    use crate::arguments::Data;
    use crate::environment::Environment;
    use crate::error::{raise, wait_or_raise, waiting};
    use crate::socket::PySocket;
    use quecpy_net::Error;
    use quecpy_net::tls::{Invalid, Settings, TlsStream};
    use rustpython_vm::builtins::PyBaseExceptionRef;
    use rustpython_vm::function::{ArgMemoryBuffer, ArgStrOrBytesLike, OptionalArg};
    use rustpython_vm::types::Representable;
    use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
    use std::time::Duration;

    /// Not asked of the peer, asked, demanded (mbedtls's numbers).
    #[pyattr]
    const CERT_NONE: i32 = 0;
    #[pyattr]
    const CERT_OPTIONAL: i32 = 1;
    #[pyattr]
    const CERT_REQUIRED: i32 = 2;

    #[derive(FromArgs)]
    struct Wrap {
        #[pyarg(positional)]
        sock: PyRef<PySocket>,
        #[pyarg(named, default)]
        server_hostname: Option<PyObjectRef>,
        #[pyarg(named, default)]
        cert: Option<ArgStrOrBytesLike>,
        #[pyarg(named, default)]
        key: Option<ArgStrOrBytesLike>,
        #[pyarg(named, default)]
        ca: Option<ArgStrOrBytesLike>,
        #[pyarg(named, default = false)]
        server_side: bool,
        #[pyarg(named, default = true)]
        do_handshake: bool,
    }

    fn pem(text: Option<ArgStrOrBytesLike>) -> Option<Vec<u8>> {
        text.map(|text| text.borrow_bytes().to_vec()).filter(|text| !text.is_empty())
    }

    fn invalid(what: Invalid, vm: &VirtualMachine) -> PyBaseExceptionRef {
        vm.new_value_error(match what {
            Invalid::Ca => "invalid ca",
            Invalid::Certificate => "invalid cert",
            Invalid::Key => "invalid key",
        })
    }

    /// Secures a connected socket. Nobody is checked unless `ca` is given; texts are PEM.
    #[pyfunction]
    fn wrap_socket(args: Wrap, vm: &VirtualMachine) -> PyResult<SslSocket> {
        let server_name = match args.server_hostname.filter(|n| !vm.is_none(n)) {
            Some(name) => Some(name.str(vm)?.to_string()),
            None => None,
        };
        let settings = Settings {
            ca: pem(args.ca),
            certificate: pem(args.cert),
            key: pem(args.key),
            server_side: args.server_side,
            server_name,
        };
        let environment = args.sock.environment.clone();
        let stream = TlsStream::new(args.sock.socket.clone(), &settings).map_err(|e| invalid(e, vm))?;
        if args.do_handshake {
            match waiting(vm, &environment.stack, || stream.handshake())? {
                // A non-blocking socket: reading and writing go on with it.
                Ok(()) | Err(Error::WOULD_BLOCK) => {}
                Err(e) => return Err(raise(e, vm)),
            }
        }
        Ok(SslSocket { stream, environment, _socket: args.sock })
    }

    #[pyattr]
    #[pyclass(module = "ussl", name = "_SSLSocket")]
    #[derive(Debug, PyPayload)]
    struct SslSocket {
        stream: TlsStream,
        environment: PyRef<Environment>,
        /// Kept, so that dropping the script's own reference does not close it.
        _socket: PyRef<PySocket>,
    }

    impl Representable for SslSocket {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            Ok(format!("<_SSLSocket {:#x}>", std::ptr::from_ref(zelf).addr()))
        }
    }

    /// Read at once when everything up to the end is wanted.
    const CHUNK: usize = 16 * 1024;

    impl SslSocket {
        /// Reads into `bytes` until there are `wanted`, a line has ended if `line`, or the stream has. False when the
        /// socket does not block and nothing has come.
        fn fill(&self, bytes: &mut Vec<u8>, wanted: usize, line: bool, vm: &VirtualMachine) -> PyResult<bool> {
            while bytes.len() < wanted && !(line && bytes.ends_with(b"\n")) {
                let mut room = vec![0; if line { 1 } else { (wanted - bytes.len()).min(CHUNK) }];
                let read = waiting(vm, &self.environment.stack, || self.stream.read_some(&mut room))?;
                match read {
                    Ok(0) => break,
                    Ok(n) => bytes.extend_from_slice(&room[..n]),
                    Err(Error::WOULD_BLOCK) => return Ok(!bytes.is_empty()),
                    Err(e) => return Err(raise(e, vm)),
                }
            }
            Ok(true)
        }

        fn take(&self, wanted: usize, line: bool, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let mut bytes = Vec::new();
            Ok(if self.fill(&mut bytes, wanted, line, vm)? { vm.ctx.new_bytes(bytes).into() } else { vm.ctx.none() })
        }
    }

    fn size(n: OptionalArg<Option<isize>>) -> usize {
        n.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
    }

    #[pyclass(with(Representable))]
    impl SslSocket {
        /// `n` bytes, fewer at the end of the stream; without `n` all up to it. None when nothing has come and the
        /// socket does not block.
        #[pymethod]
        fn read(zelf: &Py<Self>, n: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            zelf.take(size(n), false, vm)
        }

        #[pymethod]
        fn readline(zelf: &Py<Self>, n: OptionalArg<Option<isize>>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            zelf.take(size(n), true, vm)
        }

        #[pymethod]
        fn readinto(
            zelf: &Py<Self>,
            buffer: ArgMemoryBuffer,
            n: OptionalArg<usize>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let wanted = n.unwrap_or(usize::MAX).min(buffer.len());
            let mut bytes = Vec::new();
            if !zelf.fill(&mut bytes, wanted, false, vm)? {
                return Ok(vm.ctx.none());
            }
            buffer.with_ref(|room| room[..bytes.len()].copy_from_slice(&bytes));
            Ok(vm.ctx.new_int(bytes.len()).into())
        }

        /// How many bytes went out: all of them.
        #[pymethod]
        fn write(zelf: &Py<Self>, data: Data, n: OptionalArg<usize>, vm: &VirtualMachine) -> PyResult<usize> {
            let bytes = data.with(|all| all[..n.unwrap_or(usize::MAX).min(all.len())].to_vec());
            let mut done = 0;
            wait_or_raise(vm, &zelf.environment.stack, || zelf.stream.write_from(&bytes, &mut done))?;
            Ok(bytes.len())
        }

        #[pymethod]
        fn setblocking(zelf: &Py<Self>, on: bool, vm: &VirtualMachine) -> PyResult<()> {
            let timeout = if on { None } else { Some(Duration::ZERO) };
            zelf.stream.socket().set_timeout(timeout).map_err(|e| raise(e, vm))
        }

        #[pymethod]
        fn getsocketsta(zelf: &Py<Self>) -> i32 {
            zelf.stream.socket().tcp_state().map_or(-1, |state| state as i32)
        }

        /// The peer's certificate in DER; only `True` is known, as on the module.
        #[pymethod]
        fn getpeercert(zelf: &Py<Self>, _binary: OptionalArg<bool>, vm: &VirtualMachine) -> PyObjectRef {
            match zelf.stream.peer_certificate() {
                Some(der) => vm.ctx.new_bytes(der).into(),
                None => vm.ctx.none(),
            }
        }

        #[pymethod]
        fn close(zelf: &Py<Self>) {
            zelf.stream.close();
        }

        #[pymethod]
        fn __enter__(zelf: PyRef<Self>) -> PyRef<Self> {
            zelf
        }

        #[pymethod]
        fn __exit__(zelf: &Py<Self>, _exception: rustpython_vm::function::PosArgs) {
            zelf.stream.close();
        }

        #[pymethod]
        fn fileno(zelf: &Py<Self>) -> i64 {
            zelf.stream.socket().fileno().into()
        }
    }
}
