//! `SecureData`: sixteen places for data beside the file system.

pub(crate) use secure_data::module_def as definition;

#[rustpython_vm::pymodule(name = "SecureData")]
mod secure_data {
    use crate::bridge::session;
    use crate::bridge::values::{FAILED, status};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::ArgMemoryBuffer;
    use rustpython_vm::{FromArgs, PyResult, VirtualMachine};

    /// `Read` of a place that holds nothing.
    const EMPTY: i64 = -2;

    #[derive(FromArgs)]
    struct StoreArguments {
        #[pyarg(any)]
        index: i64,
        #[pyarg(any)]
        databuf: TextOrBytes,
        #[pyarg(any)]
        datalen: i64,
    }

    #[derive(FromArgs)]
    struct ReadArguments {
        #[pyarg(any)]
        index: i64,
        #[pyarg(any)]
        databuf: ArgMemoryBuffer,
        #[pyarg(any)]
        datalen: i64,
    }

    #[pyfunction(name = "Store")]
    fn store(arguments: StoreArguments, vm: &VirtualMachine) -> PyResult<i64> {
        let Ok(length) = usize::try_from(arguments.datalen) else { return Ok(FAILED) };
        let data = arguments.databuf.borrow_bytes().to_vec();
        let data = data.get(..length).unwrap_or(&data);
        Ok(status(session::of(vm)?.keep_data(arguments.index, data)))
    }

    /// The count of bytes.
    #[pyfunction(name = "Read")]
    fn read(arguments: ReadArguments, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let Ok(length) = usize::try_from(arguments.datalen) else { return Ok(FAILED) };
        if !board.has_place(arguments.index) {
            return Ok(FAILED);
        }
        let Some(data) = board.kept_data(arguments.index) else { return Ok(EMPTY) };
        let count = arguments.databuf.with_ref(|room| {
            let n = data.len().min(length).min(room.len());
            room[..n].copy_from_slice(&data[..n]);
            n
        });
        Ok(i64::try_from(count).unwrap_or(FAILED))
    }
}
