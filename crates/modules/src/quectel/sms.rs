//! `sms`: short messages.

pub(crate) use sms::module_def as definition;

#[rustpython_vm::pymodule]
mod sms {
    use crate::bridge::values::{FAILED, or_failed, status, text};
    use crate::bridge::{callbacks, firmware, session};
    use quecpy_device::services::messages::{Messages, Store};
    use quecpy_device::{Source, Value};
    use quecpy_formats::sms_pdu::{self as pdu, Coding, Message};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    /// `deleteMsg`'s modes: one message, or all.
    const ONE: i64 = 0;
    const ALL: i64 = 4;

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&mut Messages) -> R) -> PyResult<R> {
        let board = session::of(vm)?;
        let result = act(&mut board.services.messages.lock());
        Ok(result)
    }

    fn count(n: usize) -> Value {
        Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The PDU of what was sent.
    fn send(
        phone: &TextOrBytes,
        message: &TextOrBytes,
        mode: &TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<Option<Vec<u8>>> {
        let (phone, message) = (text(phone), text(message));
        let coding = match text(mode).as_str() {
            "GSM" => Coding::Gsm7,
            "UCS2" => Coding::Ucs2,
            _ => return Err(vm.new_value_error("invalid value, codeMode should be GSM or UCS2.")),
        };
        if message.is_empty() {
            return Err(vm.new_value_error("Empty SMS is not supported."));
        }
        Ok(session::of(vm)?.send_message(&phone, &message, coding))
    }

    #[pyfunction(name = "sendTextMsg")]
    fn send_text_msg(
        phone: TextOrBytes,
        message: TextOrBytes,
        mode: TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        send(&phone, &message, &mode, vm).map(|sent| status(sent.is_some()))
    }

    #[pyfunction(name = "sendPduMsg")]
    fn send_pdu_msg(
        phone: TextOrBytes,
        message: TextOrBytes,
        mode: TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let sent = send(&phone, &message, &mode, vm)?;
        if !firmware::of(vm)?.sent_pdu_is_returned {
            return Ok(vm.ctx.new_int(status(sent.is_some())).into());
        }
        let pair = sent.and_then(|pdu| {
            let length = count(pdu::length(&pdu)?);
            Some(Value::Tuple(vec![Value::Text(pdu::to_hex(&pdu)), length]))
        });
        Ok(or_failed(pair, vm))
    }

    #[pyfunction(name = "deleteMsg")]
    fn delete_msg(index: i64, mode: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        let index = match mode.unwrap_or(ONE) {
            ONE => Some(index),
            ALL => None,
            _ => return Err(vm.new_value_error("invalid value, delmode should be 0 or 4.")),
        };
        with(vm, |messages| status(messages.delete(index)))
    }

    #[pyfunction(name = "setSaveLoc")]
    fn set_save_loc(read: TextOrBytes, write: TextOrBytes, receive: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let store = |name: &TextOrBytes| {
            Store::named(&text(name)).ok_or_else(|| vm.new_value_error("invalid value, mem should be SM or ME."))
        };
        let used = [store(&read)?, store(&write)?, store(&receive)?];
        with(vm, |messages| messages.used = used).map(|()| 0)
    }

    /// `([name, used, room], ...)` of the stores that are read, written, and that take what arrives.
    #[pyfunction(name = "getSaveLoc")]
    fn get_save_loc(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let all = with(vm, |messages| {
            let row = |s: Store| Value::List(vec![s.name().into(), count(messages.count(s)), count(s.room())]);
            Value::Tuple(messages.used.map(row).to_vec())
        })?;
        Ok(crate::bridge::values::object(&all, vm))
    }

    #[pyfunction(name = "getMsgNums")]
    fn get_msg_nums(vm: &VirtualMachine) -> PyResult<usize> {
        with(vm, |messages| messages.count(messages.used[0]))
    }

    #[pyfunction(name = "searchTextMsg")]
    fn search_text_msg(index: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let tuple =
            |m: &Message| Value::Tuple(vec![m.number.as_str().into(), m.text.as_str().into(), count(m.text.len())]);
        let found = with(vm, |messages| messages.get(index).map(tuple))?;
        Ok(or_failed(found, vm))
    }

    #[pyfunction(name = "searchPduMsg")]
    fn search_pdu_msg(index: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let found = with(vm, |messages| {
            let pdu = pdu::encode(messages.get(index)?, &messages.centre)?;
            Some(Value::Text(pdu::to_hex(&pdu)))
        })?;
        Ok(or_failed(found, vm))
    }

    #[pyfunction(name = "getPduLength")]
    fn get_pdu_length(pdu: TextOrBytes) -> i64 {
        let length = pdu::from_hex(&text(&pdu)).and_then(|octets| pdu::length(&octets));
        length.and_then(|n| i64::try_from(n).ok()).unwrap_or(FAILED)
    }

    /// `(number, text, time, length of the text)`
    #[pyfunction(name = "decodePdu")]
    fn decode_pdu(pdu: TextOrBytes, length: i64, vm: &VirtualMachine) -> PyObjectRef {
        let octets = pdu::from_hex(&text(&pdu));
        let fits = |octets: &Vec<u8>| pdu::length(octets).and_then(|n| i64::try_from(n).ok()) == Some(length);
        let message = octets.filter(fits).and_then(|octets| pdu::decode(&octets));
        let tuple = message.map(|m| {
            let time = m.time.map(|t| t.to_string()).unwrap_or_default();
            Value::Tuple(vec![m.number.as_str().into(), m.text.as_str().into(), Value::Text(time), count(m.text.len())])
        });
        or_failed(tuple, vm)
    }

    #[pyfunction(name = "getCenterAddr")]
    fn get_center_addr(vm: &VirtualMachine) -> PyResult<String> {
        with(vm, |messages| messages.centre.clone())
    }

    #[pyfunction(name = "setCenterAddr")]
    fn set_center_addr(address: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let address = text(&address);
        let digits = address.strip_prefix('+').unwrap_or(&address);
        let is_number = (1..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if is_number {
            with(vm, |messages| messages.centre = address)?;
        }
        Ok(status(is_number))
    }

    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Sms, callable, vm).map(|()| 0)
    }
}
