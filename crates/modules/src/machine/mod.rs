//! `machine`: the module's peripherals. Each class converts; the behaviour is `quecpy_device::peripherals`.

mod ext_int;
mod i2c;
mod i2c_simulation;
mod keypad;
mod lcd;
mod one_wire;
mod pin;
mod rtc;
mod soft_spi;
mod spi;
mod stubs;
mod timer;
mod uart;
mod wdt;

pub(crate) use machine::module_def as definition;

use crate::board;
use crate::error::environment;
use crate::firmware;
use crate::values::{DONE, FAILED, status};
use quecpy_device::Board;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::Hold;
use rustpython_vm::function::{ArgMemoryBuffer, ArgStrOrBytesLike};
use rustpython_vm::{PyObjectRef, PyResult, TryFromObject, VirtualMachine};
use std::sync::Arc;

/// The board and the column.
fn here(vm: &VirtualMachine) -> PyResult<(Arc<Board>, &'static Machine)> {
    Ok((board::of(vm)?, firmware::of(vm)?.machine))
}

/// Keeps the session alive while something may still call back.
fn hold(vm: &VirtualMachine) -> PyResult<Hold> {
    Ok(Box::new(environment(vm)?.stack.living.begin()))
}

/// A level or a switch.
fn level(n: i64) -> Option<bool> {
    match n {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A GPIO that this column has.
fn gpio(n: i64, machine: &Machine) -> Option<u8> {
    let [first, last] = machine.gpios;
    u8::try_from(n).ok().filter(|n| (first..=last).contains(n))
}

/// `GPIO1` and so on.
fn gpio_constants(machine: &Machine) -> Vec<(String, i64)> {
    let [first, last] = machine.gpios;
    (first..=last).map(|n| (format!("GPIO{n}"), n.into())).collect()
}

/// Bytes that a script gives, text as its UTF-8.
fn data(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    match ArgStrOrBytesLike::try_from_object(vm, object) {
        Ok(data) => Ok(data.borrow_bytes().to_vec()),
        Err(_) => Err(vm.new_type_error("object with buffer protocol required")),
    }
}

/// The first `n` bytes that a script gives, as far as there are so many; None for a negative number.
fn part(object: PyObjectRef, n: i64, vm: &VirtualMachine) -> PyResult<Option<Vec<u8>>> {
    let mut data = data(object, vm)?;
    let n = usize::try_from(n).ok();
    if let Some(n) = n {
        data.truncate(n);
    }
    Ok(n.map(|_| data))
}

/// Fills the first `n` bytes of a script's buffer with what `read` gives; false where it gives nothing.
fn fill(buffer: &ArgMemoryBuffer, n: i64, read: impl FnOnce(&mut [u8]) -> bool) -> bool {
    let Ok(n) = usize::try_from(n) else { return false };
    let mut bytes = vec![0; n.min(buffer.len())];
    let done = read(&mut bytes);
    if done {
        buffer.with_ref(|b| b.iter_mut().zip(&bytes).for_each(|(to, from)| *to = *from));
    }
    done
}

#[rustpython_vm::pymodule]
mod machine {
    use super::{
        ext_int, i2c, i2c_simulation, keypad, lcd, one_wire, pin, rtc, soft_spi, spi, stubs, timer, uart, wdt,
    };
    use crate::{firmware, misc};
    use quecpy_device::Request;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    /// Restarts the module.
    #[pyfunction]
    fn reset(vm: &VirtualMachine) -> PyResult<()> {
        misc::end(Request::Restart, vm)
    }

    #[pyfunction]
    fn freq() -> i64 {
        0
    }

    /// The digits of the IMEI's end: 8 bytes that differ from board to board.
    #[pyfunction]
    fn unique_id(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let imei = &crate::board::of(vm)?.description.identity.imei;
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
            _ => return Ok(None),
        }))
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let module = module.as_object();
        let names = firmware::of(vm)?.machine.names;
        for name in names {
            if let Some(class) = class(name, vm)? {
                module.set_attr(vm.ctx.intern_str(*name), class, vm)?;
            }
        }
        for function in ["reset", "freq", "unique_id", "sys_wdt_feed"] {
            if !names.contains(&function) {
                module.del_attr(function, vm)?;
            }
        }
        Ok(())
    }
}
