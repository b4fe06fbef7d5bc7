//! `machine.WDT`

use crate::bridge::values::DONE;
use crate::bridge::{classes, session};
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::time::Duration;

/// The watchdog.
#[pyclass(module = "machine", name = "WDT")]
#[derive(Debug, PyPayload)]
pub(super) struct Wdt;

#[derive(FromArgs)]
pub(super) struct WdtArgs {
    #[pyarg(positional)]
    seconds: i64,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Wdt::make_static_type().as_ref(), "machine", [], vm)
}

impl Constructor for Wdt {
    type Args = WdtArgs;

    /// False instead of an object for a time that there is not.
    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let WdtArgs { seconds } = args.bind(vm)?;
        let Some(seconds) = u64::try_from(seconds).ok().filter(|s| *s > 0) else {
            return Ok(vm.ctx.new_bool(false).into());
        };
        session::of(vm)?.peripherals.watchdog.start(Duration::from_secs(seconds));
        Self.into_ref_with_type(vm, cls).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: WdtArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Wdt {
    #[pymethod]
    fn feed(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        session::of(vm)?.peripherals.watchdog.feed();
        Ok(DONE)
    }

    #[pymethod]
    fn stop(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        session::of(vm)?.peripherals.watchdog.stop();
        Ok(DONE)
    }
}
