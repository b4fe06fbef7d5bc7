//! `sim`: the SIM card.

pub(crate) use sim::module_def as definition;

#[rustpython_vm::pymodule]
mod sim {
    use crate::bridge::values::{FAILED, or_failed, status, text};
    use crate::bridge::{callbacks, session};
    use quecpy_device::board_file::Contact;
    use quecpy_device::event::numbers;
    use quecpy_device::radio::sim::Sim;
    use quecpy_device::{Source, Value};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    /// The longest PIN that is taken (the module contract, network, sim).
    const PIN_LENGTH: usize = 15;
    const STORAGES: std::ops::RangeInclusive<i64> = 0..=15;
    const NAME_LENGTH: usize = 30;
    const NUMBER_LENGTH: usize = 20;
    /// Entries that one call reads at most.
    const READ_AT_ONCE: i64 = 20;
    /// The phone book of the card; the module's own are empty here.
    const CARD: i64 = 9;

    fn card<R>(vm: &VirtualMachine, act: impl FnOnce(&mut Sim) -> R) -> PyResult<R> {
        Ok(session::of(vm)?.radio(|radio, _| act(&mut radio.sim)))
    }

    fn ready(vm: &VirtualMachine, read: impl FnOnce(&Sim) -> &str) -> PyResult<PyObjectRef> {
        let value = card(vm, |sim| sim.is_ready().then(|| Value::from(read(sim))))?;
        Ok(or_failed(value, vm))
    }

    #[pyfunction(name = "getStatus")]
    fn get_status(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<i64> {
        card(vm, |sim| sim.status() as i64)
    }

    #[pyfunction(name = "getImsi")]
    fn get_imsi(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        ready(vm, |sim| &sim.card.imsi)
    }

    #[pyfunction(name = "getIccid")]
    fn get_iccid(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        ready(vm, |sim| &sim.card.iccid)
    }

    #[pyfunction(name = "getPhoneNumber")]
    fn get_phone_number(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        ready(vm, |sim| &sim.card.phone)
    }

    /// A PIN or PUK.
    fn pin(argument: &TextOrBytes, vm: &VirtualMachine) -> PyResult<String> {
        let pin = text(argument);
        if pin.len() > PIN_LENGTH {
            return Err(vm.new_value_error(format!("pin length should be less than {PIN_LENGTH} bytes")));
        }
        Ok(pin)
    }

    #[pyfunction(name = "enablePin")]
    fn enable_pin(number: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let number = pin(&number, vm)?;
        card(vm, |sim| status(sim.ask_for_pin(true, &number)))
    }

    #[pyfunction(name = "disablePin")]
    fn disable_pin(number: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let number = pin(&number, vm)?;
        card(vm, |sim| status(sim.ask_for_pin(false, &number)))
    }

    #[pyfunction(name = "verifyPin")]
    fn verify_pin(number: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let number = pin(&number, vm)?;
        card(vm, |sim| status(sim.verify(&number)))
    }

    #[pyfunction(name = "changePin")]
    fn change_pin(old: TextOrBytes, new: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let (old, new) = (pin(&old, vm)?, pin(&new, vm)?);
        card(vm, |sim| status(sim.change_pin(&old, &new)))
    }

    #[pyfunction(name = "unblockPin")]
    fn unblock_pin(puk: TextOrBytes, new: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        let (puk, new) = (pin(&puk, vm)?, pin(&new, vm)?);
        card(vm, |sim| status(sim.unblock(&puk, &new)))
    }

    /// `(pin, puk)`, with 1 `(pin, puk, pin2, puk2)`; PIN2 is never asked for here.
    #[pyfunction(name = "getPinRemAttempts")]
    fn get_pin_rem_attempts(flag: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (pin, puk) = card(vm, |sim| sim.tries())?;
        let (pin, puk) = (i64::from(pin), i64::from(puk));
        let value = match flag.unwrap_or(0) {
            0 => numbers(&[pin, puk]),
            1 => numbers(&[pin, puk, 3, 10]),
            _ => return Err(vm.new_value_error("invalid value, flag should be 0 or 1.")),
        };
        Ok(crate::bridge::values::object(&value, vm))
    }

    #[pyfunction(name = "getPhonebookStatus")]
    fn get_phonebook_status(vm: &VirtualMachine) -> PyResult<i64> {
        card(vm, |sim| i64::from(sim.is_ready()))
    }

    fn storage(storage: i64, vm: &VirtualMachine) -> PyResult<bool> {
        if STORAGES.contains(&storage) {
            return Ok(storage == CARD);
        }
        Err(vm.new_value_error("invalid value, storage should be in [0,15]."))
    }

    /// `(count, [(index, name, number), ...])`
    #[pyfunction(name = "readPhonebook")]
    fn read_phonebook(
        from_storage: i64,
        start: i64,
        end: i64,
        name: TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let is_card = storage(from_storage, vm)?;
        let name = text(&name);
        if end < start || end - start > READ_AT_ONCE {
            return Err(vm.new_value_error("invalid value, end should be start to start + 20."));
        }
        if name.len() > NAME_LENGTH {
            return Err(vm.new_value_error("invalid value, username is at most 30 bytes."));
        }
        let number = |n: i64| u16::try_from(n).unwrap_or(if n < 0 { 0 } else { u16::MAX });
        let found = card(vm, |sim| {
            sim.is_ready().then(|| if is_card { sim.contacts(number(start), number(end), &name) } else { vec![] })
        })?;
        let row = |c: Contact| Value::Tuple(vec![i64::from(c.index).into(), (*c.name).into(), (*c.number).into()]);
        let value = found.map(|rows| {
            let count = Value::Int(i64::try_from(rows.len()).unwrap_or(0));
            Value::Tuple(vec![count, Value::List(rows.into_iter().map(row).collect())])
        });
        Ok(or_failed(value, vm))
    }

    #[pyfunction(name = "writePhonebook")]
    fn write_phonebook(
        to_storage: i64,
        index: i64,
        name: TextOrBytes,
        number: TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let is_card = storage(to_storage, vm)?;
        let (name, number) = (text(&name), text(&number));
        let index = u16::try_from(index).ok().filter(|i| (1..=500).contains(i));
        let Some(index) = index else {
            return Err(vm.new_value_error("invalid value, index should be in [1,500]."));
        };
        if name.len() > NAME_LENGTH || number.len() > NUMBER_LENGTH {
            return Err(vm.new_value_error("invalid value, username is at most 30 bytes and phonenum at most 20."));
        }
        card(vm, |sim| {
            let writable = is_card && sim.is_ready();
            if writable {
                sim.set_contact(Contact { index, name, number });
            }
            status(writable)
        })
    }

    #[pyfunction(name = "setSimDet")]
    fn set_sim_det(enable: i64, level: i64, vm: &VirtualMachine) -> PyResult<i64> {
        match (u8::try_from(enable), u8::try_from(level)) {
            (Ok(enable @ 0..=1), Ok(level @ 0..=1)) => card(vm, |sim| {
                sim.detection = (enable, level);
                0
            }),
            _ => Err(vm.new_value_error("invalid value, detenable and insertlevel should be 0 or 1.")),
        }
    }

    #[pyfunction(name = "getSimDet")]
    fn get_sim_det(vm: &VirtualMachine) -> PyResult<(u8, u8)> {
        card(vm, |sim| sim.detection)
    }

    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::Sim, callable, vm).map(|()| 0)
    }

    #[pyfunction(name = "setSwitchcardCallback")]
    fn set_switchcard_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::SimSwitch, callable, vm).map(|()| 0)
    }

    #[pyfunction(name = "getCurSimid")]
    fn get_cur_simid(vm: &VirtualMachine) -> PyResult<i64> {
        card(vm, |sim| i64::from(sim.slot))
    }

    /// The other slot is empty.
    #[pyfunction(name = "switchCard")]
    fn switch_card(slot: i64, vm: &VirtualMachine) -> PyResult<i64> {
        if (0..=1).contains(&slot) {
            Ok(FAILED)
        } else {
            Err(vm.new_value_error("invalid value, simId should be 0 or 1."))
        }
    }

    /// A command to the card itself. What the card's files hold is not simulated.
    #[pyfunction(name = "genericAccess")]
    fn generic_access(slot: i64, _command: TextOrBytes, vm: &VirtualMachine) -> PyResult<i64> {
        if (0..=1).contains(&slot) {
            Ok(FAILED)
        } else {
            Err(vm.new_value_error("invalid value, simId should be 0 or 1."))
        }
    }

    /// `sim.esim`: a module without an eSIM, whose every call fails.
    #[pyattr]
    #[pyclass(module = "sim", name = "esim")]
    #[derive(Debug, PyPayload)]
    struct Esim;

    #[pyclass]
    impl Esim {
        #[pystaticmethod(name = "getEid")]
        fn get_eid() -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "setCallback")]
        fn set_callback(_callable: PyObjectRef) -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "getProfileInfo")]
        fn get_profile_info(_mode: i64) -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "profileOTA")]
        fn profile_ota(_activation: TextOrBytes, _confirmation: TextOrBytes) -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "profileHandle")]
        fn profile_handle(_what: i64, _iccid: TextOrBytes) -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "getProfileDelNotification")]
        fn get_profile_del_notification() -> i64 {
            FAILED
        }

        #[pystaticmethod(name = "reportProfileDelNotification")]
        fn report_profile_del_notification(_iccid: TextOrBytes) -> i64 {
            FAILED
        }
    }
}
