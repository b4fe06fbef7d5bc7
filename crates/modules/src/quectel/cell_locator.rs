//! `cellLocator`: the position by cells, which here is the board's own.

pub(crate) use cell_locator::module_def as definition;

#[rustpython_vm::pymodule(name = "cellLocator")]
mod cell_locator {
    use crate::bridge::session;
    use crate::bridge::values::text;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::convert::ToPyObject;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// What it returns instead of a position (the module contract, network, cellLocator).
    const LONG_ADDRESS: i64 = 2;
    const WRONG_KEY: i64 = 3;
    const WRONG_TIMEOUT: i64 = 4;
    const NO_CALL: i64 = 5;

    const KEY_LENGTH: usize = 16;
    const ADDRESS_LENGTH: usize = 255;

    /// `(longitude, latitude, metres)`
    #[pyfunction(name = "getLocation")]
    fn get_location(
        server: TextOrBytes,
        _port: i64,
        key: TextOrBytes,
        timeout: i64,
        profile: OptionalArg<Option<i64>>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        if profile.flatten().is_some_and(|profile| !(1..=8).contains(&profile)) {
            return Err(vm.new_value_error("invalid value, profileIdx should be in [1,8]."));
        }
        let fault = if text(&server).len() > ADDRESS_LENGTH {
            Some(LONG_ADDRESS)
        } else if text(&key).len() != KEY_LENGTH {
            Some(WRONG_KEY)
        } else if !(1..=300).contains(&timeout) {
            Some(WRONG_TIMEOUT)
        } else {
            None
        };
        let board = session::of(vm)?;
        let fault = fault.or_else(|| (!board.is_online()).then_some(NO_CALL));
        if let Some(fault) = fault {
            return Ok(vm.ctx.new_int(fault).into());
        }
        let here = board.position();
        let parts = vec![
            vm.ctx.new_float(here.longitude).into(),
            vm.ctx.new_float(here.latitude).into(),
            here.accuracy.to_pyobject(vm),
        ];
        Ok(vm.ctx.new_tuple(parts).into())
    }
}
