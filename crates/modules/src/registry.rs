//! THE table of Python modules: every name a script can import that is not its own file.

use crate::unsimulated::{self, Surface};
use rustpython_vm::Context;
use rustpython_vm::builtins::PyModuleDef;

/// Where a module's behaviour is written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Rust. The definition's own name may differ from the module's: RustPython has internal modules of the same
    /// name (`_thread`, `gc`) that its import machinery needs.
    Native(fn(&Context) -> &'static PyModuleDef),
    /// Python, in `frozen/`.
    Frozen,
    /// Python, in `frozen/`; what is imported is the class of the module's own name.
    FrozenClass,
    /// The VM's own built-in names.
    Builtins,
    /// Names only: what it would do is not simulated.
    Unsimulated(&'static Surface),
    /// Another name of a module in this table.
    Alias(&'static str),
}

/// Where a module comes from on the real thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// MicroPython has it.
    MicroPython,
    /// Quectel adds it.
    Quectel,
}

/// One module name.
#[derive(Clone, Copy)]
pub struct Module {
    /// What `import` names.
    pub name: &'static str,
    /// What it is made of.
    pub kind: Kind,
    /// Whose module it is.
    pub origin: Origin,
    /// Whether a file of the script's own with this name is imported instead, as on the module: names that
    /// MicroPython knows as "weak links" may be shadowed, built-in ones not.
    pub shadowable: bool,
    /// The firmware columns that have it; none: all.
    pub columns: Option<&'static [&'static str]>,
    /// What it does, in a line.
    pub summary: &'static str,
}

/// A row of a native module.
#[must_use]
pub const fn native(
    name: &'static str,
    definition: fn(&Context) -> &'static PyModuleDef,
    summary: &'static str,
) -> Module {
    Module {
        name,
        kind: Kind::Native(definition),
        origin: Origin::MicroPython,
        shadowable: false,
        columns: None,
        summary,
    }
}

const fn quectel(
    name: &'static str,
    definition: fn(&Context) -> &'static PyModuleDef,
    summary: &'static str,
) -> Module {
    Module { origin: Origin::Quectel, ..native(name, definition, summary) }
}

/// A row of a module written in Python.
#[must_use]
pub const fn frozen(name: &'static str, summary: &'static str) -> Module {
    Module { name, kind: Kind::Frozen, origin: Origin::Quectel, shadowable: false, columns: None, summary }
}

const fn unsimulated(name: &'static str, surface: &'static Surface, summary: &'static str) -> Module {
    Module {
        name,
        kind: Kind::Unsimulated(surface),
        origin: Origin::Quectel,
        shadowable: false,
        columns: None,
        summary,
    }
}

/// What only some models' firmware has: a file of the script's own with this name is imported instead.
const fn optional(name: &'static str, surface: &'static Surface, summary: &'static str) -> Module {
    Module { shadowable: true, ..unsimulated(name, surface, summary) }
}

/// The same where generation 1 does not have it: its published firmware knows no such name.
const fn newer(name: &'static str, surface: &'static Surface, summary: &'static str) -> Module {
    Module { columns: Some(&["documented", "2025", "2026"]), ..optional(name, surface, summary) }
}

/// What the published firmware of generation 1 has in Python; whether later firmware has it nothing published tells, so there a
/// file of the script's own with this name is imported instead (`Firmware::unshadowed`).
const fn of_generation_1(name: &'static str, summary: &'static str) -> Module {
    Module { shadowable: true, ..frozen(name, summary) }
}

const fn weak(name: &'static str, of: &'static str) -> Module {
    Module { name, kind: Kind::Alias(of), origin: Origin::MicroPython, shadowable: true, columns: None, summary: "" }
}

/// What MicroPython has on every port with its "extra features" (`py/mpconfig.h`), and no published firmware of Quectel's.
const fn of_micropython(
    name: &'static str,
    definition: fn(&Context) -> &'static PyModuleDef,
    summary: &'static str,
) -> Module {
    Module { shadowable: true, columns: Some(&["micropython"]), ..native(name, definition, summary) }
}

/// The same, written in Python.
const fn of_micropython_frozen(name: &'static str, summary: &'static str) -> Module {
    Module { shadowable: true, origin: Origin::MicroPython, columns: Some(&["micropython"]), ..frozen(name, summary) }
}

impl Module {
    /// Whether a firmware column has it.
    #[must_use]
    pub fn is_in(&self, column: &str) -> bool {
        self.columns.is_none_or(|columns| columns.contains(&column))
    }
}

/// All of them, by name.
pub const MODULES: &[Module] = &[
    newer("G711", &unsimulated::G711, "voice codec"),
    newer("Opus", &unsimulated::OPUS, "voice codec"),
    unsimulated("Qth", &unsimulated::QTH, "client of Quectel's device cloud"),
    quectel("SecureData", crate::quectel::secure_data::definition, "data beside the file system"),
    unsimulated("TenCentYun", &unsimulated::TEN_CENT_YUN, "client of Tencent's cloud"),
    newer("TiktokRTC", &unsimulated::TIKTOK_RTC, "voice service"),
    optional("__wifiLocator", &unsimulated::WIFI_LOCATOR, "what wifilocator asks"),
    native("_quecpy_firmware", crate::bridge::firmware::definition, ""),
    native("_quecpy_icmp", crate::quectel::icmp::definition, ""),
    frozen("_quecpy_loop", ""),
    frozen("_quecpy_machine", ""),
    frozen("_quecpy_mqtt", ""),
    frozen("_quecpy_streams", ""),
    native("_quecpy_time", crate::bridge::timing::definition, ""),
    native("_quecpy_update", crate::quectel::update::definition, ""),
    native("_quecpy_vfs", crate::stdlib::files::vfs::definition, ""),
    native("_thread", crate::stdlib::_thread::definition, "threads and locks"),
    unsimulated("aLiYun", &unsimulated::A_LI_YUN, "client of Alibaba's cloud"),
    frozen("app_fota", "new versions of a script's files"),
    frozen("app_fota_download", "what app_fota loads"),
    frozen("app_fota_mount", "where app_fota keeps it"),
    frozen("app_fota_updater", "puts it in place"),
    native("array", crate::stdlib::binary::array::definition, "numbers packed in memory"),
    weak("asyncio", "uasyncio"),
    quectel("atcmd", crate::quectel::atcmd::definition, "AT commands"),
    unsimulated("audio", &unsimulated::AUDIO, "playing, speaking, recording"),
    frozen("backup_restore", "copies of files in /bak"),
    frozen("bak_util", "a JSON file with a copy"),
    frozen("base64", "base 64 texts"),
    weak("binascii", "ubinascii"),
    unsimulated("ble", &unsimulated::BLE, "Bluetooth Low Energy"),
    unsimulated("bt", &unsimulated::BT, "Bluetooth"),
    Module {
        name: "builtins",
        kind: Kind::Builtins,
        origin: Origin::MicroPython,
        shadowable: false,
        columns: None,
        summary: "the names that need no import",
    },
    unsimulated("camera", &unsimulated::CAMERA, "camera"),
    quectel("cellLocator", crate::quectel::cell_locator::definition, "the position by cells"),
    frozen("checkNet", "waiting for the network"),
    of_generation_1("checksum", "the list of files that backup_restore watches"),
    native("cmath", crate::stdlib::cmath::definition, "functions of complex numbers"),
    weak("collections", "ucollections"),
    weak("cryptolib", "ucryptolib"),
    quectel("dataCall", crate::quectel::data_call::definition, "PDP contexts and their addresses"),
    optional("dial", &unsimulated::DIAL, "dialling"),
    unsimulated("dlms", &unsimulated::DLMS, "server of meters"),
    weak("errno", "uerrno"),
    unsimulated("ethernet", &unsimulated::ETHERNET, "Ethernet chips"),
    of_generation_1("event_message", "messages to handlers in a thread"),
    frozen("example", "running a file of the flash"),
    of_generation_1("file_crc32", "the CRC-32 of a file"),
    of_generation_1("file_sha256", "the SHA-256 of a file"),
    Module {
        name: "fota",
        kind: Kind::FrozenClass,
        origin: Origin::Quectel,
        shadowable: false,
        columns: None,
        summary: "the firmware's update",
    },
    of_micropython("framebuf", crate::stdlib::framebuf::definition, "drawing on pixels in memory"),
    native("gc", crate::stdlib::gc::definition, "memory figures and collection"),
    frozen("gnss", "a satellite receiver on a serial port"),
    frozen("hashlib", "digests that can be asked more than once"),
    of_micropython("heapq", crate::stdlib::heapq::definition, "a list as a queue of the least item"),
    optional("hls", &unsimulated::HLS, "playing what a server streams"),
    frozen("hmac", "keyed digests"),
    of_generation_1("hmacSha1", "HMAC-SHA1 as text"),
    weak("io", "uio"),
    weak("json", "ujson"),
    optional("librtmp", &unsimulated::LIBRTMP, "client of RTMP"),
    frozen("log", "lines with a level"),
    unsimulated("lvgl", &unsimulated::LVGL, "graphics"),
    newer("lwm2m", &unsimulated::LWM2M, "client of LwM2M"),
    quectel("machine", crate::machine::definition, "pins, timers, serial ports, buses, clock, watchdog, screen"),
    native("math", crate::stdlib::math::definition, "functions of numbers"),
    native("micropython", crate::stdlib::micropython::definition, "const and the compiler's decorators"),
    quectel("misc", crate::misc::definition, "power, converter, pulses, temperature, USB"),
    quectel("modem", crate::quectel::modem::definition, "who the module is"),
    optional("nb", &unsimulated::NB, "platforms of NB-IoT"),
    quectel("net", crate::quectel::net::definition, "registration, signal, cells"),
    frozen("ntptime", "time from NTP servers"),
    weak("os", "uos"),
    Module {
        name: "osTimer",
        kind: Kind::FrozenClass,
        origin: Origin::Quectel,
        shadowable: false,
        columns: None,
        summary: "timers with callbacks",
    },
    of_micropython("platform", crate::stdlib::platform::definition, "what the interpreter was built for"),
    quectel("pm", crate::quectel::pm::definition, "wake locks and sleep"),
    optional("poc", &unsimulated::POC, "push to talk"),
    frozen("ql_fs", "files by their paths, JSON files"),
    quectel("qrcode", crate::quectel::qrcode::definition, "QR codes on the screen"),
    unsimulated("qth_bus", &unsimulated::QTH_BUS, "part of Qth"),
    unsimulated("qth_config", &unsimulated::QTH_CONFIG, "part of Qth"),
    unsimulated("qth_dmp", &unsimulated::QTH_DMP, "part of Qth"),
    unsimulated("qth_file", &unsimulated::QTH_FILE, "part of Qth"),
    unsimulated("qth_init", &unsimulated::QTH_INIT, "part of Qth"),
    unsimulated("qth_ota", &unsimulated::QTH_OTA, "part of Qth"),
    unsimulated("qth_protocol", &unsimulated::QTH_PROTOCOL, "part of Qth"),
    unsimulated("qth_tlsCert", &unsimulated::QTH_TLS_CERT, "part of Qth"),
    optional("quecIot", &unsimulated::QUEC_IOT, "client of Quectel's device cloud"),
    quectel("quecgnss", crate::quectel::quecgnss::definition, "the built-in satellite receiver"),
    frozen("queue", "queues between threads"),
    weak("random", "urandom"),
    weak("re", "ure"),
    frozen("request", "HTTP client"),
    newer("rsa", &unsimulated::RSA, "RSA"),
    weak("securedata", "SecureData"),
    weak("select", "uselect"),
    optional("sensor", &unsimulated::SENSOR, "a sensor chip"),
    newer("sif", &unsimulated::SIF, "single-wire interface"),
    quectel("sim", crate::quectel::sim::definition, "the SIM card"),
    optional("slip", &unsimulated::SLIP, "a network interface over a serial line"),
    quectel("sms", crate::quectel::sms::definition, "short messages"),
    weak("socket", "usocket"),
    weak("ssl", "ussl"),
    weak("struct", "ustruct"),
    weak("sys", "usys"),
    frozen("sys_bus", "publish and subscribe within a script"),
    frozen("system", "the switch of the REPL"),
    weak("time", "utime"),
    newer("tp", &unsimulated::TP, "touch screens"),
    frozen("uasyncio", "coroutines"),
    native("ubinascii", crate::stdlib::binary::ubinascii::definition, "bytes as hexadecimal digits and in base 64"),
    frozen("ucollections", "namedtuple, OrderedDict, deque"),
    native("ucryptolib", crate::stdlib::binary::ucryptolib::definition, "AES"),
    Module {
        name: "uctypes",
        kind: Kind::Frozen,
        origin: Origin::MicroPython,
        shadowable: false,
        columns: None,
        summary: "structures over bytearrays",
    },
    native("uerrno", crate::stdlib::uerrno::definition, "error numbers"),
    native("uhashlib", crate::stdlib::binary::uhashlib::definition, "SHA-256, SHA-1, MD5"),
    native("uio", crate::stdlib::files::uio::definition, "streams in memory and in files"),
    native("ujson", crate::stdlib::ujson::definition, "JSON"),
    frozen("umqtt", "MQTT client"),
    of_micropython_frozen("unittest", "tests as micropython-lib runs them"),
    of_generation_1("unzip", "a deflated file that holds files"),
    native("uos", crate::stdlib::files::uos::definition, "files and folders of the flash"),
    frozen("uping", "ICMP echo"),
    native("urandom", crate::stdlib::urandom::definition, "random numbers"),
    native("ure", crate::stdlib::ure::definition, "regular expressions"),
    native("uselect", quecpy_usocket::uselect_module, "waiting for many sockets"),
    Module {
        name: "usocket",
        kind: Kind::Native(quecpy_usocket::usocket_module),
        origin: Origin::Quectel,
        shadowable: false,
        columns: None,
        summary: "sockets",
    },
    native("ussl", quecpy_usocket::ussl_module, "TLS"),
    native("ustruct", crate::stdlib::binary::ustruct::definition, "packed binary data"),
    native("usys", crate::stdlib::usys::definition, "the interpreter"),
    of_generation_1("utils", "running CRC-32"),
    native("utime", crate::stdlib::utime::definition, "clock, ticks and sleeping"),
    frozen("uwebsocket", "WebSocket client"),
    native("uzlib", crate::stdlib::binary::uzlib::definition, "reading deflated data"),
    of_micropython_frozen("vfs", "mounting file systems, and those that are built in"),
    quectel("voiceCall", crate::quectel::voice_call::definition, "telephone calls"),
    quectel("wakeup", crate::quectel::wakeup::definition, "lines that wake the module"),
    of_micropython_frozen("websocket", "frames of WebSocket over a stream"),
    quectel("wifiScan", crate::quectel::wifi_scan::definition, "access points within reach"),
    frozen("wifilocator", "the position by access points"),
];

/// Names that only modules of ours import.
#[must_use]
pub fn is_private(name: &str) -> bool {
    name.starts_with("_quecpy")
}

/// A module's row.
#[must_use]
pub fn find(name: &str) -> Option<&'static Module> {
    MODULES.binary_search_by(|m| m.name.cmp(name)).ok().map(|i| &MODULES[i])
}

/// The row that a name stands for in the end; never an alias.
#[must_use]
pub fn resolve(name: &str) -> Option<&'static Module> {
    let module = find(name)?;
    match module.kind {
        Kind::Alias(of) => resolve(of),
        _ => Some(module),
    }
}

/// All native definitions, to be given to the interpreter's builder.
#[must_use]
pub fn native_modules(ctx: &Context) -> Vec<&'static PyModuleDef> {
    definitions(MODULES, ctx).collect()
}

/// The native ones among `modules`.
pub fn definitions<'a>(modules: &'a [Module], ctx: &'a Context) -> impl Iterator<Item = &'static PyModuleDef> + 'a {
    modules.iter().filter_map(|m| match m.kind {
        Kind::Native(definition) => Some(definition(ctx)),
        _ => None,
    })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read documents and scripts")]
mod tests;
