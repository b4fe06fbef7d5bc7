//! What `fota` and `app_fota`, written in Python, need of the board. Not for scripts.

pub(crate) use update::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_update")]
mod update {
    use crate::bridge::session;
    use crate::bridge::values::status;
    use quecpy_device::Request;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::{PyResult, VirtualMachine};

    /// Puts downloaded files in place.
    #[pyfunction]
    fn apply(vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.update_files()))
    }

    /// A part of the firmware's image.
    #[pyfunction]
    fn write(part: TextOrBytes, total: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let part = part.borrow_bytes();
        let taken = u64::try_from(total).is_ok_and(|total| board.services.image.lock().write(&part, total));
        Ok(status(taken))
    }

    /// Whether the image is there as a whole.
    #[pyfunction]
    fn verify(vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.services.image.lock().is_whole()))
    }

    #[pyfunction]
    fn restart(vm: &VirtualMachine) -> PyResult<()> {
        session::of(vm)?.request(Request::Restart);
        Ok(())
    }
}
