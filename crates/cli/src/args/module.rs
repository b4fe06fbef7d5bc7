//! Options that say what the module is and what is around it.

use clap::builder::PossibleValuesParser;
use quecpy_net::{Forward, Override};
use quecpy_runtime::Storage;
use quecpy_runtime::serial::Attachment;
use quecpy_usocket::semantics::{COLUMNS, Semantics};
use std::path::PathBuf;

/// What the module is.
#[derive(Debug, clap::Args)]
pub struct Model {
    /// The firmware to behave like: documented, 2021, 2025, 2026 or micropython
    #[arg(
        long,
        value_name = "NAME",
        default_value = "documented",
        hide_default_value = false,
        hide_possible_values = true
    )]
    #[arg(value_parser = PossibleValuesParser::new(COLUMNS.map(|c| c.name)))]
    firmware: String,

    /// Fail wherever a module's firmware fails, also where the guide's own listing does
    #[arg(long)]
    pub strict: bool,

    /// How much memory a script may take, such as 512K or 16M, in bytes of this computer (default: 48M)
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub heap: Option<usize>,

    /// What the module is like: SIM card, operator, signal, addresses (see quecpy board)
    #[arg(long, value_name = "FILE")]
    pub board: Option<PathBuf>,
}

/// Bytes, or with a K or an M behind it so many KiB or MiB.
fn size(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.trim_end_matches(['k', 'K', 'm', 'M']) {
        digits if digits.len() == text.len() => (digits, 1),
        digits if text[digits.len()..].eq_ignore_ascii_case("k") => (digits, 1 << 10),
        digits if text[digits.len()..].eq_ignore_ascii_case("m") => (digits, 1 << 20),
        _ => ("", 1),
    };
    let bytes = digits.parse::<usize>().ok().and_then(|n| n.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| "give a number of bytes, such as 512K or 16M".to_owned())
}

impl Model {
    pub fn firmware(&self) -> &'static Semantics {
        // clap admits no other names.
        Semantics::named(&self.firmware).unwrap_or(COLUMNS[0])
    }
}

/// What the module is and what is around it.
#[derive(Debug, clap::Args)]
pub struct Module {
    #[command(flatten)]
    pub model: Model,

    /// Answer this name instead of DNS; may be given many times
    #[arg(long, value_name = "HOST[:PORT]:ADDRESS[:PORT]")]
    pub resolve: Vec<Override>,

    /// Reach a port of the module at this port of the computer; may be given many times
    #[arg(long, value_name = "HOSTPORT:MODULEPORT")]
    pub forward: Vec<Forward>,

    /// Where a serial port of the module leads: N:pty[=LINK], N:tcp=127.0.0.1:PORT (0: any port) or N:loop (back to
    /// itself); may be given many times
    #[arg(long, value_name = "N:WHERE")]
    pub uart: Vec<Attachment>,

    /// Let other computers reach what the script listens at (default: only this one)
    #[arg(long)]
    pub expose: bool,

    /// Replace the internet by the built-in one: every name and public address is served on this computer
    #[arg(long)]
    pub lab: bool,

    /// Where what the script writes to its flash goes: overlay (.quecpy/ beside the script; the project's files
    /// stay as they are) or direct (the project itself)
    #[arg(
        long,
        value_name = "WHERE",
        default_value = "overlay",
        hide_possible_values = true,
        hide_default_value = true
    )]
    #[arg(value_parser = PossibleValuesParser::new(["overlay", "direct"]))]
    flash: String,

    /// Forget what the script writes to its flash
    #[arg(long, conflicts_with = "flash")]
    ephemeral: bool,

    /// End with the script, also when its threads, timers or callbacks would go on
    #[arg(long)]
    pub exit: bool,

    /// Do without the operating system's wall around the script (see SECURITY.md)
    #[arg(long)]
    pub no_sandbox: bool,
}

impl Module {
    pub fn storage(&self) -> Storage {
        match (self.ephemeral, self.flash.as_str()) {
            (true, _) => Storage::Ephemeral,
            (false, "direct") => Storage::Direct,
            (false, _) => Storage::Overlay,
        }
    }
}
