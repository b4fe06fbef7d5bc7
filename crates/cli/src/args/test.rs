//! The options of `quecpy test`: pytest's, as pytest spells them.

use super::Model;
use std::path::PathBuf;

/// pytest's options, as pytest spells them.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files, folders, and node ids (file.py::Class::test[param]) to test; @FILE: those that a file names, one a line;
    /// without: this folder
    #[arg(value_name = "PATHS")]
    pub paths: Vec<String>,

    /// Only tests whose names match: NAME, with and, or, not and parentheses
    #[arg(short = 'k', value_name = "EXPRESSION")]
    pub keyword: Option<String>,

    /// Only tests with these marks: MARK, with and, or, not and parentheses
    #[arg(short = 'm', value_name = "MARKS")]
    pub marks: Option<String>,

    /// End at the first failure
    #[arg(short = 'x', long = "exitfirst")]
    pub exit_first: bool,

    /// End after so many failures
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub maxfail: usize,

    /// Tell more; twice: all of it
    #[arg(short = 'v', long, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Tell less
    #[arg(short = 'q', long, action = clap::ArgAction::Count)]
    pub quiet: u8,

    /// Show what scripts print at once (as --capture=no)
    #[arg(short = 's')]
    pub pass_on: bool,

    /// no: as -s; sys or fd: keep what scripts print for the report
    #[arg(long, value_name = "METHOD", default_value = "fd", hide_default_value = true)]
    #[arg(value_parser = ["fd", "sys", "no"])]
    pub capture: String,

    /// Only what failed the last time
    #[arg(long = "lf", alias = "last-failed")]
    pub last_failed: bool,

    /// First what failed the last time
    #[arg(long = "ff", alias = "failed-first")]
    pub failed_first: bool,

    /// Leave a test out, by the beginning of its node id; may be given many times
    #[arg(long, value_name = "NODEID")]
    pub deselect: Vec<String>,

    /// Tell the slowest N set-ups, tests and tear-downs; 0: all
    #[arg(long, value_name = "N")]
    pub durations: Option<usize>,

    /// What is faster than so many seconds is not told
    #[arg(long, value_name = "SECONDS", default_value_t = 0.005, hide_default_value = true)]
    pub durations_min: f64,

    /// Only tell which tests there are
    #[arg(long, alias = "co")]
    pub collect_only: bool,

    /// Only tell which fixtures there are, with what they are for
    #[arg(long)]
    pub fixtures: bool,

    /// Test what can be tested, although a file cannot be imported
    #[arg(long)]
    pub continue_on_collection_errors: bool,

    /// How failures are shown: auto, long, short, line, native or no
    #[arg(long, value_name = "STYLE", default_value = "auto", hide_default_value = true)]
    #[arg(value_parser = ["auto", "long", "short", "line", "native", "no"])]
    pub tb: String,

    /// What the summary lists: f failed, E errors, s skipped, x xfailed, X xpassed, p passed, P passed with what they
    /// printed, a all but passed, A all
    #[arg(short = 'r', value_name = "CHARS", default_value = "fE", hide_default_value = true)]
    pub summary: String,

    /// Run tests marked xfail as if they were not
    #[arg(long)]
    pub runxfail: bool,

    /// A test may take so many seconds; then it fails, with the stack of every thread
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,

    /// Test so many files beside each other; auto: as many as there are processors
    #[arg(short = 'n', long = "numprocesses", value_name = "JOBS", default_value = "1", hide_default_value = true)]
    pub jobs: String,

    /// Write the results as JUnit's XML
    #[arg(long, alias = "junit-xml", value_name = "FILE")]
    pub junitxml: Option<PathBuf>,

    /// Write what happens as it happens, a JSON object a line; - is standard output, and what is for people then goes to
    /// standard error
    #[arg(long, value_name = "FILE")]
    pub report_json: Option<PathBuf>,

    /// no:NAME leaves a part of the runner out: cacheprovider
    #[arg(short = 'p', value_name = "NAME")]
    pub plugins: Vec<String>,

    /// A setting instead of the configuration file's, such as addopts=; may be given many times
    #[arg(short = 'o', long = "override-ini", value_name = "NAME=VALUE")]
    pub overrides: Vec<String>,

    /// The folder that node ids start from
    #[arg(long, value_name = "DIR")]
    pub rootdir: Option<PathBuf>,

    /// The folder that is the module's /usr (default: the nearest one at or above the file with a main.py; else the
    /// one above tests/; else the file's own)
    #[arg(long, value_name = "DIR")]
    pub project: Option<PathBuf>,

    /// The folder above which no conftest.py is looked for (default: the one that node ids start from)
    #[arg(long, value_name = "DIR")]
    pub confcutdir: Option<PathBuf>,

    /// yes, no or auto
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(value_parser = ["yes", "no", "auto"])]
    pub color: String,

    /// Do without the operating system's wall around tests (see SECURITY.md)
    #[arg(long)]
    pub no_sandbox: bool,

    #[command(flatten)]
    pub model: Model,

    /// Test one file as the parent process says
    #[arg(long, hide = true)]
    pub worker: bool,
}
