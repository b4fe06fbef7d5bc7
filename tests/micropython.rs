//! Programs made by chance print here what they print on MicroPython: its build for Node.js, fetched once by the host's
//! npm into the build's own folder. Where that cannot be, the test says so and is skipped.

#[path = "micropython/programs.rs"]
mod programs;
mod support;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{PATIENCE, program, root, run_within};

const PACKAGE: &str = "@micropython/micropython-webassembly-pyscript";
const VERSION: &str = "1.27.0";
/// Each is a program.
const SEEDS: std::ops::Range<u64> = 0..400;
/// What stands before each program's output.
const MARK: &str = "== program ";

/// The folder of MicroPython's build for Node.js, or why there is none.
fn micropython() -> Result<PathBuf, String> {
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join("micropython");
    let folder = store.join("node_modules").join(PACKAGE);
    if folder.join("micropython.mjs").exists() {
        return Ok(folder);
    }
    std::fs::create_dir_all(&store).map_err(|e| e.to_string())?;
    let mut fetch = Command::new("npm");
    fetch.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&store);
    fetch.arg(format!("{PACKAGE}@{VERSION}"));
    let ended = run_within(fetch, PATIENCE * 3)?;
    match ended.status {
        Some(0) => Ok(folder),
        _ => Err(ended.stderr.lines().last().unwrap_or("npm failed").to_owned()),
    }
}

/// A script that runs them all, each in a namespace of its own.
fn script(sources: &[String]) -> String {
    let mut out = String::from("def run(number, source):\n    print('== program', number)\n    try:\n");
    out.push_str("        exec(source, {'__name__': 'program'})\n    except Exception as e:\n");
    out.push_str("        print('raised', type(e).__name__)\n\n\n");
    for (number, source) in sources.iter().enumerate() {
        let quoted = source.replace('\\', "\\\\").replace("'''", "\\'\\'\\'");
        // Writing to a String cannot fail.
        let _ = writeln!(out, "run({number}, '''{quoted}''')");
    }
    out
}

fn outputs(printed: &str) -> Vec<&str> {
    printed.split(MARK).skip(1).collect()
}

#[test]
fn programs_print_what_they_print_on_micropython() {
    let folder = match micropython() {
        Ok(folder) => folder,
        Err(why) => return eprintln!("SKIPPED: {PACKAGE} {VERSION} cannot be had: {why}"),
    };
    let sources: Vec<String> = SEEDS.map(programs::program).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("micropython_programs.py");
    std::fs::write(&path, script(&sources)).expect("written");
    let mut theirs = Command::new("node");
    theirs.arg(root().join("tests/micropython/run.mjs")).arg(folder.join("micropython.mjs")).arg(&path);
    let theirs = run_within(theirs, PATIENCE).expect("it ends");
    assert_eq!(theirs.status, Some(0), "{}", theirs.stderr);
    let mut ours = program();
    ours.args(["--firmware", "micropython", "--ephemeral"]).arg(&path);
    let ours = run_within(ours, PATIENCE).expect("it ends");
    assert_eq!(ours.status, Some(0), "{}", ours.stderr);
    let (theirs, ours) = (outputs(&theirs.stdout), outputs(&ours.stdout));
    assert_eq!(ours.len(), sources.len());
    for ((source, theirs), ours) in sources.iter().zip(theirs).zip(ours) {
        assert_eq!(ours, theirs, "\n--- {source}");
    }
}
