//! `misc`: power, the converter, pulses, temperature, USB.

mod adc;
mod power;
mod power_key;
mod pwm;
mod pwm_v2;
mod temperature;
mod usb;
mod usbnet;

pub(crate) use misc::module_def as definition;

#[rustpython_vm::pymodule]
mod misc {
    use super::{adc, power, power_key, pwm, pwm_v2, temperature, usb, usbnet};
    use crate::bridge::values::status;
    use crate::bridge::{firmware, session};
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::function::{OptionalArg, PosArgs};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    const FUNCTIONS: [&str; 6] =
        ["antennaSecRXOffCtrl", "net_light", "replEnable", "replUpdatePassswd", "setReplEnable", "setReplPassword"];

    /// The network light: −1 as long as no script has set it.
    #[pyfunction]
    fn net_light(on: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let analog = &board.peripherals.analog;
        Ok(match on {
            OptionalArg::Missing => analog.net_light().map_or(-1, i64::from),
            OptionalArg::Present(on) => {
                let fits = (0..=1).contains(&on);
                if fits {
                    analog.set_net_light(on == 1);
                }
                status(fits)
            }
        })
    }

    #[pyfunction(name = "antennaSecRXOffCtrl")]
    fn antenna_sec_rx_off_ctrl(off: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        let analog = &board.peripherals.analog;
        Ok(match off {
            OptionalArg::Missing => analog.second_antenna_off().into(),
            OptionalArg::Present(off) => {
                let fits = (0..=1).contains(&off);
                if fits {
                    analog.set_second_antenna_off(off == 1);
                }
                status(fits)
            }
        })
    }

    /// There is no interactive prompt to be protected while a script runs.
    #[pyfunction(name = "setReplEnable")]
    #[pyfunction(name = "setReplPassword")]
    #[pyfunction(name = "replUpdatePassswd")]
    #[pyfunction(name = "replEnable")]
    fn repl_enable(_args: PosArgs) -> i64 {
        0
    }

    fn class(name: &str, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let column = firmware::of(vm)?.misc;
        Ok(Some(match name {
            "Power" => power::namespace(column, vm)?,
            "PowerKey" => power_key::class(vm)?,
            "ADC" => adc::class(vm)?,
            "PWM" => pwm::class(vm)?,
            "PWM_V2" => pwm_v2::class(vm)?,
            "USB" => usb::class(vm)?,
            "USBNET" => usbnet::namespace(vm)?,
            "Temperature" => temperature::class(vm)?,
            _ => return Ok(None),
        }))
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let module = module.as_object();
        let names = firmware::of(vm)?.misc.names;
        for name in names {
            if let Some(class) = class(name, vm)? {
                module.set_attr(vm.ctx.intern_str(*name), class, vm)?;
            }
        }
        for function in FUNCTIONS {
            if !names.contains(&function) {
                module.del_attr(function, vm)?;
            }
        }
        Ok(())
    }
}
