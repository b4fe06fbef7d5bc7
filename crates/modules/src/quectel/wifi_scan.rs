//! `wifiScan`: access points within reach.

pub(crate) use wifi_scan::module_def as definition;

#[rustpython_vm::pymodule(name = "wifiScan")]
mod wifi_scan {
    use crate::bridge::values::status;
    use crate::bridge::{callbacks, session};
    use quecpy_device::Source;
    use quecpy_device::services::wifi::{Settings, Wifi};
    use rustpython_vm::builtins::PyBaseExceptionRef;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&mut Wifi) -> R) -> PyResult<R> {
        let board = session::of(vm)?;
        let result = act(&mut board.services.wifi.lock());
        Ok(result)
    }

    fn ranged(name: &str, n: i64, least: u8, most: u8, vm: &VirtualMachine) -> PyResult<u8> {
        let fits = u8::try_from(n).ok().filter(|n| (least..=most).contains(n));
        fits.ok_or_else(|| vm.new_value_error(format!("invalid value, {name} should be in [{least},{most}].")))
    }

    #[pyfunction]
    fn support() -> bool {
        true
    }

    #[pyfunction]
    fn control(on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let on = ranged("option", on, 0, 1, vm)?;
        with(vm, |wifi| wifi.enabled = on == 1).map(|()| 0)
    }

    #[pyfunction(name = "getState")]
    fn get_state(vm: &VirtualMachine) -> PyResult<bool> {
        with(vm, |wifi| wifi.enabled)
    }

    #[pyfunction(name = "setCfgParam")]
    fn set_cfg_param(
        timeout: i64,
        rounds: i64,
        most: i64,
        priority: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let timeout = ranged("timeout", timeout, 4, 60, vm)?;
        set(timeout, rounds, most, priority.unwrap_or(0), vm)
    }

    /// With a time for the scan itself, which here takes none.
    #[pyfunction(name = "setConfig")]
    fn set_config(
        timeout: i64,
        rounds: i64,
        most: i64,
        scan_timeout: i64,
        priority: i64,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let timeout = ranged("timeout", timeout, 4, 255, vm)?;
        ranged("scan_time_out", scan_timeout, 1, 255, vm)?;
        set(timeout, rounds, most, priority, vm)
    }

    fn set(timeout: u8, rounds: i64, most: i64, priority: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let rounds = ranged("round", rounds, 1, 3, vm)?;
        let most = ranged("maxNums", most, 4, 30, vm)?;
        let priority = ranged("priority", priority, 0, 1, vm)?;
        with(vm, |wifi| wifi.settings = Settings { timeout, rounds, most, priority }).map(|()| 0)
    }

    /// `(timeout, round, maxNums, priority)`
    #[pyfunction(name = "getConfig")]
    #[pyfunction(name = "getCfgParam")]
    fn get_cfg_param(vm: &VirtualMachine) -> PyResult<(u8, u8, u8, u8)> {
        with(vm, |wifi| wifi.settings).map(|s| (s.timeout, s.rounds, s.most, s.priority))
    }

    fn off(vm: &VirtualMachine) -> PyBaseExceptionRef {
        vm.new_value_error("WiFi-Scan is not enabled.")
    }

    /// `(count, [(address, signal), ...])`
    #[pyfunction]
    fn start(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let found = session::of(vm)?.scan_wifi().ok_or_else(|| off(vm))?;
        Ok(crate::bridge::values::object(&found, vm))
    }

    #[pyfunction(name = "asyncStart")]
    fn async_start(vm: &VirtualMachine) -> PyResult<i64> {
        let started = session::of(vm)?.scan_wifi_later();
        if started { Ok(status(true)) } else { Err(off(vm)) }
    }

    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::WifiScan, callable, vm).map(|()| 0)
    }
}
