//! `pm`: wake locks, and the modes in which a module sleeps.

pub(crate) use pm::module_def as definition;

#[rustpython_vm::pymodule]
mod pm {
    use crate::bridge::values::{FAILED, status, text};
    use crate::bridge::{callbacks, session};
    use quecpy_device::Source;
    use quecpy_device::services::low_power::{Edrx, LowPower, Psm};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::{OptionalArg, PosArgs};
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&mut LowPower) -> R) -> PyResult<R> {
        let board = session::of(vm)?;
        let result = act(&mut board.services.low_power.lock());
        Ok(result)
    }

    /// The lock's number, from 1.
    #[pyfunction]
    fn create_wakelock(name: TextOrBytes, _size: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let name = text(&name);
        let number = with(vm, |power| power.create(name))?;
        Ok(number.and_then(|n| i64::try_from(n).ok()).unwrap_or(FAILED))
    }

    #[pyfunction]
    fn delete_wakelock(lock: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |power| status(power.delete(lock)))
    }

    #[pyfunction]
    fn wakelock_lock(lock: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |power| status(power.hold(lock, true)))
    }

    #[pyfunction]
    fn wakelock_unlock(lock: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |power| status(power.hold(lock, false)))
    }

    #[pyfunction]
    fn get_wakelock_num(vm: &VirtualMachine) -> PyResult<usize> {
        with(vm, |power| power.locks().count())
    }

    #[pyfunction]
    fn autosleep(on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |power| {
            let known = matches!(on, 0 | 1);
            if known {
                power.autosleep = on == 1;
            }
            status(known)
        })
    }

    /// `(mode)`, or `(tau_unit, tau, act_unit, act)`.
    #[pyfunction]
    fn set_psm_time(numbers: PosArgs<i64>, vm: &VirtualMachine) -> PyResult<bool> {
        let numbers = numbers.into_vec();
        let before = with(vm, |power| power.psm)?;
        let wanted = match *numbers {
            [mode @ (0 | 1)] => Some(Psm { enabled: mode == 1, ..before }),
            [_] => None,
            [tau_unit, tau, act_unit, act] => Psm::of(tau_unit, tau, act_unit, act),
            _ => {
                return Err(
                    vm.new_type_error(format!("set_psm_time() takes 1 or 4 arguments, {} given", numbers.len()))
                );
            }
        };
        with(vm, |power| wanted.map(|psm| power.psm = psm).is_some())
    }

    /// `[mode, tau_unit, tau, act_unit, act]`; the network grants what the script asks for.
    #[pyfunction(name = "get_psm_netinfo")]
    #[pyfunction]
    fn get_psm_time(vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let psm = with(vm, |power| power.psm)?;
        let all = [u8::from(psm.enabled), psm.tau_unit, psm.tau, psm.act_unit, psm.act];
        Ok(all.map(|n| vm.ctx.new_int(n).into()).to_vec())
    }

    #[pyfunction]
    fn set_edrx_time(mode: i64, act: i64, time: i64, vm: &VirtualMachine) -> PyResult<bool> {
        with(vm, |power| Edrx::of(mode, act, time).map(|edrx| power.edrx = edrx).is_some())
    }

    /// `[mode, act, cycle asked for, cycle granted, paging window]`
    #[pyfunction]
    fn get_edrx_time(vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let edrx = with(vm, |power| power.edrx)?;
        Ok([edrx.mode, edrx.act, edrx.time, edrx.time, 0].map(|n| vm.ctx.new_int(n).into()).to_vec())
    }

    #[pyfunction]
    fn set_sleep_cb(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Sleep, callable, vm).map(|()| 0)
    }
}
