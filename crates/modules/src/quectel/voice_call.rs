//! `voiceCall`: telephone calls, without their sound. Recording answers as a module does that cannot record.

pub(crate) use voice_call::module_def as definition;

#[rustpython_vm::pymodule(name = "voiceCall")]
mod voice_call {
    use crate::bridge::values::{status, text};
    use crate::bridge::{callbacks, firmware, session};
    use quecpy_device::Source;
    use quecpy_device::services::calls::Calls;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::PosArgs;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// Returned for what the hardware does not have (the module contract, network, voiceCall).
    const UNSUPPORTED: &str = "NOT SUPPORT";
    const MOST_TONES: usize = 32;

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&mut Calls) -> R) -> PyResult<R> {
        let board = session::of(vm)?;
        let result = act(&mut board.services.calls.lock());
        Ok(result)
    }

    /// A number from 0 to `most`.
    fn small(name: &str, n: i64, most: u8, vm: &VirtualMachine) -> PyResult<u8> {
        let fits = u8::try_from(n).ok().filter(|n| *n <= most);
        fits.ok_or_else(|| vm.new_value_error(format!("invalid value, {name} should be in [0,{most}].")))
    }

    #[pyfunction(name = "callStart")]
    fn call_start(number: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.dial(&text(&number))))
    }

    #[pyfunction(name = "callAnswer")]
    fn call_answer(vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.answer()))
    }

    #[pyfunction(name = "callEnd")]
    fn call_end(vm: &VirtualMachine) -> PyResult<i64> {
        Ok(status(session::of(vm)?.hang_up()))
    }

    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let plain = firmware::of(vm)?.dialling_is_a_number;
        with(vm, |calls| calls.plain_dialling = plain)?;
        callbacks::set(Source::VoiceCall, callable, vm).map(|()| 0)
    }

    #[pyfunction(name = "setAutoAnswer")]
    fn set_auto_answer(seconds: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let seconds = small("seconds", seconds, u8::MAX, vm)?;
        with(vm, |calls| calls.auto_answer = seconds).map(|()| 0)
    }

    #[pyfunction(name = "setAutoCancel")]
    fn set_auto_cancel(on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let on = small("enable", on, 1, vm)?;
        with(vm, |calls| calls.auto_cancel = on == 1).map(|()| 0)
    }

    #[pyfunction(name = "getAutoCancelStatus")]
    fn get_auto_cancel_status(vm: &VirtualMachine) -> PyResult<i64> {
        with(vm, |calls| i64::from(calls.auto_cancel))
    }

    #[pyfunction(name = "startDtmf")]
    fn start_dtmf(tones: TextOrBytes, ms: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let tones = text(&tones);
        if tones.len() > MOST_TONES {
            return Err(vm.new_value_error("invalid value, dtmf is at most 32 characters."));
        }
        if !(100..=1000).contains(&ms) {
            return Err(vm.new_value_error("invalid value, duration should be in [100,1000]."));
        }
        let are_tones = !tones.is_empty() && tones.chars().all(|c| "0123456789ABCD*#".contains(c));
        Ok(status(are_tones && session::of(vm)?.send_tones(&tones)))
    }

    #[pyfunction(name = "dtmfDetEnable")]
    fn dtmf_det_enable(on: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let on = small("enable", on, 1, vm)?;
        with(vm, |calls| calls.detects_tones = on == 1).map(|()| 0)
    }

    #[pyfunction(name = "dtmfSetCb")]
    fn dtmf_set_cb(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Tone, callable, vm).map(|()| 0)
    }

    /// Kept, and observed from outside; no network forwards here.
    #[pyfunction(name = "setFw")]
    fn set_fw(reason: i64, mode: i64, number: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let (reason, mode) = (small("reason", reason, 3, vm)?, small("fwMode", mode, 4, vm)?);
        let number = text(&number);
        with(vm, |calls| calls.forwarding.insert(reason, (mode, number))).map(|_| 0)
    }

    #[pyfunction(name = "setChannel")]
    fn set_channel(device: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let device = small("device", device, 2, vm)?;
        with(vm, |calls| calls.channel = device).map(|()| 0)
    }

    #[pyfunction(name = "getVolume")]
    fn get_volume(vm: &VirtualMachine) -> PyResult<u8> {
        with(vm, |calls| calls.volume)
    }

    #[pyfunction(name = "setVolume")]
    fn set_volume(volume: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let volume = small("vol", volume, 11, vm)?;
        with(vm, |calls| calls.volume = volume).map(|()| 0)
    }

    #[pyfunction(name = "setAutoRecord")]
    #[pyfunction(name = "startRecord")]
    #[pyfunction(name = "stopRecord")]
    #[pyfunction(name = "startRecordStream")]
    #[pyfunction(name = "readRecordStream")]
    fn unsupported(_arguments: PosArgs) -> &'static str {
        UNSUPPORTED
    }
}
