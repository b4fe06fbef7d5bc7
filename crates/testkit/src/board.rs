//! The simulated module in a test's hands: what the fixture `board` does.

use crate::convert;
use crate::native::Kit;
use quecpy_device::board_file::SimCard;
use quecpy_device::radio::cellular::Function;
use quecpy_device::{Board, Source, Value as Argument};
use quecpy_usocket::Environment;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use serde_json::{Value, json};
use std::time::Duration;

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist or does not fit.
pub fn act(what: &str, argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let argument = argument.map_or(Ok(Value::Null), |a| convert::to_json(&a, vm))?;
    let board = Kit::of(vm)?.board.clone();
    if what == "forward" {
        let time = seconds(&argument).map_err(|text| vm.new_value_error(text))?;
        return forward(time, vm).map(|()| vm.ctx.none());
    }
    let done = vm.allow_threads(|| perform(&board, what, &argument));
    convert::to_python(&done.map_err(|text| vm.new_value_error(text))?, vm)
}

/// Lets time pass at once: returns when all is done that was due.
fn forward(time: Duration, vm: &VirtualMachine) -> PyResult<()> {
    let environment = Environment::of(vm)?;
    let stack = &environment.stack;
    let forward = stack.waiters.forward(time);
    quecpy_usocket::wait::wait_or_raise(vm, stack, || stack.waiters.fast_forward(&forward))
}

fn number(argument: &Value) -> Result<i64, String> {
    argument.as_i64().ok_or_else(|| format!("expected a whole number, not {argument}"))
}

fn seconds(argument: &Value) -> Result<Duration, String> {
    let fits = argument.as_f64().and_then(|s| Duration::try_from_secs_f64(s).ok());
    fits.ok_or_else(|| format!("expected a number of seconds from 0, not {argument}"))
}

/// A PDP context, as scripts count them, from 1.
fn profile(argument: &Value) -> Result<usize, String> {
    let n = number(argument)?;
    let index = usize::try_from(n - 1).ok().filter(|i| *i < quecpy_device::radio::cellular::PROFILES);
    index.ok_or_else(|| format!("there is no PDP context {n}"))
}

fn small(argument: &Value) -> Result<u8, String> {
    u8::try_from(number(argument)?).map_err(|_| format!("expected 0 to 255, not {argument}"))
}

fn perform(board: &Board, what: &str, argument: &Value) -> Result<Value, String> {
    let is_true = argument.as_bool().unwrap_or(false);
    match what {
        "sim" => {
            let card = is_true.then(|| {
                let known = board.radio(|radio, _| radio.sim.card.clone());
                SimCard { inserted: true, ..known }
            });
            board.set_sim(card);
        }
        "registration" => {
            let state = small(argument)?;
            board.radio(|radio, _| radio.granted = state);
        }
        "state" => return Ok(json!(board.radio(|radio, up| radio.state(up)))),
        "online" => return Ok(json!(board.is_online())),
        "function" => {
            let function = Function::from_number(number(argument)?).ok_or("expected 0, 1 or 4")?;
            board.set_function(function);
        }
        "signal" => set_signal(board, argument)?,
        "pdp_up" => {
            let profile = profile(argument)?;
            return Ok(json!(board.radio(|radio, up| radio.activate(profile, up))));
        }
        "pdp_down" => {
            let profile = profile(argument)?;
            return Ok(json!(board.radio(|radio, _| radio.deactivate(profile))));
        }
        "is_up" => {
            let profile = profile(argument)?;
            return Ok(json!(board.radio(|radio, up| radio.is_up(profile, up))));
        }
        "cut" => board.radio(|radio, _| radio.link_cut = is_true),
        "power_reason" => board.power.set_on_reason(small(argument)?),
        "power_key" => board.press_power_key(is_true),
        "usb" => board.set_usb(is_true),
        "time" => return Ok(json!(board.clock.local())),
        "set_time" => board.set_local_time(number(argument)?),
        "move_time" => board.move_local_time(number(argument)?),
        "up" => return Ok(json!(board.clock.up().as_secs_f64())),
        "fast" => return Ok(json!(board.time.set_fast(is_true))),
        "restore" => restore(board),
        "send" => board.events.send(source(&argument["source"])?, value(&argument["value"])),
        _ => return Err(format!("there is no board.{what}")),
    }
    Ok(Value::Null)
}

/// As the board file says: card, radio, registration, signal, the data call that power-on makes; time goes as usual.
fn restore(board: &Board) {
    let description = &board.description;
    board.time.set_fast(false);
    if board.radio(|radio, _| radio.sim.card.inserted) != description.sim.inserted {
        board.set_sim(description.sim.inserted.then(|| description.sim.clone()));
    }
    if board.radio(|radio, _| radio.function()) != Function::Full {
        board.set_function(Function::Full);
    }
    board.radio(|radio, up| {
        radio.granted = description.network.state;
        radio.signal.clone_from(&description.signal);
        radio.link_cut = false;
        if description.data_call.dial_at_boot {
            radio.activate(0, up);
        }
    });
}

fn set_signal(board: &Board, argument: &Value) -> Result<(), String> {
    let fields = argument.as_object().ok_or("expected names and numbers")?;
    board.radio(|radio, _| {
        for (name, value) in fields {
            let n = number(value)?;
            quecpy_device::board_file::number(&format!("signal.{name}"), n)?;
            let (small, tiny) = (i32::try_from(n).unwrap_or_default(), u8::try_from(n).unwrap_or_default());
            match name.as_str() {
                "csq" => radio.signal.csq = tiny,
                "rssi" => radio.signal.rssi = small,
                "rsrp" => radio.signal.rsrp = small,
                "rsrq" => radio.signal.rsrq = small,
                "sinr" => radio.signal.sinr = small,
                "cqi" => radio.signal.cqi = tiny,
                _ => return Err(format!("a signal has no {name}")),
            }
        }
        Ok(())
    })
}

/// A source of events by its name.
fn source(name: &Value) -> Result<Source, String> {
    let name = name.as_str().unwrap_or_default();
    let (kind, port) = name.split_once(':').unwrap_or((name, "0"));
    let port = port.parse::<u8>().map_err(|_| format!("{name}: expected a small number after the colon"))?;
    Ok(match kind {
        "data_call" => Source::DataCall,
        "net" => Source::Net,
        "sim" => Source::Sim,
        "sms" => Source::Sms,
        "voice_call" => Source::VoiceCall,
        "power_key" => Source::PowerKey,
        "usb" => Source::Usb,
        "sleep" => Source::Sleep,
        "wifi_scan" => Source::WifiScan,
        "fota" => Source::Fota,
        "sd_card" => Source::SdCard,
        "key_pad" => Source::KeyPad,
        "alarm" => Source::RtcAlarm,
        "pin" => Source::ExtInt(port),
        "uart" => Source::Uart(port),
        "timer" => Source::Timer(port),
        _ => return Err(format!("there are no events of {name}")),
    })
}

/// Tuples come as `{"tuple": [...]}`, since JSON has none.
fn value(value: &Value) -> Argument {
    let all = |values: &Vec<Value>| values.iter().map(self::value).collect();
    match value {
        Value::Null => Argument::None,
        Value::Bool(b) => Argument::Int(i64::from(*b)),
        Value::Number(n) => Argument::Int(n.as_i64().unwrap_or(0)),
        Value::String(text) => Argument::Text(text.clone()),
        Value::Array(values) => Argument::List(all(values)),
        Value::Object(object) => match (&object.get("tuple"), &object.get("bytes")) {
            (Some(Value::Array(values)), _) => Argument::Tuple(all(values)),
            (_, Some(Value::Array(bytes))) => Argument::Bytes(octets(bytes)),
            _ => Argument::None,
        },
    }
}

/// Numbers as bytes.
pub(crate) fn octets(numbers: &[Value]) -> Vec<u8> {
    numbers.iter().filter_map(|n| n.as_u64().and_then(|n| u8::try_from(n).ok())).collect()
}
