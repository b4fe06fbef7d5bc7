//! `machine.Pin`

use super::shared::{gpio, gpio_constants, here, level};
use crate::bridge::classes;
use crate::bridge::values::status;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::pins::Pull;
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{FuncArgs, OptionalArg};
use rustpython_vm::types::{Callable, Constructor, Representable};
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

const CONSTANTS: [(&str, i64); 5] = [("IN", 0), ("OUT", 1), ("PULL_DISABLE", 0), ("PULL_PU", 1), ("PULL_PD", 2)];

const BAD_DIRECTION: &str = "invalid pin dir, range{0:dir in, 1:dir out}";
const BAD_PULL: &str = "invalid pin pull, range{0:PIN_PULL_DISABLE, 1:PIN_PULL_PU, 2:PIN_PULL_PD}";
const BAD_LEVEL: &str = "invalid pin value, range{0:PIN_LEVEL_LOW, 1:PIN_LEVEL_HIGH}";

/// A GPIO line of a script.
#[pyclass(module = "machine", name = "Pin")]
#[derive(Debug, PyPayload)]
pub(super) struct Pin {
    gpio: u8,
}

/// A number alone: an output, no pull, low.
#[derive(FromArgs)]
struct Settings {
    #[pyarg(any, default = 1)]
    dir: i64,
    #[pyarg(any, default = 0)]
    pull: i64,
    #[pyarg(any, default = 0)]
    value: i64,
}

#[derive(FromArgs)]
pub(super) struct PinArgs {
    #[pyarg(positional)]
    gpio: i64,
    #[pyarg(flatten)]
    settings: Settings,
}

/// `PULL_DISABLE`, `PULL_PU`, `PULL_PD`
pub(super) fn pull(n: i64) -> Option<Pull> {
    match n {
        0 => Some(Pull::None),
        1 => Some(Pull::Up),
        2 => Some(Pull::Down),
        _ => None,
    }
}

pub(super) fn class(machine: &Machine, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let gpios = gpio_constants(machine);
    let gpios = gpios.iter().map(|(name, n)| (name.as_str(), *n));
    let constants = CONSTANTS.into_iter().chain(machine.pin_constants.iter().copied()).chain(gpios);
    classes::own(Pin::make_static_type().as_ref(), "machine", constants, vm)
}

fn level_of(n: i64, vm: &VirtualMachine) -> PyResult<bool> {
    level(n).ok_or_else(|| vm.new_value_error(BAD_LEVEL))
}

impl Settings {
    fn apply(&self, gpio: u8, vm: &VirtualMachine) -> PyResult<()> {
        let output = level(self.dir).ok_or_else(|| vm.new_value_error(BAD_DIRECTION))?;
        let pull = pull(self.pull).ok_or_else(|| vm.new_value_error(BAD_PULL))?;
        let level = level_of(self.value, vm)?;
        here(vm)?.0.peripherals.pins.set_up(gpio, output.then_some(level), pull);
        Ok(())
    }
}

impl Constructor for Pin {
    type Args = PinArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let args: PinArgs = args.bind(vm)?;
        let gpio = gpio(args.gpio, here(vm)?.1).ok_or_else(|| vm.new_value_error("invalid pin"))?;
        args.settings.apply(gpio, vm)?;
        classes::only(cls, "Pin", gpio.into(), || Self { gpio }, vm).map(Into::into)
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: PinArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

impl Representable for Pin {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<{}({})>", here(vm)?.1.pin_repr, zelf.gpio))
    }
}

impl Callable for Pin {
    type Args = (OptionalArg<i64>,);

    fn call(zelf: &Py<Self>, (level,): Self::Args, vm: &VirtualMachine) -> PyResult {
        Self::value(zelf, level, vm)
    }
}

#[pyclass(flags(BASETYPE), with(Constructor, Representable, Callable))]
impl Pin {
    #[pymethod]
    fn read(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(here(vm)?.0.peripherals.pins.level(zelf.gpio).into())
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, value: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let level = level_of(value, vm)?;
        Ok(status(here(vm)?.0.peripherals.pins.write(zelf.gpio, level)))
    }

    #[pymethod]
    fn value(zelf: &Py<Self>, value: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult {
        match value {
            OptionalArg::Present(value) => Self::write(zelf, value, vm).map(|_| vm.ctx.none()),
            OptionalArg::Missing => Ok(vm.ctx.new_int(Self::read(zelf, vm)?).into()),
        }
    }

    #[pymethod]
    fn on(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        Self::write(zelf, 1, vm).map(drop)
    }

    #[pymethod]
    fn off(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        Self::write(zelf, 0, vm).map(drop)
    }

    #[pymethod]
    fn init(zelf: &Py<Self>, settings: Settings, vm: &VirtualMachine) -> PyResult<()> {
        settings.apply(zelf.gpio, vm)
    }

    #[pymethod]
    fn set_dir(zelf: &Py<Self>, direction: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let output = level(direction).ok_or_else(|| vm.new_value_error("Invalid direction parameter"))?;
        here(vm)?.0.peripherals.pins.set_direction(zelf.gpio, output);
        Ok(crate::bridge::values::DONE)
    }

    #[pymethod]
    fn get_dir(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(here(vm)?.0.peripherals.pins.is_output(zelf.gpio).into())
    }
}
