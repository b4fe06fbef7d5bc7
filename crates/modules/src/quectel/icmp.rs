//! What `uping` needs of the engine: `_quecpy_icmp.Pinger`. Not for scripts.

pub(crate) use icmp::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_icmp")]
mod icmp {
    use quecpy_net::icmp::Pinger as Engine;
    use quecpy_usocket::Environment;
    use quecpy_usocket::error::raise;
    use quecpy_usocket::wait::wait_or_raise;
    use rustpython_vm::builtins::{PyStrRef, PyType};
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{Py, PyPayload, PyResult, VirtualMachine, pyclass};
    use std::net::Ipv4Addr;
    use std::time::Duration;

    /// The largest payload of an IPv4 packet with an ICMP header.
    const LARGEST: usize = 65_507;

    #[pyattr]
    #[pyclass(module = "_quecpy_icmp", name = "Pinger")]
    #[derive(Debug, PyPayload)]
    struct Pinger(Engine);

    impl Constructor for Pinger {
        type Args = (PyStrRef,);

        fn py_new(_cls: &Py<PyType>, (address,): Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
            let address: Ipv4Addr =
                address.to_string().parse().map_err(|_| vm.new_value_error("not an IPv4 address"))?;
            let environment = Environment::of(vm)?;
            Engine::new(&environment.stack, address).map(Self).map_err(|e| raise(e, vm))
        }
    }

    #[pyclass(with(Constructor))]
    impl Pinger {
        /// `(ttl, milliseconds)`, or None when no answer comes in time.
        #[pymethod]
        fn echo(
            zelf: &Py<Self>,
            sequence: i64,
            size: usize,
            timeout_ms: i64,
            vm: &VirtualMachine,
        ) -> PyResult<Option<(u8, f64)>> {
            if size > LARGEST {
                return Err(vm.new_value_error("packet too large"));
            }
            let patience = Duration::from_millis(u64::try_from(timeout_ms).unwrap_or(0));
            // The number wraps in the packet, which has 16 bits for it.
            let sequence = sequence as u16;
            let pong = wait_or_raise(vm, zelf.0.stack(), || zelf.0.echo(sequence, size, patience))?;
            Ok(pong.map(|pong| (pong.ttl, pong.time.as_secs_f64() * 1000.0)))
        }
    }
}
