//! Asks a session: one script that imports every module and looks for every name.

use super::data;
use super::list::Name;
use super::state::State;
use quecpy_runtime::{Options, Outcome, Session, Source, Storage, stdio};
use std::fmt::Write;
use std::io::{Error, Result};

/// Answers with one word a name.
const HEAD: &str = "\
def state(module, find):
    try:
        found = find(__import__(module))
    except NotImplementedError:
        return 'unsimulated'
    except Exception:
        return 'missing'
    acts = getattr(found, '__init__', None) if isinstance(found, type) else found
    return 'unsimulated' if type(acts).__name__ == 'unsimulated' else 'there'


";

/// How it stands with each name, in their order.
pub(super) fn states(names: &[Name]) -> Result<Vec<State>> {
    let denied: Vec<Option<State>> = names.iter().map(denied).collect();
    let asked = names.iter().zip(&denied).filter(|(_, denied)| denied.is_none()).map(|(name, _)| name);
    let script = asked.fold(HEAD.to_owned(), |mut script, name| {
        let _ = writeln!(script, "print(state('{}', lambda m: {}))", name.imported(), expression(name));
        script
    });
    let printed = run(&script)?;
    let mut answers = printed.lines();
    let state = |denied: Option<State>| match denied {
        Some(state) => Ok(state),
        None => answers.next().and_then(state_of).ok_or_else(|| Error::other("the script said too little")),
    };
    denied.into_iter().map(state).collect()
}

fn denied(name: &Name) -> Option<State> {
    let row = data::DENIED.iter().find(|(module, denied, _)| *module == name.module && *denied == name.name);
    row.map(|(_, _, why)| State::Denied(why))
}

fn state_of(word: &str) -> Option<State> {
    match word {
        "there" => Some(State::There),
        "unsimulated" => Some(State::Unsimulated),
        "missing" => Some(State::Missing),
        _ => None,
    }
}

/// The name as an expression of `m`, the module.
fn expression(name: &Name) -> String {
    let (head, rest) = name.name.split_at(name.head().len());
    // Built-in types do not show their special methods: what can be made is the class.
    let rest = rest.strip_suffix(".__init__").unwrap_or(rest);
    let means = data::MEANS.iter().find(|(module, of, _)| *module == name.module && *of == head);
    match means {
        Some((_, _, means)) => format!("{means}{rest}"),
        None => format!("m{}.{}", &name.module[name.module_file().len()..], format_args!("{head}{rest}")),
    }
}

/// What the script prints, on a board of its own.
fn run(script: &str) -> Result<String> {
    let project = tempfile::tempdir()?;
    let (console, output) = stdio::captured("");
    let storage = Storage::Ephemeral;
    let options = Options { console, storage, project: project.path().to_owned(), exit: true, ..Options::default() };
    match Session::new(options)?.run(&Source::text("<names>", script)) {
        Outcome::Done => Ok(output.stdout()),
        other => Err(Error::other(format!("the script ended by {other:?}: {}", output.stderr()))),
    }
}
