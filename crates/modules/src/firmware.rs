//! In what the firmware columns differ beside their sockets, as data. Source: rows of the module contract marked G1, G2, G3;
//! the columns' names and sockets are `quecpy_usocket::semantics`.

use quecpy_usocket::Environment;
use rustpython_vm::{PyResult, VirtualMachine};

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Firmware {
    /// As `--firmware` takes it.
    pub name: &'static str,
    /// `usys.implementation.version`
    pub micropython: [i32; 3],
    /// `_thread.stack_size()` without argument, in words.
    pub thread_stack: i64,
    /// The least that `_thread.stack_size(n)` takes.
    pub thread_stack_least: i64,
    /// Whether semaphores and `threadIsRunning` exist in `_thread`.
    pub has_semaphores: bool,
    /// Whether `ujson.dumps` takes separators.
    pub json_separators: bool,
    /// Whether `ujson.loads` takes `[1` for `[1]`.
    pub json_unclosed: bool,
    /// `usys.path`: the current folder, which is the root at power-on (`from usr import x`), and with it the
    /// project's where firmware of that generation has it.
    pub path: &'static [&'static str],
    /// Whether `ustruct` knows the pad byte `x`.
    pub struct_pad: bool,
    /// Events that may wait for their callbacks.
    pub callback_queue: usize,
    /// Whether `net.csqQueryPoll()` returns `(csq, 99)`.
    pub csq_is_a_pair: bool,
    /// Whether `net.getSignal()` returns `(rssi, rsrp, rsrq, sinr)`.
    pub signal_is_flat: bool,
    /// Whether cell queries tell one cell, in a form of their own.
    pub only_serving_cell: bool,
    /// Whether `net.operatorName()` tells country and network codes.
    pub operator_has_codes: bool,
    /// Whether `net.nitzTime()` ever has the network's time.
    pub has_network_time: bool,
    /// What dataCall's errors call the profile.
    pub profile_argument: &'static str,
    /// The longest APN, user name and password.
    pub apn_length: usize,
    /// Whether `dataCall.getInfo` of a profile that was never dialled is −1.
    pub unknown_call_fails: bool,
    /// Whether `dataCall.getPDPContext` ends with the SIM's number.
    pub context_tells_sim: bool,
    /// Whether `dataCall.setApn` dials at once.
    pub set_apn_dials: bool,
    /// What `dataCall.setAutoConnect` returns.
    pub auto_connect_returns: Option<i64>,
    /// Whether checkNet gives up on a SIM card that is absent or locked.
    pub sim_fails_at_once: bool,
    /// Whether checkNet tells −1 for any state short of registration.
    pub registration_fails_blindly: bool,
    /// Whether checkNet knows why the module was switched on.
    pub tells_power_on_reason: bool,
    /// Whether `sms.sendPduMsg` returns what it sent.
    pub sent_pdu_is_returned: bool,
    /// Whether voiceCall's event of dialling is a number instead of a tuple.
    pub dialling_is_a_number: bool,
    /// What is printed at power-on.
    pub boot_line: Option<&'static str>,
    /// Names that modules lack.
    pub absent: &'static [(&'static str, &'static [&'static str])],
}

const DOCUMENTED: Firmware = Firmware {
    name: "documented",
    micropython: [1, 25, 0],
    thread_stack: 8448,
    thread_stack_least: 8192,
    has_semaphores: true,
    json_separators: true,
    json_unclosed: false,
    path: &["", "/usr"],
    struct_pad: true,
    callback_queue: 64,
    csq_is_a_pair: false,
    signal_is_flat: false,
    only_serving_cell: false,
    operator_has_codes: true,
    has_network_time: true,
    profile_argument: "profileIdx",
    apn_length: 64,
    unknown_call_fails: false,
    context_tells_sim: false,
    set_apn_dials: true,
    auto_connect_returns: None,
    sim_fails_at_once: false,
    registration_fails_blindly: false,
    tells_power_on_reason: true,
    sent_pdu_is_returned: false,
    dialling_is_a_number: false,
    boot_line: None,
    absent: &[NEW_WIFI],
};

/// Names of wifiScan that went with the first generation.
const NEW_WIFI: (&str, &[&str]) = ("wifiScan", &["setConfig", "getConfig"]);

const COLUMNS: [Firmware; 5] = [
    DOCUMENTED,
    Firmware {
        name: "2021",
        micropython: [1, 12, 0],
        has_semaphores: false,
        json_separators: false,
        json_unclosed: true,
        path: &[""],
        struct_pad: false,
        apn_length: 63,
        unknown_call_fails: true,
        auto_connect_returns: Some(0),
        sim_fails_at_once: true,
        dialling_is_a_number: true,
        boot_line: Some("mount."),
        absent: &[
            ("checkNet", &["waitNetworkReady"]),
            ("dataCall", &["stop", "getAddressinfo"]),
            ("net", &["getCellInfos"]),
            ("ql_fs", &["write_json"]),
            ("sim", &["getPinRemAttempts"]),
            ("wifiScan", &["setCfgParam", "getCfgParam"]),
        ],
        ..DOCUMENTED
    },
    Firmware {
        name: "2025",
        profile_argument: "profileID",
        tells_power_on_reason: false,
        absent: &[("checkNet", &["waitNetworkReady"]), ("dataCall", &["setApn", "recordApn"]), NEW_WIFI],
        ..DOCUMENTED
    },
    Firmware {
        name: "2026",
        micropython: [1, 28, 0],
        thread_stack: 2048,
        thread_stack_least: 1024,
        callback_queue: 8,
        csq_is_a_pair: true,
        signal_is_flat: true,
        only_serving_cell: true,
        operator_has_codes: false,
        has_network_time: false,
        profile_argument: "profileID",
        context_tells_sim: true,
        set_apn_dials: false,
        registration_fails_blindly: true,
        sent_pdu_is_returned: true,
        boot_line: Some("QuecPython on EG800ZCN_LA with MicroPython v1.28.0"),
        path: &[""],
        ..DOCUMENTED
    },
    Firmware { name: "micropython", ..DOCUMENTED },
];

/// The column this VM behaves like.
///
/// # Errors
/// As [`Environment::of`].
pub fn of(vm: &VirtualMachine) -> PyResult<&'static Firmware> {
    let name = Environment::of(vm)?.semantics.name;
    Ok(COLUMNS.iter().find(|c| c.name == name).unwrap_or(&COLUMNS[0]))
}

pub(crate) use for_frozen::module_def as definition;

/// What modules written in Python need of it. Not for scripts.
#[rustpython_vm::pymodule(name = "_quecpy_firmware")]
mod for_frozen {
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let column = super::of(vm)?;
        for (name, value) in [
            ("sim_fails_at_once", column.sim_fails_at_once),
            ("registration_fails_blindly", column.registration_fails_blindly),
            ("tells_power_on_reason", column.tells_power_on_reason),
        ] {
            module.as_object().set_attr(name, vm.ctx.new_bool(value), vm)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_sockets() {
        assert_eq!(COLUMNS.map(|c| c.name), quecpy_usocket::semantics::COLUMNS.map(|c| c.name));
    }
}
