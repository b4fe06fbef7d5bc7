//! Golden scripts: every `tests/scripts/**/x.py` and every file of `python_examples/` that has an `.out` runs under
//! the program, and must print what its `.out` says. Comment lines at the head of a script direct the run:
//!
//! ```text
//! # cell: accept, shape            the cell of the contract that it shows (in the test's name by its file name)
//! # firmware: 2021 micropython     columns to run under; `all`; without the line: documented
//! # options: --lab --strict        options of the program; {here} is the script's folder
//! # exit: 1                        the expected status; without the line: 0
//! # stderr: [Errno 9] EBADF        text that standard error must hold; without such lines it must be empty
//! ```
//!
//! Where columns print different things, `x.2021.out` goes before `x.out`.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

mod support;
use support::run_within;

const COLUMNS: [&str; 5] = ["documented", "2021", "2025", "2026", "micropython"];
/// No script of the suite needs a tenth of this.
const LIMIT: Duration = Duration::from_secs(60);

/// A script's own directions.
#[derive(Clone)]
struct Case {
    script: PathBuf,
    firmware: String,
    options: Vec<String>,
    exit: i32,
    stderr: Vec<String>,
    expected: PathBuf,
}

fn main() {
    let arguments = Arguments::from_args();
    let root = support::root();
    let mut scripts = Vec::new();
    collect(&root.join("tests/scripts"), &mut scripts);
    collect(&root.join("python_examples"), &mut scripts);
    scripts.sort();
    let trials =
        scripts.iter().flat_map(|s| cases(&root, s)).map(|(name, case)| Trial::test(name, move || check(&case)));
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn collect(folder: &Path, scripts: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, scripts);
        } else if path.extension().is_some_and(|e| e == "py") && path.with_extension("out").exists() {
            scripts.push(path);
        }
    }
}

fn cases(root: &Path, script: &Path) -> Vec<(String, Case)> {
    let source = std::fs::read_to_string(script).expect("a script is UTF-8");
    let mut firmware = vec!["documented".to_owned()];
    let here = script.parent().expect("a script is in a folder").to_string_lossy().into_owned();
    let (mut options, mut exit, mut stderr) = (Vec::new(), 0, Vec::new());
    let head = source.lines().take_while(|l| l.starts_with('#')).filter_map(|l| l[1..].trim().split_once(':'));
    // A listing that must stay byte for byte as it is has its directions beside it.
    let beside = std::fs::read_to_string(script.with_extension("run")).unwrap_or_default();
    for (key, value) in head.chain(beside.lines().filter_map(|l| l.split_once(':'))) {
        let words = || value.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        match key.trim() {
            "firmware" if value.trim() == "all" => firmware = COLUMNS.map(str::to_owned).to_vec(),
            "firmware" => firmware = words(),
            "options" => options = value.split_whitespace().map(|w| w.replace("{here}", &here)).collect(),
            "exit" => exit = value.trim().parse().expect("a status"),
            "stderr" => stderr.push(value.trim().to_owned()),
            _ => {}
        }
    }
    let relative = script.strip_prefix(root).expect("under the root").with_extension("");
    let name = relative.to_string_lossy().replace('\\', "/").replace("tests/scripts/", "");
    let case = |column: &String| {
        let own = script.with_extension(format!("{column}.out"));
        let expected = if own.exists() { own } else { script.with_extension("out") };
        let case = Case {
            script: script.to_owned(),
            firmware: column.clone(),
            options: options.clone(),
            exit,
            stderr: stderr.clone(),
            expected,
        };
        (format!("{name}::{column}"), case)
    };
    firmware.iter().map(case).collect()
}

fn check(case: &Case) -> Result<(), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quecpy"));
    command.arg("--firmware").arg(&case.firmware).args(&case.options).arg(&case.script).stdin(Stdio::null());
    command.env("NO_COLOR", "1");
    let run = run_within(command, LIMIT)?;
    // What --lab serves is no error.
    let stderr: String = run.stderr.split_inclusive('\n').filter(|l| !l.starts_with("quecpy: lab: ")).collect();
    let expected = std::fs::read_to_string(&case.expected)?.replace("\r\n", "\n");
    let mut faults = Vec::new();
    if run.stdout != expected {
        faults.push(format!("--- expected ({})\n{expected}--- printed\n{}", case.expected.display(), run.stdout));
    }
    if run.status != Some(case.exit) {
        faults.push(format!("exit status {:?}, expected {}", run.status, case.exit));
    }
    for text in &case.stderr {
        if !stderr.contains(text.as_str()) {
            faults.push(format!("standard error lacks: {text}"));
        }
    }
    if case.stderr.is_empty() && !stderr.is_empty() {
        faults.push("standard error should be empty".into());
    }
    if faults.is_empty() {
        return Ok(());
    }
    faults.push(format!("--- standard error\n{stderr}"));
    Err(faults.join("\n").into())
}
