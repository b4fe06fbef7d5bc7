//! `quecpy test`: what it prints, and that it is pytest. `specs/test_runner/golden/NAME/` is run with the arguments of
//! its file `command`, and must print `expected.txt`; `specs/test_runner/parity/` is run by pytest under CPython as well,
//! with the same outcomes, exit status and JUnit file.

mod support;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use support::{Copy, Ended, program, python, root, run_within};

const LIMIT: Duration = Duration::from_secs(120);

fn specs() -> PathBuf {
    root().join("tests/specs/test_runner")
}

fn test(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = program();
    command.arg("test").args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env_remove("CI").env_remove("BUILD_NUMBER").env_remove("COLUMNS");
    run_within(command, LIMIT).expect("it ends")
}

/// `<a.X object at 0x55dc70>`, as CPython writes, and `<X object at 55dc70>`, as MicroPython does, without the address and
/// without what the class is in.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let plain = part.strip_prefix("0x").unwrap_or(part);
        let rest = plain.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        let is_address = plain.len() - rest.len() >= 6 && (rest.starts_with('>') || rest.starts_with("&gt;"));
        if !is_address {
            out = format!("{out} at {part}");
            continue;
        }
        let start = out.rfind(['<', ';']).map_or(0, |at| at + 1);
        let dot = out[start..].rfind('.').map_or(start, |at| start + at + 1);
        let kind = if out[start..].starts_with("function ") { "function " } else { "" };
        out =
            format!("{}{kind}{} at ADDRESS{rest}", &out[..start], out[dot..].strip_prefix(kind).unwrap_or(&out[dot..]));
    }
    out
}

/// Without what differs from run to run: times, addresses, the folder.
fn normal(text: &str, folder: &Path) -> String {
    let mut out = String::new();
    for line in text.replace(&*folder.to_string_lossy(), "HERE").lines() {
        let line = without_addresses(line);
        match line.rsplit_once(" in ").filter(|(_, t)| {
            t.trim_end_matches(['=', ' ']).ends_with('s') && t.starts_with(|c: char| c.is_ascii_digit())
        }) {
            Some((head, _)) => out += &format!("{} in TIME\n", head.trim_matches('=').trim()),
            None => out += &format!("{}\n", line.replace(env!("CARGO_PKG_VERSION"), "VERSION").trim_end()),
        }
    }
    out
}

#[test]
fn golden_outputs() {
    let update = support::recording();
    let mut names: Vec<_> = std::fs::read_dir(specs().join("golden"))
        .expect("the folder")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.is_dir())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for folder in names {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let here = Copy::of(&folder, &name);
        let commands = std::fs::read_to_string(folder.join("command")).expect("its arguments");
        let mut all = String::new();
        for command in commands.lines() {
            let ended = test(&here.0, &command.split_whitespace().collect::<Vec<_>>());
            all += &format!("$ quecpy test {command}\n{}", normal(&ended.stdout, &here.0));
            all += &normal(&ended.stderr, &here.0);
            all += &format!("[exit {}]\n", ended.status.unwrap_or(-1));
        }
        let expected = folder.join("expected.txt");
        if update {
            std::fs::write(&expected, &all).expect("written");
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        assert!(all == wanted, "{name}\n--- expected\n{wanted}\n--- printed\n{all}");
    }
}

/// pytest under CPython; `None` where it cannot be had.
fn pytest() -> Option<PathBuf> {
    python::installed("pytest", &["pytest==9.2.0"]).then(|| python::programs("pytest").join("pytest"))
}

/// The cases of a JUnit file, without times and addresses, in order.
fn cases(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a JUnit file");
    let cases = text.split("<testcase ").enumerate().map(|(i, case)| {
        let case = match (i, case.find(" time=\"")) {
            (0, Some(at)) => &case[..at],
            _ => case,
        };
        let mut out = case.to_owned();
        while let Some(at) = out.find("time=\"") {
            let end = out[at + 6..].find('"').map_or(out.len(), |e| at + 6 + e + 1);
            out.replace_range(at..end, "");
        }
        without_addresses(&out)
    });
    cases.collect()
}

#[test]
fn the_same_files_have_the_same_outcomes_under_pytest() {
    let Some(pytest) = pytest() else { return };
    let here = Copy::of(&specs().join("parity"), "parity");
    let options = ["-p", "no:cacheprovider", "-q", "--junitxml"];
    let mut command = Command::new(pytest);
    command.args(options).arg("theirs.xml").current_dir(&here.0).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env_remove("CI").env_remove("BUILD_NUMBER").env_remove("COLUMNS").env_remove("PYTEST_ADDOPTS");
    let theirs = run_within(command, LIMIT).expect("it ends");
    for jobs in ["1", "2"] {
        let ours = test(&here.0, &["-p", "no:cacheprovider", "-q", "--junitxml", "ours.xml", "-n", jobs]);
        assert_eq!(ours.status, theirs.status, "{}\n{}", ours.stdout, ours.stderr);
        let (mut mine, mut other) = (cases(&here.0.join("ours.xml")), cases(&here.0.join("theirs.xml")));
        if jobs != "1" {
            // Files beside each other end in any order.
            let tidy = |all: &mut Vec<String>| {
                all.iter_mut().for_each(|c| *c = c.replace("</testsuite></testsuites>", ""));
                all.sort();
            };
            tidy(&mut mine);
            tidy(&mut other);
        }
        assert!(mine.len() > 150, "{}", ours.stdout);
        for (mine, other) in mine.iter().zip(&other) {
            assert_eq!(mine, other, "-n {jobs}");
        }
        assert_eq!(mine.len(), other.len());
    }
}

#[test]
fn the_example_project_passes() {
    let ended = test(&root().join("python_examples/tests"), &["-p", "no:cacheprovider", "--timeout", "60"]);
    assert_eq!(ended.status, Some(0), "{}\n{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.contains(" passed"), "{}", ended.stdout);
}

#[test]
fn the_report_for_programs_is_a_json_object_a_line() {
    let ended = test(&specs().join("golden/outcomes"), &["-p", "no:cacheprovider", "-q", "--report-json", "-"]);
    let events: Vec<&str> = ended.stdout.lines().filter(|l| l.starts_with("{\"")).collect();
    assert!(events.iter().any(|e| e.contains("\"event\":\"collected\"")), "{}", ended.stdout);
    assert!(events.iter().any(|e| e.contains("\"event\":\"report\"") && e.contains("\"outcome\":\"failed\"")));
    assert!(events.last().is_some_and(|e| e.contains("\"event\":\"end\"") && e.contains("\"exit\":1")));
}

#[test]
fn programs_choose_tests_and_read_the_report() {
    let here = Copy::of(&specs().join("golden/outcomes"), "programs");
    // A conftest.py of somebody else, above the tests.
    std::fs::create_dir(here.0.join("module")).expect("a folder");
    std::fs::rename(here.0.join("test_outcomes.py"), here.0.join("module/test_outcomes.py")).expect("moved");
    std::fs::write(here.0.join("conftest.py"), "import subprocess\n").expect("written");
    let chosen = "module/test_outcomes.py::test_p[3-4]\nmodule/test_outcomes.py::TestA\n";
    std::fs::write(here.0.join("chosen"), chosen).expect("written");
    let options =
        ["-p", "no:cacheprovider", "--rootdir", ".", "--confcutdir", "module", "--report-json", "-", "@chosen"];
    let ended = test(&here.0, &options);
    assert!(ended.stdout.lines().all(|l| l.starts_with("{\"") && l.ends_with('}')), "{}", ended.stdout);
    assert!(
        ended.stderr.contains("test session starts") && ended.stderr.contains("1 failed, 1 passed"),
        "{}",
        ended.stderr
    );
    let starts: Vec<&str> = ended.stdout.lines().filter(|l| l.contains("\"event\":\"start\"")).collect();
    assert!(
        starts.len() == 2 && starts[0].contains("::test_p[3-4]") && starts[1].contains("::TestA::test_m"),
        "{starts:?}"
    );
    assert!(ended.stdout.contains("\"path\":\"module/test_outcomes.py\""), "{}", ended.stdout);
    let lost = test(&here.0, &["@nowhere"]);
    assert!(lost.status == Some(4) && lost.stderr.contains("cannot read nowhere"), "{}", lost.stderr);
}

#[test]
fn the_report_tells_what_marks_were_given() {
    let here = Copy::of(&specs().join("golden/usage"), "marks");
    let text = "import pytest\n\n\n@pytest.mark.timeout(5)\n@pytest.mark.level('a', deep=[1, None])\n@pytest.mark.odd(object())\n\
                @pytest.mark.parametrize('n', [1])\ndef test_marked(n):\n    pass\n";
    std::fs::write(here.0.join("test_marked.py"), text).expect("written");
    let ended = test(&here.0, &["-p", "no:cacheprovider", "--collect-only", "--report-json", "-", "test_marked.py"]);
    let told = "\"arguments\":{\"level\":[[\"a\"],{\"deep\":[1,null]}],\"timeout\":[[5],{}]}";
    assert!(ended.stdout.contains(told), "{}", ended.stdout);
}

/// A link back to where it is, and a file of tests that is none: both are passed over, and nothing waits.
#[cfg(unix)]
#[test]
fn what_cannot_be_walked_or_read_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("test_a.py"), "def test_a():\n    pass\n").expect("written");
    std::os::unix::fs::symlink(".", folder.path().join("loop")).expect("linked");
    std::os::unix::fs::symlink("..", folder.path().join("up")).expect("linked");
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("test_s.py")).expect("bound");
    let ended = test(folder.path(), &[]);
    assert_eq!(ended.status, Some(0), "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.contains("1 passed"), "{}", ended.stdout);
}
