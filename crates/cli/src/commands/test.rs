//! `quecpy test`: pytest-style tests for scripts.

use crate::args::Test;
use crate::commands::{Program, session};
use crate::say;
use clap::{Args as _, FromArgMatches};
use quecpy_net::process::{self, Signal};
use quecpy_testkit::{Options, Printer, Setup, Stop, Style, config, discover, exit_code};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::Path;

/// pytest's status for a command line that cannot be followed.
pub const MISUSE: u8 = exit_code::USAGE;

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
        heap: test.model.heap,
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
        Signal::Interrupt if told.is_interrupted() => ending.exit(quecpy_testkit::exit_code::INTERRUPTED),
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
