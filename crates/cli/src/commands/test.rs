//! `quecpy test`: pytest-style tests for scripts.

use crate::args::Model;
use crate::commands::{Program, session};
use crate::say;
use clap::{Args as _, FromArgMatches};
use quecpy_net::process::{self, Signal};
use quecpy_testkit::{Options, Printer, Setup, Stop, Style, config, discover, run};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// pytest's status for a command line that cannot be followed.
pub const MISUSE: u8 = run::exit::USAGE;

/// pytest's options, as pytest spells them.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files, folders, and node ids (file.py::Class::test[param]) to test; @FILE: those that a file names, one a line;
    /// without: this folder
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

    /// Only tell which fixtures there are, with what they are for
    #[arg(long)]
    fixtures: bool,

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

    /// Write what happens as it happens, a JSON object a line; - is standard output, and what is for people then goes to
    /// standard error
    #[arg(long, value_name = "FILE")]
    report_json: Option<PathBuf>,

    /// no:NAME leaves a part of the runner out: cacheprovider
    #[arg(short = 'p', value_name = "NAME")]
    plugins: Vec<String>,

    /// A setting instead of the configuration file's, such as addopts=; may be given many times
    #[arg(short = 'o', long = "override-ini", value_name = "NAME=VALUE")]
    overrides: Vec<String>,

    /// The folder that node ids start from
    #[arg(long, value_name = "DIR")]
    rootdir: Option<PathBuf>,

    /// The folder that is the module's /usr (default: the nearest one at or above the file with a main.py; else the
    /// one above tests/; else the file's own)
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,

    /// The folder above which no conftest.py is looked for (default: the one that node ids start from)
    #[arg(long, value_name = "DIR")]
    confcutdir: Option<PathBuf>,

    /// yes, no or auto
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(value_parser = ["yes", "no", "auto"])]
    color: String,

    /// Do without the operating system's wall around tests (see SECURITY.md)
    #[arg(long)]
    no_sandbox: bool,

    #[command(flatten)]
    model: Model,

    /// Test one file as the parent process says
    #[arg(long, hide = true)]
    worker: bool,
}

/// Tests, and returns pytest's exit status.
pub fn test(program: &Program<'_>, test: Test) -> u8 {
    let done = if test.worker {
        quecpy_testkit::worker::run(program.modules)
    } else {
        configured(test).and_then(|test| tested(program, test))
    };
    done.unwrap_or_else(|text| {
        say::error(&format!("ERROR: {text}\n\n"));
        MISUSE
    })
}

/// With the options of the configuration file (`addopts`, and `quecpy_options`, which the plug-in for pytest also reads)
/// and of PYTEST_ADDOPTS, which those given override.
fn configured(test: Test) -> Result<Test, String> {
    let here = std::env::current_dir().map_err(|e| format!("cannot find the current folder: {}", say::reason(&e)))?;
    let mut more = Vec::new();
    let (file, settings) = discover::configuration(&here, &test.paths, test.rootdir.as_deref(), &test.overrides)?;
    let folder = file.as_deref().and_then(Path::parent).unwrap_or(&here).to_owned();
    let file = file.map(|file| format!("{}: ", file.display())).unwrap_or_default();
    more.push((format!("{file}addopts"), settings.options));
    more.push((format!("{file}quecpy_options"), rooted(settings.quecpy_options, &folder)));
    if let Ok(text) = std::env::var("PYTEST_ADDOPTS") {
        let words = config::split(&text).map_err(|e| format!("PYTEST_ADDOPTS: {e}"))?;
        more.push(("PYTEST_ADDOPTS".to_owned(), words));
    }
    more.retain(|(_, words)| !words.is_empty());
    if more.is_empty() {
        return Ok(test);
    }
    for (origin, words) in &more {
        parsed(words.iter().map(OsString::from)).map_err(|e| {
            let first = e.to_string();
            format!("{origin}: {}", first.lines().next().unwrap_or_default().trim_start_matches("error: "))
        })?;
    }
    let given = std::env::args_os().skip_while(|word| word != "test").skip(1);
    let words = more.into_iter().flat_map(|(_, words)| words).map(OsString::from);
    parsed(words.chain(given)).map_err(|e| e.to_string())
}

/// Options whose paths count from the folder of the configuration file.
const PATHS: [&str; 2] = ["--board", "--project"];

fn rooted(words: Vec<String>, folder: &Path) -> Vec<String> {
    let rooted = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let mut is_path = false;
    let mut all = Vec::new();
    for word in words {
        let option = word.split_once('=').filter(|(name, _)| PATHS.contains(name));
        all.push(match option {
            Some((name, path)) => format!("{name}={}", rooted(path)),
            None if is_path => rooted(&word),
            None => word.clone(),
        });
        is_path = PATHS.contains(&word.as_str());
    }
    all
}

fn parsed(words: impl Iterator<Item = OsString>) -> Result<Test, clap::Error> {
    let command = Test::augment_args(clap::Command::new("quecpy test")).args_override_self(true);
    let words = std::iter::once(OsString::from("quecpy test")).chain(words);
    Test::from_arg_matches(&command.try_get_matches_from(words)?)
}

fn tested(program: &Program<'_>, test: Test) -> Result<u8, String> {
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
    session::description(test.model.board.as_deref())?;
    let board = test.model.board.as_deref().map(session::board_text).transpose()?;
    let verbose = i64::from(test.verbose) - i64::from(test.quiet);
    let pass_on = test.pass_on || test.capture == "no";
    let most_failures = if test.exit_first { 1 } else { test.maxfail };
    let without: Vec<String> = test.plugins.iter().filter_map(|p| p.strip_prefix("no:")).map(str::to_owned).collect();
    let setup = Setup {
        fixtures: test.fixtures,
        firmware: test.model.firmware().name.to_owned(),
        strict: test.model.strict,
        board,
        pass_on,
        timeout: test.timeout.filter(|t| *t > 0.0),
        style: test.tb.clone(),
        run_xfail: test.runxfail,
        in_full: std::env::var_os("CI").is_some() || std::env::var_os("BUILD_NUMBER").is_some(),
        without: without.clone(),
        sandbox: !test.no_sandbox,
        ..Setup::default()
    };
    let style = Style {
        verbose,
        color,
        width: width(),
        summary: test.summary,
        traceback: test.tb,
        parallel: jobs > 1,
        durations: test.durations,
        durations_min: test.durations_min,
        pass_on,
        aside: test.report_json.as_deref() == Some(Path::new("-")),
        printer: Printer::new(program.ending.on_output_failure()),
    };
    let options = Options {
        program: std::env::current_exe().map_err(|e| format!("cannot find this program: {}", say::reason(&e)))?,
        here: std::env::current_dir().map_err(|e| format!("cannot find the current folder: {}", say::reason(&e)))?,
        arguments: expanded(test.paths)?,
        root: test.rootdir,
        project: test.project.map(|p| std::path::absolute(&p).unwrap_or(p)),
        overrides: test.overrides,
        conftests_from: test.confcutdir,
        keyword: test.keyword,
        marks: test.marks,
        deselect: test.deselect,
        most_failures,
        last_failed: test.last_failed,
        failed_first: test.failed_first,
        collect_only: test.collect_only || test.fixtures,
        go_on_after_errors: test.continue_on_collection_errors,
        junit: test.junitxml,
        json: test.report_json,
        jobs,
        no_cache: without.iter().any(|p| p == "cacheprovider"),
        style,
        setup,
    };
    let stop = Stop::after(most_failures);
    let (told, ending) = (stop.clone(), program.ending.clone());
    // Workers end when this process does.
    let handler = move |signal: Signal| match signal {
        Signal::Interrupt if told.is_interrupted() => ending.exit(quecpy_testkit::run::exit::INTERRUPTED),
        Signal::Interrupt => told.interrupt(),
        Signal::HangUp | Signal::Terminate => ending.exit(signal.status()),
    };
    // Without it signals do what they do to any program.
    let _ = process::on_signals(handler);
    Ok(quecpy_testkit::run(options, &stop))
}

/// The arguments, with those that stand in files.
fn expanded(paths: Vec<String>) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for path in paths {
        let Some(file) = path.strip_prefix('@') else {
            all.push(path);
            continue;
        };
        let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {file}: {}", say::reason(&e)))?;
        all.extend(text.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    }
    Ok(all)
}

/// Columns, as a shell tells them.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| *c >= 40).unwrap_or(80)
}
