//! `machine.ExtInt`

use super::pin;
use super::shared::{gpio, gpio_constants, here, level};
use crate::bridge::values::DONE;
use crate::bridge::{callbacks, classes};
use quecpy_device::Source;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::pins::Trigger;
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, Representable};
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

const CONSTANTS: [(&str, i64); 6] = [
    ("IRQ_RISING", 0),
    ("IRQ_FALLING", 1),
    ("IRQ_RISING_FALLING", 2),
    ("PULL_DISABLE", 0),
    ("PULL_PU", 1),
    ("PULL_PD", 2),
];

/// An interrupt on a GPIO line.
#[pyclass(module = "machine", name = "ExtInt")]
#[derive(Debug, PyPayload)]
pub(super) struct ExtInt {
    gpio: u8,
}

#[derive(FromArgs)]
pub(super) struct ExtIntArgs {
    #[pyarg(any, name = "pin")]
    gpio: i64,
    #[pyarg(any)]
    mode: i64,
    #[pyarg(any)]
    pull: i64,
    #[pyarg(any)]
    callback: PyObjectRef,
    /// Lines here do not bounce: both are accepted and change nothing.
    #[pyarg(any, name = "fast", default = 0)]
    _fast: i64,
    #[pyarg(any, name = "filter_time", default = 0)]
    _filter_time: i64,
}

pub(super) fn class(machine: &Machine, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let gpios = gpio_constants(machine);
    let constants = CONSTANTS.into_iter().chain(gpios.iter().map(|(name, n)| (name.as_str(), *n)));
    classes::own(ExtInt::make_static_type().as_ref(), "machine", constants, vm)
}

fn trigger(n: i64) -> Option<Trigger> {
    [Trigger::Rising, Trigger::Falling, Trigger::Both].get(usize::try_from(n).ok()?).copied()
}

impl Constructor for ExtInt {
    type Args = ExtIntArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let args: ExtIntArgs = args.bind(vm)?;
        let wrong = |text: &'static str| move || vm.new_value_error(text);
        let (board, machine) = here(vm)?;
        let gpio = gpio(args.gpio, machine).ok_or_else(wrong("invalid pin value"))?;
        let trigger = trigger(args.mode).ok_or_else(wrong("invalid mode value"))?;
        let pull = pin::pull(args.pull).ok_or_else(wrong("invalid pull value"))?;
        callbacks::set(Source::ExtInt(gpio), args.callback, vm)?;
        board.peripherals.pins.set_interrupt(gpio, trigger, pull);
        classes::only(cls, "ExtInt", gpio.into(), || Self { gpio }, vm).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: ExtIntArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

impl Representable for ExtInt {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<ExtInt line={}>", zelf.gpio))
    }
}

#[pyclass(flags(BASETYPE), with(Constructor, Representable))]
impl ExtInt {
    fn set_enabled(zelf: &Py<Self>, on: bool, vm: &VirtualMachine) -> PyResult<i64> {
        here(vm)?.0.peripherals.pins.enable_interrupt(zelf.gpio, on);
        Ok(DONE)
    }

    #[pymethod]
    fn enable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Self::set_enabled(zelf, true, vm)
    }

    #[pymethod]
    fn disable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Self::set_enabled(zelf, false, vm)
    }

    #[pymethod]
    fn line(zelf: &Py<Self>) -> u8 {
        zelf.gpio
    }

    /// Rising and falling edges; 1 clears them after reading.
    #[pymethod]
    fn read_count(zelf: &Py<Self>, is_reset: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let wrong = || vm.new_value_error("invalid is_reset value, must in [0,1]");
        let reset = level(is_reset).ok_or_else(wrong)?;
        let counts = here(vm)?.0.peripherals.pins.counts(zelf.gpio, reset);
        Ok(vm.ctx.new_list(counts.map(|n| vm.ctx.new_int(n).into()).to_vec()).into())
    }

    #[pymethod]
    fn count_reset(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        here(vm)?.0.peripherals.pins.counts(zelf.gpio, true);
        Ok(DONE)
    }

    #[pymethod]
    fn read_level(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(here(vm)?.0.peripherals.pins.level(zelf.gpio).into())
    }
}
