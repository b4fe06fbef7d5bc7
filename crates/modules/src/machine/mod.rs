//! `machine`: the module's peripherals. Each class converts; the behaviour is `quecpy_device::peripherals`.

mod ext_int;
mod i2c;
mod i2c_simulation;
mod keypad;
mod lcd;
mod one_wire;
mod pin;
mod rtc;
mod shared;
mod soft_spi;
mod spi;
mod stubs;
mod timer;
mod uart;
mod wdt;

pub(crate) use machine::module_def as definition;

#[rustpython_vm::pymodule]
mod machine {
    use super::{
        ext_int, i2c, i2c_simulation, keypad, lcd, one_wire, pin, rtc, soft_spi, spi, stubs, timer, uart, wdt,
    };
    use crate::bridge::{firmware, power_off};
    use quecpy_device::Request;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    /// Restarts the module.
    #[pyfunction]
    fn reset(vm: &VirtualMachine) -> PyResult<()> {
        power_off::request(Request::Restart, vm)
    }

    #[pyfunction]
    fn freq() -> i64 {
        0
    }

    /// The digits of the IMEI's end: 8 bytes that differ from board to board.
    #[pyfunction]
    fn unique_id(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let imei = &crate::bridge::session::of(vm)?.description.identity.imei;
        let digits = &imei.as_bytes()[imei.len().saturating_sub(8)..];
        Ok(vm.ctx.new_bytes(digits.to_vec()).into())
    }

    #[pyfunction]
    fn sys_wdt_feed() -> i64 {
        0
    }

    fn class(name: &str, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let machine = firmware::of(vm)?.machine;
        Ok(Some(match name {
            "Pin" => pin::class(machine, vm)?,
            "ExtInt" => ext_int::class(machine, vm)?,
            "UART" => uart::class(machine, vm)?,
            "SPI" => spi::class(vm)?,
            "SoftSPI" => soft_spi::class(vm)?,
            "I2C" => i2c::class(vm)?,
            "I2C_simulation" => i2c_simulation::class(machine, vm)?,
            "OneWire" => one_wire::class(vm)?,
            "Timer" => timer::class(vm)?,
            "RTC" => rtc::class(vm)?,
            "LCD" => lcd::class(vm)?,
            "WDT" => wdt::class(vm)?,
            "KeyPad" => keypad::class(vm)?,
            "NANDFLASH" => stubs::nand_flash(vm)?,
            "SoftReset" => stubs::soft_reset(vm)?,
            "Key" => stubs::key(vm)?,
            "PinBase" | "Signal" | "time_pulse_us" | "mem8" | "mem16" | "mem32" => {
                vm.import("_quecpy_machine", 0)?.get_attr(&vm.ctx.new_str(name), vm)?
            }
            _ => return Ok(None),
        }))
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let module = module.as_object();
        let machine = firmware::of(vm)?.machine;
        let names = || machine.names.iter().chain(machine.more);
        for name in names() {
            if let Some(class) = class(name, vm)? {
                module.set_attr(vm.ctx.intern_str(*name), class, vm)?;
            }
        }
        for function in ["reset", "freq", "unique_id", "sys_wdt_feed"] {
            if names().all(|name| *name != function) {
                module.del_attr(function, vm)?;
            }
        }
        Ok(())
    }
}
