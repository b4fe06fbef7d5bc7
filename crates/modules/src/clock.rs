//! The module's clock: time since power-on, and the time zone.

use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Where the VM keeps it.
const KEY: &str = "_quecpy_clock";
/// Hours east of UTC that a module has after registering in a Chinese network (the module contract, system, getTimeZone).
const DEFAULT_ZONE: i64 = 8;

/// One session's clock.
#[pyclass(module = "utime", name = "_clock")]
#[derive(Debug, PyPayload)]
pub struct Clock {
    power_on: Instant,
    zone: AtomicI64,
}

#[pyclass]
impl Clock {
    /// Puts a clock into the VM: this is power-on.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let _ = Self::make_static_type();
        let clock = Self { power_on: Instant::now(), zone: AtomicI64::new(DEFAULT_ZONE) }.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, clock.clone(), vm)?;
        Ok(clock)
    }

    /// The VM's clock.
    ///
    /// # Errors
    /// TypeError if a script has replaced it.
    pub fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        match vm.sys_module.get_attr(KEY, vm) {
            Ok(found) => found.downcast().map_err(|_| vm.new_type_error("the session's clock was replaced")),
            Err(_) => Self::install(vm),
        }
    }

    /// Time since power-on.
    pub fn up(&self) -> Duration {
        self.power_on.elapsed()
    }

    /// Hours east of UTC.
    pub fn zone(&self) -> i64 {
        self.zone.load(Relaxed)
    }

    pub fn set_zone(&self, hours: i64) {
        self.zone.store(hours, Relaxed);
    }
}
