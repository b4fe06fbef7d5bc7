//! `machine.UART`

use super::shared::{data, gpio, gpio_constants, here, hold, level};
use crate::bridge::values::{FAILED, status};
use crate::bridge::{callbacks, classes, session};
use parking_lot::Mutex;
use quecpy_device::firmware::machine::Machine;
use quecpy_device::peripherals::uart;
use quecpy_device::{Board, Source};
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{ArgMemoryBuffer, FuncArgs, OptionalArg};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{Constructor, IterNext, Representable, SelfIter};
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
use std::sync::Arc;

const BAUD_RATES: [i64; 22] = [
    300, 600, 1200, 2400, 3600, 4800, 7200, 9600, 14400, 19200, 28800, 33600, 38400, 57600, 115_200, 230_400, 460_800,
    921_600, 1_000_000, 1_842_000, 3_686_400, 4_468_750,
];

/// A serial port.
#[pyclass(module = "machine", name = "UART")]
#[derive(Debug, PyPayload)]
pub(super) struct Uart {
    number: u8,
    settings: Mutex<Settings>,
}

/// Defaults that are out of range: on the module, too, all must be given.
#[derive(Debug, Clone, Copy, FromArgs)]
struct Settings {
    #[pyarg(any, default = -1)]
    baudrate: i64,
    #[pyarg(any, default = -1)]
    bits: i64,
    #[pyarg(any, default = -1)]
    parity: i64,
    #[pyarg(any, default = -1)]
    stop: i64,
    #[pyarg(any, default = -1)]
    flow: i64,
    /// Generation 3's pins for the port; nothing depends on them here.
    #[pyarg(any, name = "group", default = 0)]
    _group: i64,
}

#[derive(FromArgs)]
pub(super) struct UartArgs {
    #[pyarg(positional)]
    number: i64,
    #[pyarg(flatten)]
    settings: Settings,
}

pub(super) fn class(machine: &Machine, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let gpios = gpio_constants(machine);
    let constants = machine.uart_constants.iter().copied();
    let constants = constants.chain(gpios.iter().map(|(name, n)| (name.as_str(), *n)));
    classes::own(Uart::make_static_type().as_ref(), "machine", constants, vm)
}

impl Settings {
    fn check(&self, machine: &Machine, vm: &VirtualMachine) -> PyResult<()> {
        let all = [
            (BAUD_RATES.contains(&self.baudrate), "invalid baudrate"),
            (
                !machine.uart_only_8_bits || self.bits == 8,
                "invalid data bits, Unisoc platform only support 8 data bit.",
            ),
            ((5..=8).contains(&self.bits), "invalid data bits"),
            ((0..=2).contains(&self.parity), "invalid parity bits"),
            ((1..=2).contains(&self.stop), "invalid stop bits"),
            ((0..=1).contains(&self.flow), "invalid flow bits"),
        ];
        match all.iter().find(|(right, _)| !right) {
            Some((_, text)) => Err(vm.new_value_error(*text)),
            None => Ok(()),
        }
    }
}

impl Constructor for Uart {
    type Args = UartArgs;

    fn slot_new(cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let args: UartArgs = args.bind(vm)?;
        let (_, machine) = here(vm)?;
        let Some(number) = u8::try_from(args.number).ok().filter(|n| *n < machine.uarts) else {
            return Err(vm.new_value_error(format!("UART({}) does not exist", args.number)));
        };
        args.settings.check(machine, vm)?;
        let make = || Self { number, settings: Mutex::new(args.settings) };
        let port = classes::only(cls, "UART", number.into(), make, vm)?;
        Self::set_up(&port, args.settings, vm)?;
        Ok(port.into())
    }

    fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, _args: UartArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        unreachable!("slot_new is replaced")
    }
}

impl Representable for Uart {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let s = *zelf.settings.lock();
        let parity = if s.parity == 0 { "None".to_owned() } else { s.parity.to_string() };
        Ok(format!(
            "UART({}, baudrate={}, bits={}, parity={parity}, stop={}, flow={})",
            zelf.number, s.baudrate, s.bits, s.stop, s.flow
        ))
    }
}

impl SelfIter for Uart {}

impl IterNext for Uart {
    /// Lines, until nothing waits.
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let line = session::of(vm)?.port(zelf).read_line();
        if line.is_empty() {
            return Ok(PyIterReturn::StopIteration(None));
        }
        Ok(PyIterReturn::Return(vm.ctx.new_bytes(line).into()))
    }
}

/// The board's side of a port.
trait Port {
    fn port(&self, uart: &Py<Uart>) -> &uart::Uart;
}

impl Port for Arc<Board> {
    fn port(&self, uart: &Py<Uart>) -> &uart::Uart {
        &self.peripherals.uarts[usize::from(uart.number)]
    }
}

/// Below 0 all, as in MicroPython.
fn amount(n: OptionalArg<Option<i64>>) -> usize {
    n.flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

#[pyclass(flags(BASETYPE), with(Constructor, Representable, IterNext))]
impl Uart {
    fn set_up(zelf: &Py<Self>, settings: Settings, vm: &VirtualMachine) -> PyResult<()> {
        *zelf.settings.lock() = settings;
        session::of(vm)?.port(zelf).open();
        Ok(())
    }

    #[pymethod]
    fn init(zelf: &Py<Self>, settings: Settings, vm: &VirtualMachine) -> PyResult<()> {
        settings.check(here(vm)?.1, vm)?;
        Self::set_up(zelf, settings, vm)
    }

    #[pymethod]
    fn any(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Ok(session::of(vm)?.port(zelf).waiting())
    }

    /// For `uselect`, and with it for streams of `uasyncio`.
    #[pymethod]
    fn _quecpy_readable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(session::of(vm)?.port(zelf).waiting() > 0)
    }

    /// What waits, at once.
    #[pymethod]
    fn read(zelf: &Py<Self>, n: OptionalArg<Option<i64>>, vm: &VirtualMachine) -> PyResult {
        let (board, machine) = here(vm)?;
        let bytes = board.port(zelf).read(amount(n));
        if bytes.is_empty() && machine.uart_empty_is_none {
            return Ok(vm.ctx.none());
        }
        Ok(vm.ctx.new_bytes(bytes).into())
    }

    #[pymethod]
    fn readline(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(vm.ctx.new_bytes(session::of(vm)?.port(zelf).read_line()).into())
    }

    #[pymethod]
    fn readinto(
        zelf: &Py<Self>,
        buffer: ArgMemoryBuffer,
        n: OptionalArg<Option<i64>>,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        let bytes = session::of(vm)?.port(zelf).read(amount(n).min(buffer.len()));
        buffer.with_ref(|b| b.iter_mut().zip(&bytes).for_each(|(to, from)| *to = *from));
        Ok(bytes.len())
    }

    #[pymethod]
    fn write(zelf: &Py<Self>, bytes: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let bytes = data(bytes, vm)?;
        let sent = session::of(vm)?.port(zelf).write(&bytes);
        Ok(if sent { i64::try_from(bytes.len()).unwrap_or(i64::MAX) } else { FAILED })
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        let was_open = session::of(vm)?.port(zelf).close();
        callbacks::set(Source::Uart(zelf.number), vm.ctx.none(), vm)?;
        Ok(status(was_open))
    }

    /// The line `pin` has the level `direction` while the port sends.
    #[pymethod]
    fn control_485(zelf: &Py<Self>, pin: i64, direction: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let (board, machine) = here(vm)?;
        let (Some(pin), Some(level)) = (gpio(pin, machine), level(direction)) else { return Ok(FAILED) };
        Ok(status(board.port(zelf).set_rs485(pin, level)))
    }

    #[pymethod]
    fn set_callback(zelf: &Py<Self>, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let port = board.port(zelf);
        if !port.is_open() {
            return Ok(FAILED);
        }
        let called = (!vm.is_none(&callback)).then(|| hold(vm)).transpose()?;
        callbacks::set(Source::Uart(zelf.number), callback, vm)?;
        port.listen(called);
        Ok(crate::bridge::values::DONE)
    }
}
