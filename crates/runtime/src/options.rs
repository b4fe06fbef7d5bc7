//! How a session is set up, what it runs, and how a run ends.

use crate::console::Console;
use crate::extension::Extension;
use crate::faults::OnFault;
use quecpy_device::{Description, Storage};
use quecpy_net::StackOptions;
use quecpy_net::sandbox::Reach;
use quecpy_usocket::{Semantics, semantics};
use std::path::PathBuf;

/// How a session is set up. The default is the documented firmware on the real internet and the process's streams.
#[derive(Clone)]
pub struct Options {
    /// The firmware column.
    pub firmware: &'static Semantics,
    /// Without the kindnesses that no firmware has.
    pub strict: bool,
    /// The network that sockets live in.
    pub network: StackOptions,
    /// Where the script prints, and reads from.
    pub console: Console,
    /// What the module is like.
    pub description: Description,
    /// The folder that is the module's `/usr`.
    pub project: PathBuf,
    /// Where what a script writes is kept.
    pub storage: Storage,
    /// `usys.argv`
    pub arguments: Vec<String>,
    /// Folders of the flash where modules are looked for beside the script's own; only firmware columns that read
    /// `MICROPYPATH` take them.
    pub module_path: Vec<String>,
    /// How much memory scripts may take, in bytes; none: as much as the firmware column says. Only programs whose allocator
    /// counts ([`CountingAllocator`](quecpy_net::CountingAllocator)) are held to it.
    pub heap: Option<usize>,
    /// Whether the session ends with its script, whatever goes on beside it.
    pub exit: bool,
    /// Modules that the registry does not have.
    pub extension: Extension,
    /// Told of faults of this program, beside the console.
    pub on_fault: Option<OnFault>,
    /// What of the computer's files is left to the thread that powers the board on, and to those that it starts (see
    /// [`power_on`](crate::power_on)); none: as much as before.
    pub reach: Option<Reach>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            firmware: &semantics::DOCUMENTED,
            strict: false,
            network: StackOptions::default(),
            console: Console::default(),
            description: Description::default(),
            project: PathBuf::from("."),
            storage: Storage::Overlay,
            arguments: Vec::new(),
            module_path: Vec::new(),
            heap: None,
            exit: false,
            extension: Extension::default(),
            on_fault: None,
            reach: None,
        }
    }
}

/// A script: its text, and its name as tracebacks show it.
#[derive(Debug, Clone)]
pub struct Source {
    /// What tracebacks call it.
    pub name: String,
    /// The source.
    pub text: String,
}

impl Source {
    /// A source with the name that tracebacks give.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// How a script ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// By running to its end.
    Done,
    /// By `usys.exit(status)`.
    Exit(u8),
    /// By an exception, which was printed.
    Failed,
    /// By Ctrl-C.
    Interrupted,
    /// By `Power.powerDown()`.
    PowerDown,
    /// By a fault of this program, which was told.
    Fault,
    /// By `Power.powerRestart()`, or by the watchdog: the board is to be powered on again.
    Restart,
}
