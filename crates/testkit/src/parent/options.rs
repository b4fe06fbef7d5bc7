//! What the command line asks for.

use crate::parent::reporter::pretty::Style;
use crate::setup::Setup;
use std::path::PathBuf;

/// What the command line asks for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The program to start as a worker.
    pub program: PathBuf,
    /// The folder that it was started in.
    pub here: PathBuf,
    /// Files, folders and node ids.
    pub arguments: Vec<String>,
    /// `--rootdir`.
    pub root: Option<PathBuf>,
    /// `--project`.
    pub project: Option<PathBuf>,
    /// `-o NAME=VALUE`
    pub overrides: Vec<String>,
    /// The folder above which no conftest.py is looked for; without: the root.
    pub conftests_from: Option<PathBuf>,
    /// `-k`.
    pub keyword: Option<String>,
    /// `-m`.
    pub marks: Option<String>,
    /// `--deselect`.
    pub deselect: Vec<String>,
    /// 0: never.
    pub most_failures: usize,
    /// `--lf`.
    pub last_failed: bool,
    /// `--ff`.
    pub failed_first: bool,
    /// `--collect-only`.
    pub collect_only: bool,
    /// `--continue-on-collection-errors`.
    pub go_on_after_errors: bool,
    /// `--junitxml`.
    pub junit: Option<PathBuf>,
    /// `--report-json`.
    pub json: Option<PathBuf>,
    /// `-n`.
    pub jobs: usize,
    /// `-p no:cacheprovider`.
    pub no_cache: bool,
    /// How it is shown.
    pub style: Style,
    /// What each worker is told at its start.
    pub setup: Setup,
}
