//! What differs between firmware columns.

use super::machine::Machine;
use super::misc::Misc;

/// Modules, and names of each.
pub type Lacking = &'static [(&'static str, &'static [&'static str])];

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Firmware {
    /// As `--firmware` takes it.
    pub name: &'static str,
    /// `usys.implementation.version`
    pub micropython: [i32; 3],
    /// How much memory a script may take, in bytes of this computer, on which objects are some times larger than on a module.
    pub heap: usize,
    /// `_thread.stack_size()` without argument, in words.
    pub thread_stack: i64,
    /// The least that `_thread.stack_size(n)` takes.
    pub thread_stack_least: i64,
    /// Whether `_thread.stack_size` returns the size before, and without argument sets the default, as MicroPython's
    /// `py/modthread.c` does.
    pub thread_stack_resets: bool,
    /// Whether semaphores and `threadIsRunning` exist in `_thread`.
    pub has_semaphores: bool,
    /// Whether `ujson.dumps` takes separators.
    pub json_separators: bool,
    /// Whether `ujson.loads` takes `[1` for `[1]`.
    pub json_unclosed: bool,
    /// `usys.path`: the current folder, which is the root at power-on (`from usr import x`), and with it the
    /// project's where firmware of that generation has it.
    pub path: &'static [&'static str],
    /// The current folder when a script starts: the root, from which the firmware runs it; MicroPython's unix port starts
    /// where its user is.
    pub start_folder: &'static str,
    /// Whether `MICROPYPATH` of the host's environment stands in `usys.path`, as for MicroPython's unix port.
    pub reads_micropypath: bool,
    /// Whether the main script has `__file__`: since 1.28 (`shared/runtime/pyexec.c`; 1.25 and 1.12 set it for imported
    /// files only), and always in MicroPython's unix port.
    pub main_has_file: bool,
    /// Whether `usys` calls itself `sys`, and so all whose names have a `u` in front: since 1.21.
    pub plain_module_names: bool,
    /// Whether a script may unmount the root with all that is in it.
    pub root_can_be_unmounted: bool,
    /// Whether the current folder may be removed, which `uos.getcwd` then says.
    pub folder_can_vanish: bool,
    /// Modules that no file of a script's stands in for, though they have a name without `u`.
    pub unshadowed: &'static [&'static str],
    /// Whether exceptions say what MicroPython 1.12 says where later ones say something else.
    pub texts_of_1_12: bool,
    /// Built-in names that this firmware lacks, beside those that no module has.
    pub builtins_missing: &'static [&'static str],
    /// Whether `str.center`, `str.splitlines`, `bytes.hex`, `dict.fromkeys` and their like are there.
    pub optional_methods: bool,
    /// Whether `repr` of a text shows what is not ASCII as it is.
    pub raw_repr: bool,
    /// Whether `encode` and `decode` look at the name of the coding: utf-8, utf8 or ascii (`py/objstr.c`, 2026-07).
    pub checks_codings: bool,
    /// How `int.to_bytes` and `int.from_bytes` read their arguments.
    pub int_bytes: IntBytes,
    /// Whether floats are printed with sixteen digits, instead of as many as tell them from all others.
    pub short_floats: bool,
    /// Whether the grammar has f-strings.
    pub f_strings: bool,
    /// Whether the grammar has two `*x` in one call.
    pub many_stars: bool,
    /// Whether the grammar has `f(a=1, *x)`: until 2026-04 (`py/compile.c`).
    pub star_after_keyword: bool,
    /// Whether `next` takes what to return at the end.
    pub next_default: bool,
    /// How many arguments `ntptime.time` takes, and `ntptime.settime`.
    pub ntp_time_arguments: i32,
    /// How many `ntptime.settime` takes.
    pub ntp_set_arguments: i32,
    /// Whether `ntptime.host` stays as it was when another server had to answer.
    pub ntp_keeps_host: bool,
    /// Whether `ntptime.settime` raises where no server answers.
    pub ntp_set_raises: bool,
    /// Whether `request` goes on without TLS where it fails.
    pub request_ignores_tls: bool,
    /// Whether `osTimer.start` refuses what cannot be called.
    pub timer_checks_callback: bool,
    /// Whether `sys_bus.unsubscribe` says whether it found the callback; else it raises where there is none.
    pub bus_tells: bool,
    /// Whether `ucollections.deque` takes more than an empty tuple, and has all its methods.
    pub full_deque: bool,
    /// Whether the loop of `uasyncio` goes on when its main task waits for what cannot happen: since MicroPython 1.26
    /// (`extmod/asyncio/core.py`); before, `run` returned.
    pub asyncio_waits_for_ever: bool,
    /// Whether exceptions have `errno`.
    pub has_errno: bool,
    /// Whether arrays compare by their codes, and have an order; 1.12 compares the bytes of any two (`py/objarray.c`).
    pub array_compares_codes: bool,
    /// Codes that `ustruct` lacks: the pad byte `x` came after 1.12, floats of two bytes (`e`) with 1.25 (`py/binary.c`).
    pub struct_lacks: &'static [u8],
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
    /// What there is in `machine`.
    pub machine: &'static Machine,
    /// What there is in `misc`.
    pub misc: &'static Misc,
    /// Names that modules lack in this column.
    pub lacks: Lacking,
    /// Whether modules have the names that only MicroPython's own ports have.
    pub names_of_micropython: bool,
    /// Whether functions have `__globals__`: MicroPython's own, since 1.14; no module is known to.
    pub function_globals: bool,
    /// Whether `ure` has an engine; without one it looks for the pattern itself and answers True or None.
    pub regex_engine: bool,
    /// Whether a pattern of `ure` takes where to start and to end.
    pub regex_bounds: bool,
    /// What `ure` says of a pattern that it does not understand.
    pub regex_refused: &'static str,
    /// How `ubinascii.unhexlify` reads digits.
    pub hex: Hex,
    /// Whether `ubinascii.b2a_base64` takes `newline=`.
    pub base64_newline: bool,
    /// Whether `urandom.getrandbits(0)` is 0.
    pub random_no_bits: bool,
    /// Whether `hashlib` is `uhashlib`, as in MicroPython, and not Quectel's.
    pub hash_is_of_micropython: bool,
    /// Whether a digest of `uhashlib` that was taken refuses to go on.
    pub hash_final: bool,
}

/// `int.to_bytes` and `int.from_bytes` (`py/objint.c`). `from_bytes` is unsigned in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntBytes {
    /// MicroPython 1.12: length and order have to be there, and what does not fit is cut off.
    Cut,
    /// Until 1.28: both may be left out; what does not fit raises OverflowError; a negative int is signed.
    Checked,
    /// 2026-06: with keywords; a negative int wants `signed=True`.
    Signed,
}

/// `ubinascii.unhexlify`: what it says, and what it lets pass.
#[derive(Debug, Clone, Copy)]
pub struct Hex {
    /// Of an odd length, if that is looked at first.
    pub odd: Option<&'static str>,
    /// Of what is no digit.
    pub bad: &'static str,
    /// Whether there may be blanks between bytes.
    pub spaces: bool,
}

impl Firmware {
    /// Names that a module lacks.
    pub fn lacking(&self, module: &str) -> impl Iterator<Item = &'static str> {
        let others: Lacking = if self.names_of_micropython { &[] } else { OF_MICROPYTHON };
        let of_module = self.lacks.iter().chain(others).filter(move |(lacking, _)| *lacking == module);
        of_module.flat_map(|(_, names)| names.iter().copied())
    }
}

/// MicroPython has these; Quectel neither documents them nor has them in what it published: the options of
/// `py/mpconfig.h` for them are off there.
const OF_MICROPYTHON: Lacking = &[
    ("ubinascii", &["crc32"]),
    ("micropython", &["RingIO"]),
    ("usys", &["atexit", "exc_info"]),
    ("utime", &["time_ns"]),
    ("uos", &["getenv", "putenv", "sep", "unlink", "unsetenv"]),
];
