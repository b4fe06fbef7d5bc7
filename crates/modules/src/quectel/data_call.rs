//! `dataCall`: PDP contexts, by the old start API and by the new activate API.

pub(crate) use data_call::module_def as definition;

#[rustpython_vm::pymodule(name = "dataCall")]
mod data_call {
    use crate::bridge::values::{FAILED, object, status, text};
    use crate::bridge::{callbacks, error, firmware, session};
    use quecpy_device::board::data_call::Wish;
    use quecpy_device::radio::cellular::{Context, Definition, PROFILES};
    use quecpy_device::{Board, Source, Value};
    use quecpy_usocket::text::{Text, TextOrBytes};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{FromArgs, PyObjectRef, PyResult, VirtualMachine};

    /// Contexts that the new API knows.
    const NEW_PROFILES: usize = 3;

    /// A profile's index. `most` are known; `name` is what the documentation calls it.
    fn index(profile: i64, most: usize, name: &str, vm: &VirtualMachine) -> PyResult<usize> {
        match usize::try_from(profile) {
            Ok(n) if (1..=most).contains(&n) => Ok(n - 1),
            _ => Err(vm.new_value_error(format!("invalid value, {name} should be in [1,{most}]."))),
        }
    }

    fn old(profile: i64, vm: &VirtualMachine) -> PyResult<usize> {
        index(profile, PROFILES, firmware::of(vm)?.profile_argument, vm)
    }

    fn new(profile: i64, vm: &VirtualMachine) -> PyResult<usize> {
        index(profile, NEW_PROFILES, "profileID", vm)
    }

    fn within(n: i64, most: u8, name: &str, vm: &VirtualMachine) -> PyResult<u8> {
        match u8::try_from(n) {
            Ok(n) if n <= most => Ok(n),
            _ => Err(vm.new_value_error(format!("invalid value, {name} should be in [0,{most}]."))),
        }
    }

    fn short(text: String, name: &str, vm: &VirtualMachine) -> PyResult<String> {
        let most = firmware::of(vm)?.apn_length;
        if text.len() <= most {
            return Ok(text);
        }
        Err(vm.new_value_error(format!("invalid value, the length of {name} should be in [0,{most}].")))
    }

    fn context<R>(board: &Board, profile: usize, act: impl FnOnce(&mut Context) -> R) -> Option<R> {
        board.radio(|radio, _| radio.contexts.get_mut(profile).map(act))
    }

    /// Dials and waits until the context is up: 0, or −1 when the network cannot be had.
    fn dial(board: &Board, profile: usize, vm: &VirtualMachine) -> PyResult<i64> {
        let Some(wait) = board.time_to_dial(profile) else { return Ok(FAILED) };
        if !wait.is_zero() && !board.radio(|radio, _| radio.asynchronous) {
            error::sleep(wait, vm)?;
        }
        Ok(status(board.radio(|radio, up| radio.activate(profile, up))))
    }

    #[derive(FromArgs)]
    struct Start {
        #[pyarg(any)]
        profileidx: i64,
        #[pyarg(any, default = 0)]
        iptype: i64,
        #[pyarg(any, optional)]
        apn: OptionalArg<TextOrBytes>,
        #[pyarg(any, optional)]
        username: OptionalArg<TextOrBytes>,
        #[pyarg(any, optional)]
        password: OptionalArg<TextOrBytes>,
        #[pyarg(any, default = 0)]
        authtype: i64,
        #[pyarg(any, default)]
        _cur_simid: Option<PyObjectRef>,
    }

    fn given(argument: &OptionalArg<TextOrBytes>, name: &str, vm: &VirtualMachine) -> PyResult<String> {
        match argument {
            OptionalArg::Present(argument) => short(text(argument), name, vm),
            OptionalArg::Missing => Ok(String::new()),
        }
    }

    fn definition(s: &Start, vm: &VirtualMachine) -> PyResult<Definition> {
        Ok(Definition {
            ip_type: within(s.iptype, 2, "ipType", vm)?,
            apn: given(&s.apn, "apn", vm)?,
            user: given(&s.username, "username", vm)?,
            password: given(&s.password, "password", vm)?,
            auth: within(s.authtype, 3, "authType", vm)?,
        })
    }

    /// The old API: defines the context and dials it. One that is up stays as it is.
    #[pyfunction]
    fn start(arguments: Start, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = old(arguments.profileidx, vm)?;
        let definition = definition(&arguments, vm)?;
        let board = session::of(vm)?;
        if !board.radio(|radio, up| radio.is_up(profile, up)) {
            context(&board, profile, |c| c.definition = definition);
        }
        dial(&board, profile, vm)
    }

    #[derive(FromArgs)]
    struct Stop {
        #[pyarg(any)]
        profileidx: i64,
        #[pyarg(any)]
        iptype: i64,
        #[pyarg(any, default)]
        _cur_simid: Option<PyObjectRef>,
    }

    #[pyfunction]
    fn stop(arguments: Stop, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = old(arguments.profileidx, vm)?;
        within(arguments.iptype, 2, "ipType", vm)?;
        Ok(status(session::of(vm)?.radio(|radio, _| radio.deactivate(profile))))
    }

    #[derive(FromArgs)]
    struct Profile {
        #[pyarg(any, name = "profileID")]
        profile: i64,
        #[pyarg(any, default)]
        _simid: Option<PyObjectRef>,
    }

    #[pyfunction]
    fn activate(arguments: Profile, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = new(arguments.profile, vm)?;
        dial(&*session::of(vm)?, profile, vm)
    }

    #[pyfunction]
    fn deactivate(arguments: Profile, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = new(arguments.profile, vm)?;
        Ok(status(session::of(vm)?.radio(|radio, _| radio.deactivate(profile))))
    }

    #[derive(FromArgs)]
    struct GetInfo {
        #[pyarg(any, name = "profileIdx")]
        profile: i64,
        #[pyarg(any, name = "ipType")]
        ip_type: i64,
        #[pyarg(any, default)]
        _simid: Option<PyObjectRef>,
    }

    /// `(profile, ipType, [state, reconnect, address, dns, dns])`
    #[pyfunction(name = "getInfo")]
    fn get_info(arguments: GetInfo, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let profile = old(arguments.profile, vm)?;
        let ip_type = within(arguments.ip_type, 2, "ipType", vm)?;
        let board = session::of(vm)?;
        let dialled = context(&board, profile, |c| c.was_dialled()).unwrap_or(false);
        let value = if !dialled && firmware::of(vm)?.unknown_call_fails {
            Value::Int(FAILED)
        } else {
            board.data_call(profile, ip_type)
        };
        Ok(object(&value, vm))
    }

    #[derive(FromArgs)]
    struct SetPdpContext {
        #[pyarg(any, name = "profileID")]
        profile: i64,
        #[pyarg(any, name = "ipType")]
        ip_type: i64,
        #[pyarg(any)]
        apn: Option<TextOrBytes>,
        #[pyarg(any)]
        username: Option<TextOrBytes>,
        #[pyarg(any)]
        password: Option<TextOrBytes>,
        #[pyarg(any, name = "authType")]
        auth_type: i64,
        #[pyarg(any, default)]
        _simid: Option<PyObjectRef>,
    }

    /// Defines a context for the next dial. None keeps what it had.
    #[pyfunction(name = "setPDPContext")]
    fn set_pdp_context(a: SetPdpContext, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = new(a.profile, vm)?;
        let ip_type = within(a.ip_type, 2, "ipType", vm)?;
        let auth = within(a.auth_type, 3, "authType", vm)?;
        let board = session::of(vm)?;
        let mut d = context(&board, profile, |c| c.definition.clone()).unwrap_or_default();
        for (name, given, field) in [
            ("apn", a.apn, &mut d.apn),
            ("username", a.username, &mut d.user),
            ("password", a.password, &mut d.password),
        ] {
            if let Some(given) = given {
                *field = short(text(&given), name, vm)?;
            }
        }
        d.ip_type = ip_type;
        d.auth = match (d.user.is_empty() && d.password.is_empty(), auth) {
            (true, _) => 0,
            // A name or password without a method: CHAP.
            (false, 0) => 2,
            (false, auth) => auth,
        };
        Ok(status(context(&board, profile, |c| c.definition = d).is_some()))
    }

    #[pyfunction(name = "getPDPContext")]
    fn get_pdp_context(arguments: Profile, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let profile = new(arguments.profile, vm)?;
        let d = context(&*session::of(vm)?, profile, |c| c.definition.clone()).unwrap_or_default();
        let sim = firmware::of(vm)?.context_tells_sim.then_some(Value::Int(0));
        let fields = [
            i64::from(d.ip_type).into(),
            Value::Text(d.apn),
            Value::Text(d.user),
            Value::Text(d.password),
            i64::from(d.auth).into(),
        ];
        Ok(object(&Value::Tuple(fields.into_iter().chain(sim).collect()), vm))
    }

    #[derive(FromArgs)]
    struct SetApn {
        #[pyarg(any, name = "profileIdx")]
        profile: i64,
        #[pyarg(any)]
        iptype: i64,
        #[pyarg(any)]
        apn: TextOrBytes,
        #[pyarg(any, name = "user")]
        user: TextOrBytes,
        #[pyarg(any)]
        password: TextOrBytes,
        #[pyarg(any)]
        authtype: i64,
        #[pyarg(any, default = 0)]
        flag: i64,
    }

    impl SetApn {
        fn definition(&self, vm: &VirtualMachine) -> PyResult<Definition> {
            Ok(Definition {
                ip_type: within(self.iptype, 2, "iptype", vm)?,
                apn: short(text(&self.apn), "apn", vm)?,
                user: short(text(&self.user), "username", vm)?,
                password: short(text(&self.password), "password", vm)?,
                auth: within(self.authtype, 3, "authtype", vm)?,
            })
        }
    }

    /// The old API: writes `/usr/user_apn.json` for the next power-on and, with flag 0, dials at once where the
    /// firmware does.
    #[pyfunction(name = "setApn")]
    fn set_apn(a: SetApn, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = old(a.profile, vm)?;
        let flag = within(a.flag, 1, "flag", vm)?;
        let definition = a.definition(vm)?;
        let board = session::of(vm)?;
        if board.write_user_apn(profile, &definition).is_err() {
            return Ok(FAILED);
        }
        context(&board, profile, |c| c.definition = definition);
        let dials = flag == 0 && firmware::of(vm)?.set_apn_dials;
        if dials { dial(&board, profile, vm) } else { Ok(0) }
    }

    /// As `setApn`; whose APN it is (0 the default, 1 the user's) makes no difference here.
    #[pyfunction(name = "recordApn")]
    fn record_apn(a: SetApn, vm: &VirtualMachine) -> PyResult<i64> {
        let profile = old(a.profile, vm)?;
        let definition = a.definition(vm)?;
        Ok(status(session::of(vm)?.write_user_apn(profile, &definition).is_ok()))
    }

    #[pyfunction(name = "getApn")]
    fn get_apn(_simid: i64, profile: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<Text> {
        let profile = old(profile.unwrap_or(1), vm)?;
        Ok(Text(context(&*session::of(vm)?, profile, |c| c.definition.apn.clone()).unwrap_or_default()))
    }

    #[pyfunction(name = "setAsynMode")]
    fn set_asyn_mode(mode: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let mode = within(mode, 1, "mode", vm)?;
        session::of(vm)?.radio(|radio, _| radio.asynchronous = mode == 1);
        Ok(0)
    }

    #[derive(FromArgs)]
    struct Wanted {
        #[pyarg(any, name = "profileID")]
        profile: i64,
        #[pyarg(any)]
        enable: i64,
        #[pyarg(any, default)]
        _simid: Option<PyObjectRef>,
    }

    fn wish(wish: Wish, a: &Wanted, vm: &VirtualMachine) -> PyResult<()> {
        let profile = new(a.profile, vm)?;
        let enable = within(a.enable, 1, "enable", vm)?;
        match session::of(vm)?.wish(wish, profile, enable == 1) {
            Ok(_) => Ok(()),
            Err(_) => Err(vm.new_value_error("/usr/datacall_config.json is malformed; remove it")),
        }
    }

    #[pyfunction(name = "setAutoActivate")]
    fn set_auto_activate(arguments: Wanted, vm: &VirtualMachine) -> PyResult<()> {
        wish(Wish::Activate, &arguments, vm)
    }

    #[pyfunction(name = "setAutoConnect")]
    fn set_auto_connect(arguments: Wanted, vm: &VirtualMachine) -> PyResult<Option<i64>> {
        wish(Wish::Connect, &arguments, vm)?;
        Ok(firmware::of(vm)?.auto_connect_returns)
    }

    /// The callback gets `(profile, state, simid)`; state 1 is up.
    #[pyfunction(name = "setCallback")]
    fn set_callback(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        callbacks::set(Source::DataCall, callable, vm).map(|()| 0)
    }

    #[pyfunction(name = "setDnsserver")]
    #[pyfunction(name = "setDNSServer")]
    fn set_dns_server(
        profile: i64,
        _simid: i64,
        first: TextOrBytes,
        second: TextOrBytes,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let profile = old(profile, vm)?;
        let servers = [text(&first), text(&second)];
        if servers.iter().any(|s| s.parse::<std::net::IpAddr>().is_err()) {
            return Ok(FAILED);
        }
        Ok(status(context(&*session::of(vm)?, profile, |c| c.dns = Some(servers)).is_some()))
    }

    /// `(mac, mask, gateway)` of IPv4, `(mac, gateway)` of IPv6, `[v4, v6]` of both.
    #[pyfunction(name = "getAddressinfo")]
    fn get_address_info(profile: i64, ip_type: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let profile = old(profile, vm)?;
        let ip_type = within(ip_type, 2, "iptype", vm)?;
        Ok(object(&session::of(vm)?.address_info(profile, ip_type), vm))
    }

    /// Traffic is not counted.
    #[pyfunction(name = "getSiminfo")]
    fn get_sim_info(_simid: i64) -> (i64, i64, i64, i64) {
        (0, 0, 0, 0)
    }

    #[pyfunction(name = "getSpeed")]
    fn get_speed() -> (i64, i64) {
        (0, 0)
    }
}
