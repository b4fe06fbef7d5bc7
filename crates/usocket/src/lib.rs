//! QuecPython's `usocket` and `uselect` as native modules for RustPython.
//!
//! Any program that embeds RustPython can add them:
//!
//! ```
//! use quecpy_usocket::{Environment, semantics, uselect_module, usocket_module};
//! use quecpy_net::{Stack, StackOptions};
//! use rustpython_vm::{Interpreter, compiler::Mode};
//!
//! let builder = Interpreter::builder(Default::default());
//! let usocket = usocket_module(&builder.ctx);
//! let uselect = uselect_module(&builder.ctx);
//! let interpreter = builder.add_native_modules(&[usocket, uselect]).build();
//! interpreter.enter(|vm| {
//!     // Optional: which firmware to behave like, and which network to live in.
//!     let stack = Stack::new(StackOptions::default());
//!     Environment::new(stack, semantics::FIRMWARE_2021).install(vm).unwrap();
//!     let scope = vm.new_scope_with_builtins();
//!     let source = "import usocket\nname = usocket.getaddrinfo('127.0.0.1', 80)[0][-1]\n";
//!     let code = vm.compile(source, Mode::Exec, "<example>").unwrap();
//!     vm.run_code_obj(code, scope.clone()).unwrap();
//!     let name = scope.globals.get_item("name", vm).unwrap();
//!     assert_eq!(name.repr(vm).unwrap().to_string(), "('127.0.0.1', 80)");
//! });
//! ```

#![deny(clippy::print_stdout, clippy::print_stderr)]

/// README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

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
