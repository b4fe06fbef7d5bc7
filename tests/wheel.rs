//! The wheel: it is built of the program that the other tests use, installed into a fresh virtual environment, and pytest
//! runs the projects of `specs/wheel/` there. Each line of a project's file `command` is a command line of pytest, and
//! `expected.txt` has the outcome of each test. What comes from the package index is kept in the build's own folder; where
//! Python, the index or maturin cannot be had, the tests say so and are skipped.

mod support;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;
use support::{Copy, Ended, root, run_within};

const LIMIT: Duration = Duration::from_secs(120);
/// For packing, and building the program's last crate. That the interpreter is built again must not happen unseen: it would
/// take longer than this.
const BUILDING: Duration = Duration::from_secs(300);

const MATURIN: &str = "maturin==1.16.0";
const TOOLS: [&str; 2] = ["pytest==9.2.0", "pytest-xdist==3.8.0"];
/// The oldest that is supported; it does not run under Python 3.12.
const OLDEST: &str = "pytest==7.0.1";

fn programs(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts" } else { "bin" })
}

fn python(environment: &Path) -> PathBuf {
    programs(environment).join("python")
}

fn ran(command: Command, limit: Duration) -> Result<Ended, String> {
    let shown = format!("{command:?}");
    let ended = run_within(command, limit)?;
    match ended.status {
        Some(0) => Ok(ended),
        _ => Err(format!("{shown}: {}{}", ended.stdout, ended.stderr)),
    }
}

fn environment(place: &Path, options: &[&str]) -> Result<(), String> {
    let name = if cfg!(windows) { "python" } else { "python3" };
    let mut command = Command::new(name);
    command.args(["-m", "venv"]).args(options).arg(place);
    ran(command, LIMIT).map(drop)
}

/// Of the index: an environment with maturin, and in its folder `wheels` what the fresh one needs. Made once.
fn tools() -> Result<PathBuf, String> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheel tools");
    let complete = place.join("complete");
    let wanted = format!("{MATURIN} {} {OLDEST}", TOOLS.join(" "));
    if std::fs::read_to_string(&complete).is_ok_and(|had| had == wanted) {
        return Ok(place);
    }
    let pip = |arguments: &[&str]| {
        let mut command = Command::new(python(&place));
        command.args(["-m", "pip", "--disable-pip-version-check", "--quiet"]).args(arguments);
        ran(command, LIMIT * 2).map(drop)
    };
    environment(&place, &[])?;
    pip(&["install", MATURIN])?;
    let wheels = place.join("wheels");
    let wheels = wheels.to_string_lossy();
    pip(&[&["download", "--dest", &wheels][..], &TOOLS].concat())?;
    pip(&["download", "--dest", &wheels, OLDEST])?;
    std::fs::write(&complete, wanted).map_err(|e| e.to_string())?;
    Ok(place)
}

/// The cargo profile of the program under test: its folder's name, but for one.
fn profile() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_quecpy")).parent().and_then(Path::file_name);
    let name = folder.expect("a folder").to_string_lossy().into_owned();
    if name == "debug" { "dev".to_owned() } else { name }
}

/// The wheel. It shares all that the program under test is built of but for the parser of command lines, whose features
/// differ with those of the tests' own crates.
fn wheel(tools: &Path) -> Result<PathBuf, String> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheels");
    let _ = std::fs::remove_dir_all(&place);
    let mut command = Command::new(programs(tools).join("maturin"));
    command.args(["build", "--ignore-rust-version", "--offline", "--profile", &profile(), "--out"]).arg(&place);
    // For this computer only: libraries stay where they are.
    command.args(["--auditwheel", "skip", "--compatibility", "linux"]).current_dir(root());
    // What cargo tells a test of its package would be news to build scripts that look at it, ring's among them.
    let told = ["CARGO_BIN_", "CARGO_CRATE_", "CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PRIMARY_"];
    for (name, _) in std::env::vars_os() {
        if told.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    ran(command, BUILDING)?;
    let made = std::fs::read_dir(&place).map_err(|e| e.to_string())?;
    made.flatten().map(|e| e.path()).next().ok_or_else(|| "maturin made no wheel".to_owned())
}

/// A new virtual environment with the wheel and some of the tools' packages.
fn fresh(name: &str, tools: &Path, wheel: &Path, packages: &[&str]) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&place);
    environment(&place, &["--without-pip"]).expect("an environment");
    let mut pip = Command::new(python(tools));
    pip.args(["-m", "pip", "--disable-pip-version-check", "--quiet", "--python"]).arg(python(&place));
    pip.args(["install", "--no-index", "--find-links"]).arg(tools.join("wheels")).arg(wheel).args(packages);
    ran(pip, LIMIT).expect("installed");
    place
}

struct Made {
    tools: PathBuf,
    wheel: PathBuf,
    environment: PathBuf,
}

/// All of it, made once for all tests. `None` where it cannot be had.
fn made() -> Option<&'static Made> {
    static MADE: OnceLock<Option<Made>> = OnceLock::new();
    let make = || match tools() {
        Err(why) => {
            eprintln!(
                "\n*** SKIPPED: the wheel was not tried, for want of {MATURIN}, {}: {why} ***\n",
                TOOLS.join(", ")
            );
            None
        }
        Ok(tools) => {
            let wheel = wheel(&tools).expect("maturin makes a wheel");
            let environment = fresh("wheel fresh", &tools, &wheel, &TOOLS);
            Some(Made { tools, wheel, environment })
        }
    };
    MADE.get_or_init(make).as_ref()
}

fn project_copy(project: &str, purpose: &str) -> Copy {
    Copy::of(&root().join("tests/specs/wheel").join(project), &format!("wheel {purpose}"))
}

fn pytest(environment: &Path, project: &Path, arguments: &[String]) -> Ended {
    let mut command = Command::new(programs(environment).join("pytest"));
    command.args(arguments).current_dir(project).env("PYTHONDONTWRITEBYTECODE", "1").env("COLUMNS", "150");
    for name in ["CI", "BUILD_NUMBER", "PYTEST_ADDOPTS", "PYTHONPATH", "QUECPY"] {
        command.env_remove(name);
    }
    run_within(command, LIMIT).expect("it ends")
}

/// A line of `command`: words, some of them in quotes.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(i, part)| match i % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    words.collect()
}

/// The outcome of each test, by name, and how the run ended; without times and the project's folder.
fn outcomes(ended: &Ended, project: &Path) -> String {
    let text = format!("{}{}", ended.stdout, ended.stderr).replace(&*project.to_string_lossy(), "HERE");
    let told = ["PASSED", "FAILED", "ERROR", "SKIPPED", "XFAIL", "XPASS", "device", "host", "!!!"];
    let is_outcome = |line: &&str| told.iter().any(|word| line.starts_with(word)) && !line.ends_with("%]");
    let mut lines: Vec<&str> = text.lines().filter(is_outcome).map(str::trim_end).collect();
    lines.sort_unstable();
    let sum = text.lines().rfind(|line| line.contains(" in ") && line.trim_end_matches(['=', ' ']).ends_with('s'));
    let sum = sum.map_or("", |line| line.trim_matches(['=', ' ']));
    let sum = sum.rsplit_once(" in ").map_or(sum, |(sum, _)| sum);
    format!("{}\n{sum}\n[exit {}]\n", lines.join("\n"), ended.status.unwrap_or(-1))
}

fn golden(project: &str) {
    let Some(made) = made() else { return };
    let folder = root().join("tests/specs/wheel").join(project);
    let here = project_copy(project, project);
    let mut all = String::new();
    for line in std::fs::read_to_string(folder.join("command")).expect("command lines").lines() {
        let mut arguments = words(line);
        arguments.extend(["-rA", "--tb=no"].map(str::to_owned));
        let ended = pytest(&made.environment, &here.0, &arguments);
        all += &format!("$ pytest {line}\n{}", outcomes(&ended, &here.0));
    }
    let expected = folder.join("expected.txt");
    if support::recording() {
        std::fs::write(&expected, &all).expect("written");
    }
    let wanted = std::fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
    assert!(all == wanted, "{project}\n--- expected\n{wanted}\n--- pytest told\n{all}");
}

#[test]
fn outcomes_by_name() {
    golden("outcomes");
}

#[test]
fn what_goes_wrong_is_told() {
    golden("broken");
}

#[test]
fn the_wheel_holds_the_program_for_every_python() {
    let Some(made) = made() else { return };
    let name = made.wheel.file_name().expect("a name").to_string_lossy();
    let version = env!("CARGO_PKG_VERSION");
    assert!(name.starts_with(&format!("quecpy-{version}-py3-none-")), "{name}");
    let module = python(&made.environment);
    let script = programs(&made.environment).join("quecpy");
    for (program, first) in [(script, None), (module, Some("quecpy"))] {
        let mut command = Command::new(program);
        command
            .args(first.iter().flat_map(|m| ["-m", m]))
            .args(["-c", "print('from the wheel')\nimport usys; usys.exit(3)"]);
        let ended = run_within(command, LIMIT).expect("it ends");
        assert_eq!((ended.status, ended.stdout.as_str()), (Some(3), "from the wheel\n"), "{}", ended.stderr);
    }
}

#[test]
fn failures_are_told_in_full() {
    let Some(made) = made() else { return };
    let here = project_copy("outcomes", "full");
    let ended = pytest(&made.environment, &here.0, &words("--durations=1 --durations-min=0"));
    for told in [
        "        answer = [1, 2, 3]\n>       assert answer == [1, 2, 4]\nE       assert [1, 2, 3] == [1, 2, 4]\n",
        "device/tests/test_outcomes.py:20: AssertionError\n",
        "Captured stdout call -",
        "what the script printed\n",
        "ERROR at setup of test_set_up_fails",
        "E       OSError: [Errno 5] EIO\n",
        "Captured output of quecpy -c ...",
        "last words\n",
        " host/test_host.py::test_deadline\n",
    ] {
        assert!(ended.stdout.contains(told), "no {told:?} in\n{}", ended.stdout);
    }
    assert!(!ended.stdout.contains("quecpy/nodes.py"), "nobody wants to see the plug-in:\n{}", ended.stdout);
    assert!(!here.0.join("host/.quecpy").exists() && !here.0.join("device/.quecpy").exists(), "nothing is left behind");
}

#[test]
fn junit_and_xdist_name_the_same_tests() {
    let Some(made) = made() else { return };
    let here = project_copy("outcomes", "junit");
    let cases = |arguments: &str| {
        let ended = pytest(&made.environment, &here.0, &words(&format!("--junitxml=o.xml {arguments}")));
        assert_eq!(ended.status, Some(1), "{}{}", ended.stdout, ended.stderr);
        let text = std::fs::read_to_string(here.0.join("o.xml")).expect("a JUnit file");
        let cases = text.split("<testcase ").skip(1).map(|case| {
            let (name, inside) = case.split_once(" time=\"").expect("a time");
            let told = ["<failure message=", "<error message=", "<skipped type=", "<property name="];
            let told = told.iter().find_map(|t| inside.find(t).map(|at| &inside[at..]));
            let told = told.map_or("", |t| t.split_once('>').map_or(t, |(tag, _)| tag));
            format!("{name} {}", told.replace(&*here.0.to_string_lossy(), "HERE"))
        });
        let mut cases: Vec<String> = cases.collect();
        cases.sort();
        cases
    };
    let plain = cases("");
    for wanted in [
        "classname=\"device.tests.test_outcomes\" name=\"test_parameters[b::c-4]\" ",
        "classname=\"device.tests.test_outcomes\" name=\"test_fails\" <failure message=\"assert [1, 2, 3] == [1, 2, 4]",
        "classname=\"device.tests.test_outcomes\" name=\"test_skipped\" <skipped type=\"pytest.skip\" message=\"no such",
        "classname=\"device.tests.test_outcomes\" name=\"test_set_up_fails\" <error message=\"failed on setup with",
        "classname=\"device.tests.test_outcomes.TestClass.TestInner\" name=\"test_inner\" <failure message=\"KeyError: k",
        "classname=\"device.tests.test_outcomes\" name=\"test_property\" <property name=\"board\" value=\"EC600N\"",
        "classname=\"host.test_host\" name=\"test_boot\" ",
    ] {
        assert!(plain.iter().any(|case| case.starts_with(wanted)), "no {wanted} in\n{}", plain.join("\n"));
    }
    assert_eq!(cases("-n 2 --dist loadfile"), plain);
}

#[test]
fn the_oldest_pytest_that_is_supported() {
    let Some(made) = made() else { return };
    let mut version = Command::new(python(&made.tools));
    version.args(["-c", "import sys; print(sys.version_info < (3, 12))"]);
    if ran(version, LIMIT).expect("python runs").stdout.trim() != "True" {
        eprintln!("\n*** SKIPPED: {OLDEST} does not run under this Python ***\n");
        return;
    }
    let environment = fresh("wheel oldest", &made.tools, &made.wheel, &[OLDEST]);
    let here = project_copy("outcomes", "oldest");
    let told = |environment: &Path| {
        let ended = pytest(environment, &here.0, &words("-p no:cacheprovider -rA --tb=no"));
        let told = outcomes(&ended, &here.0);
        // Reasons are told by newer ones only.
        told.lines().map(|line| line.split(" - ").next().unwrap_or(line).trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(&environment), told(&made.environment));
}
