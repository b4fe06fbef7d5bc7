//! `misc.USBNET`: a network over USB. Nobody is connected to it here: it remembers what is set.

use crate::bridge::{module, session};
use quecpy_device::peripherals::analog::{ECM, RNDIS};
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

fn set_worktype(kind: i64, vm: &VirtualMachine) -> PyResult<i64> {
    if ![ECM, RNDIS].contains(&kind) {
        return Err(vm.new_value_error("USBNET type must be Type_ECM or Type_RNDIS."));
    }
    session::of(vm)?.peripherals.analog.set_usb_type(kind);
    Ok(0)
}

fn get_worktype(vm: &VirtualMachine) -> PyResult<i64> {
    Ok(session::of(vm)?.peripherals.analog.usb_type())
}

fn get_status(vm: &VirtualMachine) -> PyResult<i64> {
    Ok(session::of(vm)?.peripherals.analog.usb_up().into())
}

fn open(vm: &VirtualMachine) -> PyResult<i64> {
    session::of(vm)?.peripherals.analog.set_usb_up(true);
    Ok(0)
}

fn close(vm: &VirtualMachine) -> PyResult<i64> {
    session::of(vm)?.peripherals.analog.set_usb_up(false);
    Ok(0)
}

fn get_nat(_sim: i64, _profile: i64, vm: &VirtualMachine) -> PyResult<i64> {
    Ok(session::of(vm)?.peripherals.analog.nat())
}

fn set_nat(_sim: i64, _profile: i64, nat: i64, vm: &VirtualMachine) -> PyResult<i64> {
    session::of(vm)?.peripherals.analog.set_nat(nat);
    Ok(0)
}

pub(super) fn namespace(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let content = vm.ctx.new_dict();
    crate::bridge::values::constants(&content, &[("Type_ECM", ECM), ("Type_RNDIS", RNDIS)], vm)?;
    for function in [
        vm.new_function("set_worktype", set_worktype),
        vm.new_function("get_worktype", get_worktype),
        vm.new_function("get_status", get_status),
        vm.new_function("open", open),
        vm.new_function("close", close),
        vm.new_function("getNat", get_nat),
        vm.new_function("setNat", set_nat),
    ] {
        let name = function.as_object().get_attr("__name__", vm)?;
        content.set_item(&*name, function.into(), vm)?;
    }
    Ok(module::new("misc.USBNET", content, vm)?.into())
}
