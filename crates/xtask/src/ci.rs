//! `cargo xtask ci`: all that must hold before a change lands, on a desk as on GitHub's runners. `.ci/run` is the part that needs
//! Rust and nothing else; a step whose tool is missing is left out, and said to be.

use std::io;
use std::process::Command;

/// A command that must succeed.
struct Step {
    what: &'static str,
    command: &'static str,
    /// A program that it needs beside Rust, which is asked for its version.
    tool: Option<&'static str>,
    environment: Option<(&'static str, &'static str)>,
}

const fn step(what: &'static str, command: &'static str) -> Step {
    Step { what, command, tool: None, environment: None }
}

const STEPS: &[Step] = &[
    step("format", "cargo fmt --all --check"),
    step("tests", "cargo suite"),
    step("lints", "cargo clippy --ignore-rust-version --workspace --all-targets -- -D warnings"),
    Step {
        environment: Some(("RUSTDOCFLAGS", "-D warnings")),
        ..step("documentation", "cargo doc --release --ignore-rust-version --workspace --no-deps")
    },
    step("packages", "cargo package --workspace --no-verify --allow-dirty --quiet"),
    Step { tool: Some("cargo-deny"), ..step("licences, versions, advisories", "cargo deny check") },
    Step { tool: Some("typos"), ..step("spelling", "typos") },
    Step { tool: Some("actionlint"), ..step("workflows", "actionlint") },
];

/// Runs them, to the first that fails; what fails, a line.
///
/// # Errors
/// A command that cannot be started.
pub fn faults() -> io::Result<Vec<String>> {
    for step in STEPS {
        if step.tool.is_some_and(is_missing) {
            eprintln!("\n== {}: left out, {} is not installed", step.what, step.tool.unwrap_or_default());
            continue;
        }
        eprintln!("\n== {}: {}", step.what, step.command);
        let mut words = step.command.split(' ');
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).envs(step.environment).current_dir(crate::repository::top());
        if !command.status()?.success() {
            return Ok(vec![format!("{}: failed: {}", step.what, step.command)]);
        }
    }
    Ok(Vec::new())
}

fn is_missing(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> String {
        std::fs::read_to_string(crate::repository::top().join(name)).unwrap()
    }

    #[test]
    fn each_step_is_one_of_the_runners_too() {
        let (own, workflow) = (read(".ci/run"), read(".github/workflows/ci.yml"));
        for step in STEPS {
            let runs = |text: &str| text.lines().any(|l| l.trim().trim_start_matches("- run: ") == step.command);
            assert!(runs(&own) || runs(&workflow), "neither .ci/run nor ci.yml has {}", step.command);
        }
        for line in own.lines().filter(|l| l.starts_with("cargo ")) {
            assert!(STEPS.iter().any(|step| step.command == line), "cargo xtask ci lacks {line}");
        }
    }
}
