//! Names and numeric addresses: getaddrinfo, inet_pton, inet_ntop.

use crate::arguments::{Data, address_tuple, host_name, port_or_digits};
use crate::environment::Environment;
use crate::error::{os_error, raise};
use crate::semantics::NameNotFound;
use crate::wait::waiting;
use quecpy_net::{Error, errno};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const AF_INET: i32 = 2;
const AF_INET6: i32 = 10;
const SOCK_STREAM: i32 = 1;

/// `getaddrinfo(host, port[, af, type, proto, flags])`: a list of `(family, type, proto, canonname, (ip, port))`.
pub fn getaddrinfo(args: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [host, port, hints @ ..] = args else {
        return Err(
            vm.new_type_error(format!("getaddrinfo() takes at least 2 arguments (host, port), {} given", args.len()))
        );
    };
    if hints.len() > 4 {
        return Err(vm.new_type_error(format!("getaddrinfo() takes at most 6 arguments, {} given", args.len())));
    }
    let hints = hints.iter().map(|h| h.clone().try_into_value(vm)).collect::<PyResult<Vec<i32>>>()?;
    let hint = |i: usize| hints.get(i).copied().unwrap_or(0);
    let name = host_name(host, vm)?;
    let port = port_or_digits(port, true, vm)?;
    let environment = Environment::of(vm)?;
    let stack = &environment.stack;
    let wanted = |a: &SocketAddr| match hint(0) {
        AF_INET => a.is_ipv4(),
        AF_INET6 => a.is_ipv6(),
        _ => true,
    };
    let found = match waiting(vm, stack, || stack.resolver.resolve(&name, port, &stack.waiters))? {
        Ok(found) => found.into_iter().filter(wanted).collect(),
        Err(Error::NameNotFound) => Vec::new(),
        Err(e) => return Err(raise(e, vm)),
    };
    if found.is_empty() {
        return match environment.semantics.name_not_found {
            NameNotFound::EmptyList => Ok(vm.ctx.new_list(vec![]).into()),
            NameNotFound::Error(number) => Err(os_error(number, vm)),
        };
    }
    let kind = if hint(1) == 0 { SOCK_STREAM } else { hint(1) };
    let entry = |address: SocketAddr| {
        let int = |n: i32| PyObjectRef::from(vm.ctx.new_int(n));
        let family = if address.is_ipv4() { AF_INET } else { AF_INET6 };
        let tuple = vec![int(family), int(kind), int(hint(2)), host.clone(), address_tuple(address, vm).into()];
        vm.ctx.new_tuple(tuple).into()
    };
    Ok(vm.ctx.new_list(found.into_iter().map(entry).collect()).into())
}

pub fn inet_pton(family: i32, text: &PyObject, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let text = host_name(text, vm)?;
    let packed = match family {
        AF_INET => text.parse::<Ipv4Addr>().ok().map(|ip| ip.octets().to_vec()),
        AF_INET6 => text.parse::<Ipv6Addr>().ok().map(|ip| ip.octets().to_vec()),
        _ => None,
    };
    let packed = packed.ok_or_else(|| os_error(errno::EINVAL, vm))?;
    Ok(vm.ctx.new_bytes(packed).into())
}

pub fn inet_ntop(family: i32, packed: &Data, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let ip = packed.with(|bytes| match family {
        AF_INET => <[u8; 4]>::try_from(bytes).ok().map(|b| IpAddr::V4(Ipv4Addr::from(b))),
        AF_INET6 => <[u8; 16]>::try_from(bytes).ok().map(|b| IpAddr::V6(Ipv6Addr::from(b))),
        _ => None,
    });
    let ip = ip.ok_or_else(|| os_error(errno::EINVAL, vm))?;
    Ok(vm.ctx.new_str(ip.to_string()).into())
}
