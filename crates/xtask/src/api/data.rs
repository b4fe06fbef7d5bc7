//! What is known of the list's names beside the list.

/// Modules all of whose names are there, and stay so.
#[cfg(test)]
pub(super) const COMPLETE: &[&str] = &[
    "WDT",
    "_thread",
    "checkNet",
    "dataCall",
    "example",
    "gc",
    "log",
    "machine",
    "misc",
    "modem",
    "net",
    "ntptime",
    "osTimer",
    "pm",
    "ql_fs",
    "qrcode",
    "queue",
    "request",
    "sim",
    "sms",
    "sys",
    "sys_bus",
    "uasyncio",
    "ubinascii",
    "ucollections",
    "uhashlib",
    "uio",
    "ujson",
    "umqtt",
    "uos",
    "uping",
    "urandom",
    "ure",
    "usocket",
    "ussl",
    "ustruct",
    "usys",
    "utime",
    "uwebsocket",
    "uzlib",
    "voiceCall",
];

/// Of all names this many in a hundred are there, simulated or not.
#[cfg(test)]
pub(super) const LEAST_PERCENT: usize = 99;

/// Modules of the list that are pages about a class: what a script imports instead.
pub(super) const PAGES: &[(&str, &str)] = &[("WDT", "machine")];

/// How a script gets what the documentation calls `module.head`, where that is no attribute of the module. `m` is
/// the module.
pub(super) const MEANS: &[(&str, &str, &str)] = &[
    // The classes are the documentation's; scripts get instances.
    ("_thread", "Lock", "m.allocate_lock()"),
    ("_thread", "Semphore", "m.allocate_semphore(1)"),
    ("uhashlib", "MD5", "m.md5()"),
    ("uhashlib", "SHA1", "m.sha1()"),
    ("uhashlib", "SHA256", "m.sha256()"),
    ("ure", "Match", "m.match('a', 'a')"),
    ("WDT", "feed", "m.WDT.feed"),
    ("WDT", "stop", "m.WDT.stop"),
    // What is imported is the class itself.
    ("fota", "fota", "m"),
    ("osTimer", "osTimer", "m"),
    // Methods of the card that VfsSd makes.
    ("uos", "set_callback", "m.VfsSd('sd_fs').set_callback"),
    ("uos", "set_det", "m.VfsSd('sd_fs').set_det"),
];

/// Names of the list that the simulated module does not have, and why.
pub(super) const DENIED: &[(&str, &str, &str)] = &[
    ("app_fota_download", "(name, platform)", "two variables of an implementation, taken for one name"),
    ("modem", "getDevMAC", "only modules with Wi-Fi have it; AttributeError on all others"),
    ("uio", "close", "a method of open files; the module has no such function"),
];
