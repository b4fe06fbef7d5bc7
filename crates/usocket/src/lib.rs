//! QuecPython's `usocket` and `uselect` as native modules for RustPython.
//!
#![doc = include_str!("../README.md")]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
pub mod barrier;
mod callback;
mod constants;
mod environment;
pub mod error;
mod getaddrinfo;
pub mod gil;
mod place;
mod poll;
pub mod semantics;
mod socket;
pub mod text;
pub mod thread;
mod ussl;
pub mod wait;

pub use environment::{Environment, OnFault, Report};
pub use place::place_of_caller;
pub use semantics::Semantics;
pub use socket::PySocket;
pub use ussl::PySslSocket;

use rustpython_vm::Context;
use rustpython_vm::builtins::PyModuleDef;

/// The module `usocket`, for `add_native_module`.
#[must_use]
pub fn usocket_module(ctx: &Context) -> &'static PyModuleDef {
    usocket::module_def(ctx)
}

/// The module `ussl`, for `add_native_module`.
#[must_use]
pub fn ussl_module(ctx: &Context) -> &'static PyModuleDef {
    ussl::ussl::module_def(ctx)
}

/// The module `uselect`, for `add_native_module`.
#[must_use]
pub fn uselect_module(ctx: &Context) -> &'static PyModuleDef {
    poll::uselect::module_def(ctx)
}

#[rustpython_vm::pymodule]
mod usocket {
    use crate::constants::CONSTANTS;
    use crate::environment::Environment;
    use crate::{getaddrinfo, socket};
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::function::PosArgs;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    #[pyfunction]
    fn getaddrinfo(args: PosArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        getaddrinfo::getaddrinfo(&args.into_vec(), vm)
    }

    #[pyfunction]
    fn inet_pton(family: i32, text: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        getaddrinfo::inet_pton(family, &text, vm)
    }

    #[pyfunction]
    fn inet_ntop(family: i32, packed: crate::arguments::Data, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        getaddrinfo::inet_ntop(family, &packed, vm)
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let semantics = Environment::of(vm)?.semantics;
        let module = module.as_object();
        for (name, value) in CONSTANTS {
            if name != "SO_ACCEPTCONN" || semantics.has_so_acceptconn {
                module.set_attr(name, vm.ctx.new_int(value), vm)?;
            }
        }
        if !semantics.has_inet_pton {
            module.del_attr("inet_pton", vm)?;
            module.del_attr("inet_ntop", vm)?;
        }
        module.set_attr("socket", socket::class(&semantics), vm)
    }
}
