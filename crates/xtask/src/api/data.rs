//! What is known of the list's names beside the list.

/// Modules all of whose names are there, and stay so. A module of [`WANTED`] comes here when it is complete.
#[cfg(test)]
pub(super) const COMPLETE: &[&str] = &[
    "_thread",
    "gc",
    "log",
    "ntptime",
    "osTimer",
    "queue",
    "request",
    "sys",
    "sys_bus",
    "uasyncio",
    "ucollections",
    "ujson",
    "umqtt",
    "usocket",
    "ustruct",
    "usys",
    "utime",
    "uwebsocket",
];

/// Modules that are to be complete and are not yet.
#[cfg(test)]
pub(super) const WANTED: &[&str] = &[
    "checkNet",
    "dataCall",
    "example",
    "machine",
    "misc",
    "modem",
    "net",
    "pm",
    "ql_fs",
    "sim",
    "sms",
    "ubinascii",
    "uhashlib",
    "uio",
    "uos",
    "uping",
    "urandom",
    "ure",
    "ussl",
    "uzlib",
    "voiceCall",
];

/// Of all names this many in a hundred are there, simulated or not. To become 85.
#[cfg(test)]
pub(super) const LEAST_PERCENT: usize = 58;

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
    // What is imported is the class itself.
    ("fota", "fota", "m"),
    ("osTimer", "osTimer", "m"),
    // Methods of the card that VfsSd makes.
    ("uos", "set_callback", "m.VfsSd('sd_fs').set_callback"),
    ("uos", "set_det", "m.VfsSd('sd_fs').set_det"),
];

/// Names that the list has by mistake, and why they are none: the module contract, where it names them.
pub(super) const DENIED: &[(&str, &str, &str)] = &[
    ("app_fota_download", "(name, platform)", "two variables of an implementation, taken for one name"),
    ("uio", "close", "a method of open files; the module has no such function"),
];
