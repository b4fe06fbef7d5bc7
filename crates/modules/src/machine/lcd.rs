//! `machine.LCD`

use super::shared::data;
use crate::bridge::values::DONE;
use crate::bridge::{classes, session};
use quecpy_device::peripherals::lcd::Fault;
use rustpython_vm::builtins::{PyStrRef, PyType};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{KwArgs, OptionalArg};
use rustpython_vm::types::Constructor;
use rustpython_vm::{FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// Clocks of the screen's own interface, in kHz; of the SPI interface, by number.
const CLOCKS: [i64; 4] = [6500, 13_000, 26_000, 52_000];
const SPI_CLOCKS: std::ops::RangeInclusive<i64> = 0..=6;
/// Pixels in each direction, and bytes of a list of commands.
const MOST_PIXELS: i64 = 500;
const MOST_BYTES: usize = 1000;
/// Pixels of `mipi_init` without settings.
const MIPI: [i64; 2] = [480, 854];
/// Pixels in each direction that there is memory for.
const MOST_MIPI: i64 = 2000;

/// What `lcd_init` returns when a buffer or the settings of the interface are wrong.
const BAD_BUFFER: i64 = -3;
const BAD_SETTINGS: i64 = -5;

/// The screen.
#[pyclass(module = "machine", name = "LCD")]
#[derive(Debug, PyPayload)]
pub(super) struct Lcd;

#[derive(FromArgs)]
pub(super) struct NoArgs {}

#[derive(FromArgs)]
struct Init {
    #[pyarg(any)]
    initbuf: PyObjectRef,
    #[pyarg(any)]
    width: i64,
    #[pyarg(any)]
    hight: i64,
    #[pyarg(any)]
    clk: i64,
    #[pyarg(any)]
    dataline: i64,
    #[pyarg(any)]
    linenum: i64,
    #[pyarg(any, name = "type")]
    kind: i64,
    #[pyarg(any)]
    invaildbuf: PyObjectRef,
    #[pyarg(any)]
    displayonbuf: PyObjectRef,
    #[pyarg(any)]
    displayoffbuf: PyObjectRef,
    /// None: the backlight has a line of its own.
    #[pyarg(any)]
    lightbuf: PyObjectRef,
    #[pyarg(any, default = 0)]
    interface: i64,
    #[pyarg(any, default = 0)]
    spi_port: i64,
    #[pyarg(any, default = 0)]
    spi_mode: i64,
    #[pyarg(any, name = "cs", default = 0)]
    _cs: i64,
    #[pyarg(any, name = "dc", default = 0)]
    _dc: i64,
    #[pyarg(any, name = "rst", default = 0)]
    _rst: i64,
}

#[derive(FromArgs)]
struct MipiInit {
    #[pyarg(any)]
    initbuf: PyObjectRef,
}

pub(super) fn class(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    classes::own(Lcd::make_static_type().as_ref(), "machine", [], vm)
}

impl Constructor for Lcd {
    type Args = NoArgs;

    fn py_new(_cls: &Py<PyType>, _args: NoArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

fn status(result: Result<(), Fault>) -> i64 {
    match result {
        Ok(()) => DONE,
        Err(fault) => fault as i64,
    }
}

/// Where only 0 and −1 are documented.
fn done(result: Result<(), Fault>) -> i64 {
    crate::bridge::values::status(result.is_ok())
}

impl Init {
    /// What is wrong with it, as lcd_init returns it.
    fn fault(self, vm: &VirtualMachine) -> PyResult<Option<i64>> {
        let buffers = [
            (self.initbuf, true, "invalid init data"),
            (self.invaildbuf, true, "invalid invaild data"),
            (self.displayonbuf, false, "invalid display on data"),
            (self.displayoffbuf, false, "invalid display off data"),
        ];
        let mut too_long = false;
        for (buffer, needed, text) in buffers {
            // None: the screen goes on and off without a command.
            if !needed && vm.is_none(&buffer) {
                continue;
            }
            let bytes = data(buffer, vm)?;
            if bytes.is_empty() {
                return Err(vm.new_value_error(text));
            }
            too_long |= bytes.len() > MOST_BYTES;
        }
        if !vm.is_none(&self.lightbuf) {
            too_long |= data(self.lightbuf, vm)?.len() > MOST_BYTES;
        }
        let by_spi = self.interface == 1;
        let clock_fits = if by_spi { SPI_CLOCKS.contains(&self.clk) } else { CLOCKS.contains(&self.clk) };
        if !clock_fits {
            return Err(vm.new_value_error("invalid clk"));
        }
        let lines_fit = (1..=2).contains(&self.dataline) && (3..=4).contains(&self.linenum);
        if !lines_fit || !(0..=1).contains(&self.kind) {
            let text = "Initialization parameter error(clk or dataline or linenum or lcdtype)";
            return Err(vm.new_value_error(text));
        }
        let size_fits = [self.width, self.hight].iter().all(|n| (1..=MOST_PIXELS).contains(n));
        let spi_fits = (0..=3).contains(&self.spi_port) && (0..=3).contains(&self.spi_mode);
        Ok(match () {
            () if !size_fits => Some(Fault::Size as i64),
            () if too_long => Some(BAD_BUFFER),
            () if !(0..=1).contains(&self.interface) || (by_spi && !spi_fits) => Some(BAD_SETTINGS),
            () => None,
        })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Lcd {
    fn start(width: i64, height: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) else {
            return Ok(Fault::Size as i64);
        };
        Ok(status(session::of(vm)?.peripherals.lcd.start(width, height)))
    }

    #[pymethod]
    fn lcd_init(_zelf: &Py<Self>, init: Init, vm: &VirtualMachine) -> PyResult<i64> {
        let (width, height) = (init.width, init.hight);
        match init.fault(vm)? {
            Some(fault) => Ok(fault),
            None => Self::start(width, height, vm),
        }
    }

    /// Of the settings only the size matters here.
    #[pymethod]
    fn mipi_init(_zelf: &Py<Self>, init: MipiInit, settings: KwArgs<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        data(init.initbuf, vm)?;
        let mut size = MIPI;
        for (name, value) in settings {
            match name.as_str() {
                Ok("width") => size[0] = value,
                Ok("hight") => size[1] = value,
                _ => {}
            }
        }
        if size.iter().any(|n| !(1..=MOST_MIPI).contains(n)) {
            return Ok(Fault::Size as i64);
        }
        Self::start(size[0], size[1], vm)
    }

    #[pymethod]
    fn lcd_clear(_zelf: &Py<Self>, colour: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let Ok(colour) = u16::try_from(colour) else { return Ok(crate::bridge::values::FAILED) };
        Ok(done(session::of(vm)?.peripherals.lcd.clear(colour)))
    }

    #[pymethod]
    fn lcd_write(
        _zelf: &Py<Self>,
        pixels: PyObjectRef,
        x0: i64,
        y0: i64,
        x1: i64,
        y1: i64,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let pixels = data(pixels, vm)?;
        Ok(status(session::of(vm)?.peripherals.lcd.draw(&pixels, [x0, y0], [x1, y1])))
    }

    #[pymethod]
    fn lcd_brightness(_zelf: &Py<Self>, level: i64, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(done(session::of(vm)?.peripherals.lcd.set_brightness(level)))
    }

    #[pymethod]
    fn lcd_display_on(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(done(session::of(vm)?.peripherals.lcd.light(true)))
    }

    #[pymethod]
    fn lcd_display_off(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(done(session::of(vm)?.peripherals.lcd.light(false)))
    }

    #[pymethod]
    fn lcd_write_cmd(_zelf: &Py<Self>, value: i64, length: i64, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(done(session::of(vm)?.peripherals.lcd.note(format!("command {value:#x}, {length} bytes"))))
    }

    #[pymethod]
    fn lcd_write_data(_zelf: &Py<Self>, value: i64, length: i64, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(done(session::of(vm)?.peripherals.lcd.note(format!("data {value:#x}, {length} bytes"))))
    }

    /// A file of Image2Lcd.
    #[pymethod]
    fn lcd_show(
        _zelf: &Py<Self>,
        name: PyStrRef,
        x: i64,
        y: i64,
        width: OptionalArg<i64>,
        height: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let board = session::of(vm)?;
        let Ok(file) = board.flash.read(&crate::stdlib::files::file::path_text(&name, vm)?) else {
            return Ok(crate::bridge::values::FAILED);
        };
        let size = width.into_option().zip(height.into_option()).map(|(w, h)| [w, h]);
        Ok(status(board.peripherals.lcd.show(&file, [x, y], size)))
    }

    /// JPEG is not decoded: the log says that it was to be shown.
    #[pymethod]
    fn lcd_show_jpg(_zelf: &Py<Self>, name: PyStrRef, x: i64, y: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let name = crate::stdlib::files::file::path_text(&name, vm)?;
        if board.flash.read(&name).is_err() {
            return Ok(crate::bridge::values::FAILED);
        }
        Ok(done(board.peripherals.lcd.note(format!("{name} at {x}, {y}"))))
    }
}
