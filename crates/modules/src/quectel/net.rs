//! `net`: registration, signal and cells.

pub(crate) use net::module_def as definition;

#[rustpython_vm::pymodule]
mod net {
    use crate::bridge::values::{FAILED, object, or_failed, status, text};
    use crate::bridge::{callbacks, firmware, session};
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};
    use quecpy_device::board::cells::{Code, Which};
    use quecpy_device::radio::cellular::{Definition, Function};
    use quecpy_device::{Request, Source, Value};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::PyTuple;
    use rustpython_vm::function::{FuncArgs, OptionalArg};
    use rustpython_vm::{PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};

    /// Modules with ASR chips, as the default board's, write codes so.
    const CODE: Code = Code::Hexadecimal;
    /// Network modes of `setConfig` (the module contract, network, net).
    const MODES: std::ops::RangeInclusive<i64> = 0..=23;
    /// Bands of the default board, as `getBand` writes them: GSM (in the radio's own order), and LTE.
    const GSM_BANDS: &str = "0xf";
    const LTE_BANDS: &str = "0x10000200000000090e189f";

    #[pyfunction(name = "csqQueryPoll")]
    fn csq_query_poll(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let csq = session::of(vm)?.csq();
        let pair = firmware::of(vm)?.csq_is_a_pair;
        let value = if pair { quecpy_device::event::numbers(&[csq, 99]) } else { Value::Int(csq) };
        Ok(object(&value, vm))
    }

    #[pyfunction(name = "getState")]
    fn get_state(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(object(&session::of(vm)?.registration(), vm))
    }

    #[pyfunction(name = "getConfig")]
    fn get_config(vm: &VirtualMachine) -> PyResult<(u8, bool)> {
        Ok(session::of(vm)?.radio(|radio, _| radio.mode))
    }

    #[pyfunction(name = "setConfig")]
    fn set_config(mode: i64, roaming: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let roaming = roaming.unwrap_or(0);
        if !MODES.contains(&mode) || !(0..=1).contains(&roaming) {
            return Ok(FAILED);
        }
        let mode = (u8::try_from(mode).unwrap_or(0), roaming == 1);
        session::of(vm)?.radio(|radio, _| radio.mode = mode);
        Ok(0)
    }

    #[pyfunction(name = "getNetMode")]
    fn get_net_mode(vm: &VirtualMachine) -> PyResult<(i64, String, String, u8)> {
        let network = &session::of(vm)?.description.network;
        Ok((0, network.mcc.clone(), network.mnc.clone(), network.act))
    }

    fn numbers(all: &[i64]) -> Value {
        Value::List(all.iter().copied().map(Value::Int).collect())
    }

    #[pyfunction(name = "getSignal")]
    fn get_signal(with_sinr: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (gsm, lte) = session::of(vm)?.signal();
        let value = if firmware::of(vm)?.signal_is_flat {
            quecpy_device::event::numbers(&[lte[0], lte[1], lte[2], lte[4]])
        } else {
            let shown = if with_sinr.unwrap_or(0) == 1 { 5 } else { 4 };
            Value::Tuple(vec![numbers(&gsm), numbers(&lte[..shown])])
        };
        Ok(object(&value, vm))
    }

    fn cells(code: Code, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let board = session::of(vm)?;
        let value = if firmware::of(vm)?.only_serving_cell { board.serving_cell() } else { board.cell_info(code) };
        Ok(object(&value, vm))
    }

    /// With 1 some modules add a value to each cell; the simulated one does not.
    #[pyfunction(name = "getCellInfo")]
    fn get_cell_info(_flag: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        cells(CODE, vm)
    }

    #[pyfunction(name = "getCellInfos")]
    fn get_cell_infos(_flag: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        cells(Code::Decimal, vm)
    }

    #[pyfunction(name = "currentCellInfo")]
    fn current_cell_info(timeout: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if !(5..=3600).contains(&timeout.unwrap_or(20)) {
            return Err(vm.new_value_error("invalid value, timeout should be in [5,3600]."));
        }
        cells(CODE, vm)
    }

    fn each(which: Which, vm: &VirtualMachine) -> PyResult<Vec<i64>> {
        Ok(session::of(vm)?.of_each_cell(which, CODE))
    }

    fn serving(which: Which, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(each(which, vm)?.first().copied().unwrap_or(FAILED))
    }

    #[pyfunction(name = "getCi")]
    fn get_ci(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(object(&numbers(&each(Which::Cell, vm)?), vm))
    }

    #[pyfunction(name = "getMnc")]
    fn get_mnc(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(object(&numbers(&each(Which::Mnc, vm)?), vm))
    }

    #[pyfunction(name = "getMcc")]
    fn get_mcc(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(object(&numbers(&each(Which::Mcc, vm)?), vm))
    }

    #[pyfunction(name = "getLac")]
    fn get_lac(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(object(&numbers(&each(Which::Lac, vm)?), vm))
    }

    #[pyfunction(name = "getServingCi")]
    fn get_serving_ci(vm: &VirtualMachine) -> PyResult<i64> {
        serving(Which::Cell, vm)
    }

    #[pyfunction(name = "getServingMnc")]
    fn get_serving_mnc(vm: &VirtualMachine) -> PyResult<i64> {
        serving(Which::Mnc, vm)
    }

    #[pyfunction(name = "getServingMcc")]
    fn get_serving_mcc(vm: &VirtualMachine) -> PyResult<i64> {
        serving(Which::Mcc, vm)
    }

    #[pyfunction(name = "getServingLac")]
    fn get_serving_lac(vm: &VirtualMachine) -> PyResult<i64> {
        serving(Which::Lac, vm)
    }

    #[pyfunction(name = "operatorName")]
    fn operator_name(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let board = session::of(vm)?;
        let n = &board.description.network;
        let (mcc, mnc) = if firmware::of(vm)?.operator_has_codes { (&*n.mcc, &*n.mnc) } else { ("", "") };
        let names = [&*n.operator, &*n.short_name, mcc, mnc].map(Value::from);
        let registered = board.radio(|radio, up| radio.is_registered(up));
        Ok(or_failed(registered.then(|| Value::Tuple(names.to_vec())), vm))
    }

    /// `('26/11/23 06:08:03 8 0', seconds, leap seconds)`: UTC, the time zone in hours, daylight saving.
    #[pyfunction(name = "nitzTime")]
    fn nitz_time(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let board = session::of(vm)?;
        let registered = board.radio(|radio, up| radio.is_registered(up));
        if !registered || !firmware::of(vm)?.has_network_time {
            return Ok(or_failed(None, vm));
        }
        let now = board.clock.utc();
        let at = Timestamp::from_second(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let at = TimeZone::UTC.to_datetime(at.checked_add(SignedDuration::ZERO).unwrap_or(at));
        let zone = board.clock.zone_quarters().div_euclid(4);
        let date = format!(
            "{:02}/{:02}/{:02} {:02}:{:02}:{:02} {zone} 0",
            at.year() % 100,
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        );
        Ok(object(&Value::Tuple(vec![Value::Text(date), Value::Int(now), Value::Int(0)]), vm))
    }

    #[pyfunction(name = "getModemFun")]
    fn get_modem_fun(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(session::of(vm)?.radio(|radio, _| radio.function() as i64))
    }

    /// Switches the radio: 0 off, 1 on, 4 flight mode. With `restart` 1 the module restarts as well.
    #[pyfunction(name = "setModemFun")]
    fn set_modem_fun(function: i64, restart: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let (Some(function), restart @ 0..=1) = (Function::from_number(function), restart.unwrap_or(0)) else {
            return Ok(FAILED);
        };
        let board = session::of(vm)?;
        board.set_function(function);
        if restart == 1 {
            board.request(Request::Restart);
        }
        Ok(0)
    }

    fn sim_zero(sim: &PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        match i64::try_from_object(vm, sim.clone())? {
            0 => Ok(()),
            _ => Err(vm.new_value_error("invalid simid.")),
        }
    }

    fn text_of(argument: &PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
        Ok(text(&TextOrBytes::try_from_object(vm, argument.clone())?))
    }

    fn profile(argument: &PyObjectRef, vm: &VirtualMachine) -> PyResult<usize> {
        let n = i64::try_from_object(vm, argument.clone())?;
        Ok(usize::try_from(n - 1).unwrap_or(usize::MAX))
    }

    /// `(apn, simid)` or `(pid, iptype, apn, user, password, auth, simid)`
    #[pyfunction(name = "setApn")]
    fn set_apn(args: FuncArgs, vm: &VirtualMachine) -> PyResult<i64> {
        let board = session::of(vm)?;
        match args.args.as_slice() {
            [apn, sim] => {
                sim_zero(sim, vm)?;
                let apn = text_of(apn, vm)?;
                board.radio(|radio, _| radio.contexts[0].definition.apn = apn);
                Ok(0)
            }
            [pid, ip_type, apn, user, password, auth, sim] => {
                sim_zero(sim, vm)?;
                let small = |o: &PyObjectRef| Ok(u8::try_from(i64::try_from_object(vm, o.clone())?).ok());
                let (Some(ip_type @ 0..=2), Some(auth @ 0..=3)) = (small(ip_type)?, small(auth)?) else {
                    return Ok(FAILED);
                };
                let (apn, user, password) = (text_of(apn, vm)?, text_of(user, vm)?, text_of(password, vm)?);
                let definition = Definition { ip_type, apn, user, password, auth };
                let index = profile(pid, vm)?;
                let set = |context: &mut quecpy_device::radio::cellular::Context| context.definition = definition;
                Ok(status(board.radio(|radio, _| radio.contexts.get_mut(index).map(set)).is_some()))
            }
            _ => Err(vm.new_value_error("Incorrect parameter number!")),
        }
    }

    /// `(simid)`: the first context's APN; `(pid, simid)`: `(iptype, apn, user, password, auth)`.
    #[pyfunction(name = "getApn")]
    fn get_apn(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let board = session::of(vm)?;
        let (index, whole) = match args.args.as_slice() {
            [sim] => (sim_zero(sim, vm).map(|()| 0)?, false),
            [pid, sim] => (sim_zero(sim, vm).and_then(|()| profile(pid, vm))?, true),
            _ => return Err(vm.new_value_error("Incorrect parameter number!")),
        };
        let found = board.radio(|radio, _| radio.contexts.get(index).map(|c| c.definition.clone()));
        let value = found.map(|d| match whole {
            false => Value::Text(d.apn),
            true => Value::Tuple(vec![
                i64::from(d.ip_type).into(),
                Value::Text(d.apn),
                Value::Text(d.user),
                Value::Text(d.password),
                i64::from(d.auth).into(),
            ]),
        });
        Ok(or_failed(value, vm))
    }

    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Net, callable, vm).map(|()| 0)
    }

    fn rat(rat: i64, vm: &VirtualMachine) -> PyResult<()> {
        if (0..=3).contains(&rat) {
            Ok(())
        } else {
            Err(vm.new_value_error("invalid value, net_rat should be in [0,3]."))
        }
    }

    /// Which bands are used does not change what the simulated radio finds.
    #[pyfunction(name = "setBand")]
    fn set_band(net_rat: i64, gsm: i64, lte: PyRef<PyTuple>, vm: &VirtualMachine) -> PyResult<i64> {
        rat(net_rat, vm)?;
        if !(0..=0xf).contains(&gsm) {
            return Err(vm.new_value_error("invalid value, gsm_band should be in [0,0xf]."));
        }
        if lte.len() != 4 {
            return Err(vm.new_value_error("the length of band_tuple must be 4."));
        }
        Ok(0)
    }

    #[pyfunction(name = "getBand")]
    fn get_band(net_rat: i64, vm: &VirtualMachine) -> PyResult<&'static str> {
        rat(net_rat, vm)?;
        Ok(if net_rat == 0 { GSM_BANDS } else { LTE_BANDS })
    }

    #[pyfunction(name = "bandRst")]
    fn band_rst() -> i64 {
        0
    }

    #[pyfunction]
    fn set_networkled_config(_config: PyObjectRef) -> i64 {
        0
    }

    /// Timers of the network, as texts in seconds: 3GPP TS 24.301, table 10.2.1 (T3402 12 minutes, T3412 54 minutes);
    /// power saving (T3324, eDRX) is not granted.
    #[pyfunction(name = "getT3402")]
    fn get_t3402() -> &'static str {
        "720"
    }

    #[pyfunction(name = "getT3412")]
    fn get_t3412() -> &'static str {
        "3240"
    }

    #[pyfunction(name = "getT3324")]
    fn get_t3324() -> &'static str {
        "0"
    }

    #[pyfunction(name = "getTeDRX")]
    fn get_te_drx() -> &'static str {
        "0"
    }

    #[pyfunction(name = "getTPTW")]
    fn get_tptw() -> &'static str {
        "0"
    }

    /// The least level at which a cell is used, in dBm (q-RxLevMin of an LTE cell, 3GPP TS 36.304).
    #[pyfunction(name = "getqRxlevMin")]
    fn get_q_rxlev_min(_flag: OptionalArg<PyObjectRef>) -> &'static str {
        "-128"
    }

    /// Why the network refused the module: it did not.
    #[pyfunction(name = "getRejectCause")]
    fn get_reject_cause() -> &'static str {
        "0"
    }

    #[pyfunction(name = "causeInfo")]
    fn cause_info(_mode: OptionalArg<PyObjectRef>) -> &'static str {
        "0"
    }
}
