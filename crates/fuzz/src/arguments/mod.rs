//! Arguments of everything that a script can call: every function, class and method of every module, in every firmware column.
//! Whatever comes, the answer is a value or an exception of the module's, in time and in the module's words.
//!
//! An input's first bytes choose the column, the module and how often each callable is called; the others choose the
//! arguments. The registry is the dictionary: `walk.py` finds the callables from within a session.

mod data;
mod verdict;
mod watch;

use crate::target::Target;
use quecpy_lab::Lab;
use quecpy_modules::registry::{self, Kind, MODULES};
use quecpy_net::StackOptions;
use quecpy_runtime::{Console, Options, Outcome, Session, Source, Storage};
use quecpy_usocket::semantics::COLUMNS;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};
use watch::{Progress, Watch};

pub const TARGET: Target = Target { name: "arguments", run, seeds, words: &[], inputs: 0 };

const WALK: &str = include_str!("walk.py");
/// Beside the modules: the methods of built-in types.
const TYPES: &str = "types";

/// What is walked through.
fn surfaces() -> Vec<&'static str> {
    let modules = MODULES.iter().filter(|m| !matches!(m.kind, Kind::Alias(_)) && !registry::is_private(m.name));
    [TYPES].into_iter().chain(modules.map(|m| m.name)).collect()
}

/// Every module in every column, each callable once.
fn seeds() -> Vec<Vec<u8>> {
    let surfaces = u8::try_from(surfaces().len()).expect("there are fewer than 256 modules");
    let columns = u8::try_from(COLUMNS.len()).expect("there are five columns");
    (0..surfaces).flat_map(|module| (0..columns).map(move |column| vec![column, module, 0, module, column])).collect()
}

/// The internet of all sessions: nothing else is reached.
fn lab() -> Arc<Lab> {
    static LAB: OnceLock<Arc<Lab>> = OnceLock::new();
    LAB.get_or_init(|| Lab::start().expect("a lab")).clone()
}

fn run(input: &[u8]) {
    let [column, module, rounds, choices @ ..] = input else { return };
    let surfaces = surfaces();
    let module = surfaces[usize::from(*module) % surfaces.len()];
    let column = COLUMNS[usize::from(*column) % COLUMNS.len()];
    let script = script(module, choices, rounds % 4 + 1);
    // An interrupt that comes a moment late ends the walk and not the call.
    for _ in 0..5 {
        let (outcome, said) = walk(column, &script);
        let verdict = verdict::of(&said);
        assert!(verdict.is_empty(), "{} {module}: {}", column.name, verdict.join("\n"));
        if outcome != Outcome::Interrupted {
            assert_eq!(outcome, Outcome::Done, "{} {module} ended at {}", column.name, verdict::last_call(&said));
            return;
        }
    }
}

/// The walk with its choices before it.
fn script(module: &str, choices: &[u8], rounds: u8) -> String {
    let mut script = format!("MODULE = '{module}'\nCHOICES = b'{}'\nROUNDS = {rounds}\n", choices.escape_ascii());
    // Writing to a String cannot fail.
    script.push_str("OTHERS = {\n");
    for other in MODULES {
        let _ = writeln!(script, "    '{}',", other.name);
    }
    script.push_str("}\nSKIPPED = {\n");
    for (name, _reason) in data::SKIPPED {
        let _ = writeln!(script, "    '{name}',");
    }
    script.push_str("}\nMAKERS = {\n");
    for (name, makers) in data::MAKERS {
        let _ = writeln!(script, "    '{name}': (");
        for maker in *makers {
            let _ = writeln!(script, "        r'''{maker}''',");
        }
        script.push_str("    ),\n");
    }
    script.push_str("}\n");
    script + WALK
}

/// Runs it in a session of its own; returns how it ended and what it said.
fn walk(column: &'static quecpy_usocket::Semantics, script: &str) -> (Outcome, String) {
    let progress = Progress::default();
    let console = Console::new(std::io::empty(), progress.clone(), std::io::sink());
    let project = tempfile::tempdir().expect("a folder");
    let network = StackOptions { upstream: Some(lab()), ..StackOptions::default() };
    let (project, storage) = (project.path().to_owned(), Storage::Ephemeral);
    let options = Options { console, firmware: column, network, project, storage, exit: true, ..Options::default() };
    let session = Session::new(options).expect("a session");
    session.board().time.set_fast(true);
    let watch = Watch::start(session.interrupter(), progress.clone());
    let outcome = session.run(&Source::text("<walk>", script));
    session.end();
    drop(watch);
    (outcome, progress.text())
}
