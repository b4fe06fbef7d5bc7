//! `quecpy test`: pytest-style tests for scripts.

use crate::args::Module;
use quecpy_testkit::{Options, Setup, Stop, Style};
use std::io::IsTerminal;
use std::path::PathBuf;

/// pytest's options, as pytest spells them.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files, folders, and node ids (file.py::Class::test[param]) to test; without: this folder
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,

    /// Only tests whose names match: NAME, with and, or, not and parentheses
    #[arg(short = 'k', value_name = "EXPRESSION")]
    keyword: Option<String>,

    /// Only tests with these marks: MARK, with and, or, not and parentheses
    #[arg(short = 'm', value_name = "MARKS")]
    marks: Option<String>,

    /// End at the first failure
    #[arg(short = 'x', long = "exitfirst")]
    exit_first: bool,

    /// End after so many failures
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    maxfail: usize,

    /// Tell more; twice: all of it
    #[arg(short = 'v', long, action = clap::ArgAction::Count)]
    verbose: u8,

    /// Tell less
    #[arg(short = 'q', long, action = clap::ArgAction::Count)]
    quiet: u8,

    /// Show what scripts print at once (as --capture=no)
    #[arg(short = 's')]
    pass_on: bool,

    /// no: as -s; sys or fd: keep what scripts print for the report
    #[arg(long, value_name = "METHOD", default_value = "fd", hide_default_value = true)]
    #[arg(value_parser = ["fd", "sys", "no"])]
    capture: String,

    /// Only what failed the last time
    #[arg(long = "lf", alias = "last-failed")]
    last_failed: bool,

    /// First what failed the last time
    #[arg(long = "ff", alias = "failed-first")]
    failed_first: bool,

    /// Leave a test out, by the beginning of its node id; may be given many times
    #[arg(long, value_name = "NODEID")]
    deselect: Vec<String>,

    /// Tell the slowest N set-ups, tests and tear-downs; 0: all
    #[arg(long, value_name = "N")]
    durations: Option<usize>,

    /// What is faster than so many seconds is not told
    #[arg(long, value_name = "SECONDS", default_value_t = 0.005, hide_default_value = true)]
    durations_min: f64,

    /// Only tell which tests there are
    #[arg(long, alias = "co")]
    collect_only: bool,

    /// Test what can be tested, although a file cannot be imported
    #[arg(long)]
    continue_on_collection_errors: bool,

    /// How failures are shown: auto, long, short, line, native or no
    #[arg(long, value_name = "STYLE", default_value = "auto", hide_default_value = true)]
    #[arg(value_parser = ["auto", "long", "short", "line", "native", "no"])]
    tb: String,

    /// What the summary lists: f failed, E errors, s skipped, x xfailed, X xpassed, p passed, P passed with what they
    /// printed, a all but passed, A all
    #[arg(short = 'r', value_name = "CHARS", default_value = "fE", hide_default_value = true)]
    summary: String,

    /// Run tests marked xfail as if they were not
    #[arg(long)]
    runxfail: bool,

    /// A test may take so many seconds; then it fails, with the stack of every thread
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<f64>,

    /// Test so many files beside each other; auto: as many as there are processors
    #[arg(short = 'n', long = "numprocesses", value_name = "JOBS", default_value = "1", hide_default_value = true)]
    jobs: String,

    /// Write the results as JUnit's XML
    #[arg(long, alias = "junit-xml", value_name = "FILE")]
    junitxml: Option<PathBuf>,

    /// Write what happens as it happens, a JSON object a line; - is standard output
    #[arg(long, value_name = "FILE")]
    report_json: Option<PathBuf>,

    /// no:NAME leaves a part of the runner out: cacheprovider
    #[arg(short = 'p', value_name = "NAME")]
    plugins: Vec<String>,

    /// The folder that node ids start from
    #[arg(long, value_name = "DIR")]
    rootdir: Option<PathBuf>,

    /// The folder that is the module's /usr (default: the nearest one at or above the file with a main.py; else the
    /// one above tests/; else the file's own)
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,

    /// yes, no or auto
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(value_parser = ["yes", "no", "auto"])]
    color: String,

    #[command(flatten)]
    module: Module,

    /// Test one file as the parent process says
    #[arg(long, hide = true)]
    worker: bool,
}

/// Tests, and returns pytest's exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn test(test: Test) -> Result<u8, String> {
    if test.worker {
        return quecpy_testkit::worker::run();
    }
    let terminal = std::io::stdout().is_terminal();
    let color = match test.color.as_str() {
        "yes" => true,
        "no" => false,
        _ => terminal && std::env::var_os("NO_COLOR").is_none(),
    };
    let jobs = match test.jobs.as_str() {
        "auto" | "logical" => std::thread::available_parallelism().map_or(1, usize::from),
        n => n.parse().map_err(|_| format!("-n {n}: expected a number, or auto"))?,
    };
    let board = test.module.board.as_deref().map(std::fs::read_to_string).transpose();
    let board = board.map_err(|e| format!("--board: {e}"))?;
    let verbose = i64::from(test.verbose) - i64::from(test.quiet);
    let pass_on = test.pass_on || test.capture == "no";
    let most_failures = if test.exit_first { 1 } else { test.maxfail };
    let without: Vec<String> = test.plugins.iter().filter_map(|p| p.strip_prefix("no:")).map(str::to_owned).collect();
    let setup = Setup {
        firmware: test.module.firmware().name.to_owned(),
        strict: test.module.strict,
        board,
        pass_on,
        timeout: test.timeout.filter(|t| *t > 0.0),
        style: test.tb.clone(),
        run_xfail: test.runxfail,
        in_full: std::env::var_os("CI").is_some() || std::env::var_os("BUILD_NUMBER").is_some(),
        without: without.clone(),
        ..Setup::default()
    };
    let style = Style {
        verbose,
        color,
        width: width(terminal),
        summary: test.summary,
        traceback: test.tb,
        parallel: jobs > 1,
        durations: test.durations,
        durations_min: test.durations_min,
        pass_on,
    };
    let options = Options {
        program: std::env::current_exe().map_err(|e| format!("cannot find myself: {e}"))?,
        here: std::env::current_dir().map_err(|e| format!("cannot find the current folder: {e}"))?,
        arguments: test.paths,
        root: test.rootdir,
        project: test.project.map(|p| std::path::absolute(&p).unwrap_or(p)),
        keyword: test.keyword,
        marks: test.marks,
        deselect: test.deselect,
        most_failures,
        last_failed: test.last_failed,
        failed_first: test.failed_first,
        collect_only: test.collect_only,
        go_on_after_errors: test.continue_on_collection_errors,
        junit: test.junitxml,
        json: test.report_json,
        jobs,
        no_cache: without.iter().any(|p| p == "cacheprovider"),
        style,
        setup,
    };
    let stop = Stop::after(most_failures);
    let told = stop.clone();
    // Fails only if a handler is set already, which nobody else does.
    let _ = ctrlc::set_handler(move || {
        if told.is_interrupted() {
            std::process::exit(2);
        }
        told.interrupt();
    });
    Ok(quecpy_testkit::run(options, &stop))
}

/// Columns of the terminal, as a shell tells them.
fn width(terminal: bool) -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| *c >= 40);
    let _ = terminal;
    told.unwrap_or(80)
}
