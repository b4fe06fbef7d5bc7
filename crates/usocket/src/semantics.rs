//! The firmware columns: everything in which published firmware generations differ, as data.
//!
//! Source: `usocket` in three published firmware generations, MicroPython's `extmod/modlwip.c`, and Quectel's
//! documentation. A new difference is a new field here, never an `if` at the call.

use quecpy_net::errno;

/// What recv does at the end of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndOfStream {
    /// `b''`, every time.
    Empty,
    /// `b''` the first time, then this error.
    EmptyThen(i32),
    /// This error at once.
    Error(i32),
}

/// What accept returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptShape {
    /// `(conn, (ip, port))`
    Pair,
    /// `(conn, ip, port)`
    Triple,
    /// A triple for sockets made with IPPROTO_TCP_SER or TCP_CUSTOMIZE_PORT, a pair for every other.
    ByProtocol,
}

/// What getaddrinfo does with a name that has no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameNotFound {
    /// `getaddrinfo` returns an empty list.
    EmptyList,
    /// An OSError with this number.
    Error(i32),
}

/// What setsockopt does with an option it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownOption {
    /// Prints one line and returns.
    Warn,
    /// An OSError with this number.
    Error(i32),
}

/// What a `str` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strings {
    /// Bytes: `MICROPY_PY_BUILTINS_STR_UNICODE` is 0, its default in MicroPython 1.12, and the published `mpconfigport.h` of
    /// generation 1 does not set it. `len` and slices count bytes, `decode` takes any.
    Bytes,
    /// Characters: the published `mpconfigport.h` of 2025 and 2026 build on `MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES`,
    /// which has them, and with them the check of what `decode` takes.
    Unicode,
    /// What lets scripts for either run: characters, while bytes that are no text pass through `decode` and `encode`,
    /// which texts and bytes both have. A session whose first source with text that is not ASCII counts by threes has
    /// [`Strings::Bytes`].
    Both,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Semantics {
    /// As `--firmware` takes it.
    pub name: &'static str,
    /// What it is, for `--help` and `--version`.
    pub description: &'static str,
    /// What reading gives when the peer has closed its side.
    pub end_of_stream: EndOfStream,
    /// The shape of what `accept` returns.
    pub accept_shape: AcceptShape,
    /// Whether an accepted socket starts with the listener's timeout.
    pub accept_inherits_timeout: bool,
    /// Whether accept on a socket that was closed before its first accept listens again (the guide's listing).
    pub reopens_listener: bool,
    /// Whether listen() may be called without its backlog.
    pub listen_without_backlog: bool,
    /// Whether send goes on until all is sent.
    pub send_sends_all: bool,
    /// Whether sendto takes host names as well as address literals.
    pub sendto_resolves: bool,
    /// Whether the port of an address may be digits, as in getaddrinfo.
    pub port_as_digits: bool,
    /// The number of the OSError when a connection is refused.
    pub refused: i32,
    /// The number of the OSError of a second `connect`.
    pub already_connected: i32,
    /// What an unknown host name is.
    pub name_not_found: NameNotFound,
    /// What `setsockopt` makes of an unknown option.
    pub unknown_option: UnknownOption,
    /// Whether inet_pton and inet_ntop exist.
    pub has_inet_pton: bool,
    /// Whether getsockopt and getsendacksize exist.
    pub has_getsockopt: bool,
    /// Whether the constant SO_ACCEPTCONN exists.
    pub has_so_acceptconn: bool,
    /// Whether an error of TLS carries its name beside its number.
    pub tls_error_texts: bool,
    /// Whether a TLS socket has getsocketsta.
    pub has_tls_state: bool,
    /// What a `str` is, here and everywhere.
    pub strings: Strings,
}

/// lwIP's EAI_NONAME as MicroPython raises it.
const EAI_NONAME: i32 = -2;
/// lwIP's EAI_FAIL.
const EAI_FAIL: i32 = 202;

/// Quectel's documented contract.
pub const DOCUMENTED: Semantics = Semantics {
    name: "documented",
    description: "Quectel's documented contract, on which both published script idioms run",
    end_of_stream: EndOfStream::EmptyThen(errno::ENOTCONN),
    accept_shape: AcceptShape::ByProtocol,
    accept_inherits_timeout: false,
    reopens_listener: true,
    listen_without_backlog: true,
    send_sends_all: true,
    sendto_resolves: true,
    port_as_digits: true,
    refused: errno::ECONNREFUSED,
    already_connected: errno::EISCONN,
    name_not_found: NameNotFound::Error(EAI_NONAME),
    unknown_option: UnknownOption::Error(errno::ENOPROTOOPT),
    has_inet_pton: true,
    has_getsockopt: true,
    has_so_acceptconn: true,
    tls_error_texts: true,
    has_tls_state: true,
    strings: Strings::Both,
};

/// Firmware of generation 1.
pub const FIRMWARE_2021: Semantics = Semantics {
    name: "2021",
    description: "generation 1, MicroPython 1.12",
    end_of_stream: EndOfStream::Error(errno::ENOTCONN),
    accept_shape: AcceptShape::Pair,
    reopens_listener: false,
    listen_without_backlog: false,
    sendto_resolves: false,
    refused: errno::ECONNRESET,
    name_not_found: NameNotFound::EmptyList,
    unknown_option: UnknownOption::Warn,
    has_inet_pton: false,
    has_getsockopt: false,
    has_so_acceptconn: false,
    tls_error_texts: false,
    has_tls_state: false,
    strings: Strings::Bytes,
    ..DOCUMENTED
};

/// Firmware of generation 2.
pub const FIRMWARE_2025: Semantics = Semantics {
    name: "2025",
    description: "generation 2, MicroPython 1.25",
    accept_shape: AcceptShape::Triple,
    listen_without_backlog: true,
    already_connected: errno::EALREADY,
    tls_error_texts: true,
    has_tls_state: true,
    name_not_found: NameNotFound::Error(EAI_NONAME),
    strings: Strings::Unicode,
    ..FIRMWARE_2021
};

/// Firmware of generation 3.
pub const FIRMWARE_2026: Semantics = Semantics {
    name: "2026",
    description: "generation 3, MicroPython 1.28",
    end_of_stream: EndOfStream::EmptyThen(errno::EBADF),
    accept_shape: AcceptShape::Triple,
    listen_without_backlog: false,
    already_connected: errno::EISCONN,
    name_not_found: NameNotFound::Error(EAI_FAIL),
    unknown_option: UnknownOption::Error(errno::ENOPROTOOPT),
    sendto_resolves: true,
    has_inet_pton: true,
    has_getsockopt: true,
    has_so_acceptconn: true,
    tls_error_texts: true,
    has_tls_state: true,
    strings: Strings::Unicode,
    ..FIRMWARE_2021
};

/// MicroPython's own lwIP module.
pub const MICROPYTHON: Semantics = Semantics {
    name: "micropython",
    description: "MicroPython's own bare-metal (lwIP) socket module",
    end_of_stream: EndOfStream::Empty,
    accept_shape: AcceptShape::Pair,
    accept_inherits_timeout: true,
    reopens_listener: false,
    send_sends_all: false,
    port_as_digits: false,
    unknown_option: UnknownOption::Warn,
    has_getsockopt: false,
    has_so_acceptconn: false,
    strings: Strings::Unicode,
    ..DOCUMENTED
};

/// All columns, the default first.
pub const COLUMNS: [&Semantics; 5] = [&DOCUMENTED, &FIRMWARE_2021, &FIRMWARE_2025, &FIRMWARE_2026, &MICROPYTHON];

impl Semantics {
    /// The column of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        COLUMNS.into_iter().find(|c| c.name == name)
    }

    /// This column without the one kindness that no firmware has: a closed listener stays closed.
    #[must_use]
    pub const fn strict(self) -> Self {
        Self { reopens_listener: false, ..self }
    }
}
