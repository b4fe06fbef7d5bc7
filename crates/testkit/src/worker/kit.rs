//! What a worker has beside its session.

use crate::commands::Commands;
use crate::events::Channel;
use crate::fixtures::network::Network;
use crate::fixtures::script::{Script, Stage};
use crate::worker::capture::Capture;
use crate::worker::source::Sources;
use crate::worker::watchdog::Watchdog;
use parking_lot::Mutex;
use quecpy_device::Board;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::Arc;

/// Where the VM keeps it.
const KEY: &str = "_quecpy_testkit";

/// What a worker has beside its session.
#[pyclass(module = "_quecpy_test", name = "_kit")]
#[derive(Debug, PyPayload)]
pub struct Kit {
    pub board: Arc<Board>,
    pub channel: Channel,
    pub capture: Capture,
    pub sources: Sources,
    pub watchdog: Watchdog,
    pub network: Arc<Network>,
    pub stage: Stage,
    /// What may be loaded: the file of tests, and the conftest.py files.
    pub files: Vec<String>,
    pub verbose: i64,
    pub in_full: bool,
    pub scripts: Mutex<Vec<Arc<Script>>>,
    pub commands: Commands,
}

#[pyclass]
impl Kit {
    /// Puts it into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(self, vm: &VirtualMachine) -> PyResult<()> {
        let _ = Self::make_static_type();
        let kit = self.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, kit, vm)
    }

    /// The VM's own.
    ///
    /// # Errors
    /// AttributeError in a VM that runs no tests.
    pub fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let found = vm.sys_module.get_attr(KEY, vm)?;
        found.downcast().map_err(|_| vm.new_type_error("the test runner was replaced"))
    }
}
