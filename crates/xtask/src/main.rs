//! `cargo xtask NAME` makes what is committed and comes from the sources, or checks what shall hold of them. A test of each
//! keeps it true.

mod api;
mod ci;
mod picture;
mod reference;
mod repository;
mod structure;

use std::io;
use std::process::ExitCode;

/// What a task does.
enum Act {
    /// Writes a file that is committed.
    Make(&'static str, fn() -> io::Result<String>),
    /// Tells what does not hold, a line each.
    Check(fn() -> io::Result<Vec<String>>),
}

/// A task.
struct Task {
    name: &'static str,
    what: &'static str,
    act: Act,
}

const TASKS: &[Task] = &[
    Task { name: "api", what: "which public names exist", act: Act::Make(api::COVERAGE, api::coverage) },
    Task { name: "picture", what: "the picture of README", act: Act::Make(picture::PICTURE, picture::picture) },
    Task {
        name: "command-line",
        what: "the reference of the command line, from --help",
        act: Act::Make(reference::COMMAND_LINE, reference::command_line),
    },
    Task {
        name: "board-file",
        what: "the reference of the board file, from `quecpy board`",
        act: Act::Make(reference::BOARD_FILE, reference::board_file),
    },
    Task {
        name: "structure",
        what: "no circle of files, no file too long, no folder too full",
        act: Act::Check(structure::faults),
    },
    Task { name: "ci", what: "all that must hold before a change lands", act: Act::Check(ci::faults) },
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let Some(task) = TASKS.iter().find(|t| wanted == [t.name]) else {
        for task in TASKS {
            match task.act {
                Act::Make(file, _) => eprintln!("cargo xtask {:<12} makes {file}: {}", task.name, task.what),
                Act::Check(_) => eprintln!("cargo xtask {:<12} checks: {}", task.name, task.what),
            }
        }
        return ExitCode::from(2);
    };
    match done(&task.act) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("cargo xtask {}: {e}", task.name);
            ExitCode::FAILURE
        }
    }
}

/// Whether all is well.
fn done(act: &Act) -> io::Result<bool> {
    match act {
        Act::Make(file, text) => std::fs::write(repository::top().join(file), text()?).map(|()| true),
        Act::Check(faults) => {
            let faults = faults()?;
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            Ok(faults.is_empty())
        }
    }
}
