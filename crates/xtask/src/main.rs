//! `cargo xtask NAME` makes what is committed and comes from the sources. A test of each keeps the committed form true.

mod api;
mod picture;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A task: its name, what it makes, and how.
struct Task {
    name: &'static str,
    makes: &'static str,
    text: fn() -> std::io::Result<String>,
}

const TASKS: &[Task] = &[
    Task { name: "api", makes: api::COVERAGE, text: api::coverage },
    Task { name: "picture", makes: picture::PICTURE, text: picture::picture },
];

/// The top of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let Some(task) = TASKS.iter().find(|t| wanted == [t.name]) else {
        for task in TASKS {
            eprintln!("cargo xtask {}    makes {}", task.name, task.makes);
        }
        return ExitCode::from(2);
    };
    match (task.text)().and_then(|text| std::fs::write(top().join(task.makes), text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("cargo xtask {}: {e}", task.name);
            ExitCode::FAILURE
        }
    }
}
