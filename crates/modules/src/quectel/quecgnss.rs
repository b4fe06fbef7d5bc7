//! `quecgnss`: the built-in satellite receiver.

pub(crate) use quecgnss::module_def as definition;

#[rustpython_vm::pymodule]
mod quecgnss {
    use crate::bridge::session;
    use crate::bridge::values::{FAILED, status};
    use quecpy_device::services::position::{ALL, Receiver};
    use rustpython_vm::convert::ToPyObject;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// `get_state()`: off, or positioning.
    const OFF: i64 = 0;
    const POSITIONING: i64 = 2;
    /// Which setting selects the sentences.
    const SENTENCES: usize = 1;
    /// The largest value of each setting.
    const MOST: [u8; 5] = [7, ALL, 1, 1, 1];

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&mut Receiver) -> R) -> PyResult<R> {
        let board = session::of(vm)?;
        let result = act(&mut board.services.receiver.lock());
        Ok(result)
    }

    #[pyfunction]
    fn init(vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| receiver.on = true).map(|()| 0)
    }

    #[pyfunction]
    fn get_state(vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| if receiver.on { POSITIONING } else { OFF })
    }

    #[pyfunction(name = "gnssEnable")]
    fn gnss_enable(on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| {
            let known = matches!(on, 0 | 1);
            if known {
                receiver.on = on == 1;
            }
            status(known)
        })
    }

    /// `(count, bytes)`: the sentences of this second, as far as they fit.
    #[pyfunction]
    fn read(size: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let kinds = with(vm, |receiver| receiver.on.then_some(receiver.settings[SENTENCES]))?;
        let size = usize::try_from(size).ok().filter(|size| *size > 0);
        let (Some(kinds), Some(size)) = (kinds, size) else { return Ok(vm.ctx.new_int(FAILED).into()) };
        let mut bytes = session::of(vm)?.nmea(kinds).into_bytes();
        bytes.truncate(size);
        Ok((bytes.len(), vm.ctx.new_bytes(bytes)).to_pyobject(vm))
    }

    #[pyfunction(name = "setPriority")]
    fn set_priority(priority: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| {
            let fits = u8::try_from(priority).ok().filter(|p| *p <= 1);
            status(fits.map(|p| receiver.priority = p).is_some())
        })
    }

    #[pyfunction(name = "getPriority")]
    fn get_priority(vm: &VirtualMachine) -> PyResult<u8> {
        with(vm, |receiver| receiver.priority)
    }

    fn index(kind: i64) -> Option<usize> {
        usize::try_from(kind).ok().filter(|index| *index < MOST.len())
    }

    #[pyfunction(name = "configSet")]
    fn config_set(kind: i64, value: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| {
            let fits = index(kind).zip(u8::try_from(value).ok()).filter(|(index, value)| *value <= MOST[*index]);
            status(fits.map(|(index, value)| receiver.settings[index] = value).is_some())
        })
    }

    #[pyfunction(name = "configGet")]
    fn config_get(kind: i64, vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |receiver| index(kind).map_or(FAILED, |index| receiver.settings[index].into()))
    }

    /// What a receiver beside the module sends; for `gnss`, not for scripts.
    #[pyfunction]
    fn _beside(vm: &VirtualMachine) -> PyResult<String> {
        Ok(session::of(vm)?.nmea(ALL))
    }
}
