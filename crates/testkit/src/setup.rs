//! What a worker is to do, as its parent tells it.

use quecpy_net::sandbox::Reach;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The first line that a worker is told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    /// The file of tests on the host.
    pub path: String,
    /// The same as node ids spell it.
    pub id: String,
    /// As tracebacks show it.
    pub shown: String,
    /// What is to be the module's `/usr`.
    pub project: PathBuf,
    /// The file's folder as the script sees it, when it is below `/usr`.
    pub folder: Option<String>,
    /// conftest.py files, outermost first: on the host, the prefix of the ids below, as shown.
    pub conftests: Vec<(String, String, String)>,
    /// The firmware column.
    pub firmware: String,
    /// `--strict`.
    pub strict: bool,
    /// `--heap`, in bytes.
    pub heap: Option<usize>,
    /// A board file's text.
    pub board: Option<String>,
    /// Passes output on at once.
    pub pass_on: bool,
    /// How often `-v` was given, less `-q`.
    pub verbose: i64,
    /// `--timeout`, in seconds.
    pub timeout: Option<f64>,
    /// `long`, `short`, `line`, `no`
    pub style: String,
    /// `--runxfail`
    pub run_xfail: bool,
    /// `xfail_strict` of the configuration file.
    pub strict_xfail: bool,
    /// Whether tracebacks show local variables.
    pub show_locals: bool,
    /// Fixtures and outcomes that plug-ins of pytest would bring: `-p no:NAME`.
    pub without: Vec<String>,
    /// `--fixtures`: tells which there are.
    pub fixtures: bool,
    /// No truncation of explanations, as on a CI host.
    pub in_full: bool,
    /// Whether the operating system keeps the tests out of the computer's other files.
    pub sandbox: bool,
}

impl Setup {
    /// The files of Python that are run as tests.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.path.as_str()).chain(self.conftests.iter().map(|(path, ..)| path.as_str()))
    }

    /// What is left of the computer's files.
    pub(crate) fn reach(&self) -> Reach {
        let read = self.files().map(PathBuf::from).chain([self.project.clone()]).collect();
        Reach { read, write: Vec::new() }
    }
}
