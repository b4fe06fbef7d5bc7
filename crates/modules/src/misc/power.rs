//! `misc.Power`: a class whose functions are called on the class itself, or a module.

use crate::bridge::{firmware, module, session};
use quecpy_device::Request;
use quecpy_device::firmware::misc::Misc;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

fn power_on_reason(vm: &VirtualMachine) -> PyResult<u8> {
    Ok(session::of(vm)?.power.on_reason())
}

fn power_down_reason(vm: &VirtualMachine) -> PyResult<i64> {
    let known = !firmware::of(vm)?.misc.down_reason_unknown;
    Ok(if known { session::of(vm)?.power.down_reason().into() } else { -1 })
}

fn get_vbatt(vm: &VirtualMachine) -> PyResult<u16> {
    Ok(session::of(vm)?.peripherals.analog.supply())
}

/// A mode is 0 or 1, and only some firmware takes one.
fn end(request: Request, mode: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<()> {
    if let OptionalArg::Present(mode) = mode {
        if !firmware::of(vm)?.misc.power_takes_mode {
            return Err(vm.new_type_error("function takes 0 positional arguments but 1 were given"));
        }
        if !(0..=1).contains(&mode) {
            return Err(vm.new_value_error("mode must be 0 or 1"));
        }
    }
    crate::bridge::power_off::request(request, vm)
}

fn power_restart(mode: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<()> {
    end(Request::Restart, mode, vm)
}

fn power_down(mode: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<()> {
    end(Request::PowerDown, mode, vm)
}

pub(super) fn namespace(column: &Misc, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let content = vm.ctx.new_dict();
    for function in [
        vm.new_function("powerOnReason", power_on_reason),
        vm.new_function("powerDownReason", power_down_reason),
        vm.new_function("powerRestart", power_restart),
        vm.new_function("powerDown", power_down),
        vm.new_function("getVbatt", get_vbatt),
    ] {
        let name = function.as_object().get_attr("__name__", vm)?;
        content.set_item(&*name, function.into(), vm)?;
    }
    if column.power_is_module {
        return Ok(module::new("misc.Power", content, vm)?.into());
    }
    content.set_item("__module__", vm.ctx.new_str("misc").into(), vm)?;
    vm.ctx.types.type_type.as_object().call(("Power", vm.ctx.new_tuple(vec![]), content), vm)
}
