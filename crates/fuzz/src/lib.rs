//! Fuzz targets: bytes in, and what always holds is looked at. A target panics when something does not hold.
//!
//! `tests/bounded.rs` runs each for a moment in the suite, with the inputs of [`mutation`]; `cargo-fuzz/` runs the same
//! functions for hours under libFuzzer. Inputs that once failed are kept in `corpus/NAME/` and run first in both.

mod board_file;
mod dns;
mod flash;
mod http;
mod in_memory;
mod inflate;
mod mqtt;
pub mod mutation;
mod ntp;
mod re1_5;
mod rfc2217;
mod serial_port;
mod sms_pdu;
mod target;

#[cfg(feature = "vm")]
mod arguments;
#[cfg(feature = "vm")]
mod assertion;
#[cfg(feature = "vm")]
mod dialect;
#[cfg(feature = "vm")]
mod script;
#[cfg(feature = "vm")]
mod std_modules;

pub use target::Target;

/// All of them.
pub static TARGETS: &[Target] = &[
    board_file::TARGET,
    dns::TARGET,
    flash::TARGET,
    http::TARGET,
    inflate::TARGET,
    mqtt::TARGET,
    ntp::TARGET,
    re1_5::TARGET,
    rfc2217::TARGET,
    serial_port::TARGET,
    sms_pdu::TARGET,
    #[cfg(feature = "vm")]
    arguments::TARGET,
    #[cfg(feature = "vm")]
    assertion::TARGET,
    #[cfg(feature = "vm")]
    dialect::TARGET,
    #[cfg(feature = "vm")]
    std_modules::UJSON,
    #[cfg(feature = "vm")]
    std_modules::URE,
    #[cfg(feature = "vm")]
    std_modules::USTRUCT,
    #[cfg(feature = "vm")]
    std_modules::UZLIB,
];

/// A target by its name.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("there is no fuzz target {name}"))
}
