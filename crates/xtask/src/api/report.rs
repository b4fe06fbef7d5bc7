//! The table that is committed.

use super::data;
use super::list::Name;
use super::state::State;
use std::fmt::Write;

const HEAD: &str = "\
# QuecPython's public names in quecpy

Made by `cargo xtask api` from [the list of public names](quecpython-api.tsv); a test keeps it true. *There*: it does
what the module's does, as far as the tests tell. *Not simulated*: it is there, and using it raises NotImplementedError
with a text that says why.

";

type Row = (Name, State);

pub(super) fn text(rows: &[Row]) -> String {
    let mut text = HEAD.to_owned();
    totals(&mut text, rows);
    modules(&mut text, rows);
    denied(&mut text, rows);
    text
}

fn count(rows: &[Row], is: fn(&State) -> bool) -> usize {
    rows.iter().filter(|(_, state)| is(state)).count()
}

/// A column's heading, and which states it counts.
type Column = (&'static str, fn(&State) -> bool);

const COLUMNS: &[Column] = &[
    ("there", |s| *s == State::There),
    ("not simulated", |s| *s == State::Unsimulated),
    ("missing", |s| *s == State::Missing),
    ("not on this module, see below", |s| matches!(s, State::Denied(_))),
];

fn totals(text: &mut String, rows: &[Row]) {
    *text += "| names | | % |\n|---|---|---|\n";
    for (heading, is) in COLUMNS {
        let n = count(rows, *is);
        let _ = writeln!(text, "| {heading} | {n} | {} |", percent(n, rows.len()));
    }
    let _ = writeln!(text, "| all | {} | 100.0 |\n", rows.len());
}

/// With one digit after the point.
fn percent(n: usize, of: usize) -> String {
    let tenths = n * 1000 / of.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn modules(text: &mut String, rows: &[Row]) {
    *text += "| module | names | there | not simulated | missing | which are missing |\n|---|---|---|---|---|---|\n";
    for of_module in rows.chunk_by(|a, b| a.0.module == b.0.module) {
        let module = &of_module[0].0.module;
        let counts = COLUMNS[..3].iter().map(|(_, is)| match count(of_module, *is) {
            0 => String::new(),
            n => n.to_string(),
        });
        let counts: Vec<String> = counts.collect();
        let _ =
            writeln!(text, "| `{module}` | {} | {} | {} |", of_module.len(), counts.join(" | "), missing(of_module));
    }
}

/// The missing names; of a module that has none of its names that is all.
fn missing(rows: &[Row]) -> String {
    let names: Vec<String> =
        rows.iter().filter(|(_, s)| *s == State::Missing).map(|(n, _)| format!("`{}`", n.name)).collect();
    if names.len() == rows.len() { "all".into() } else { names.join(" ") }
}

fn denied(text: &mut String, rows: &[Row]) {
    *text += "\nNot on this module:\n\n| name | why |\n|---|---|\n";
    for (name, state) in rows {
        if let State::Denied(why) = state {
            let _ = writeln!(text, "| `{name}` | {why} |");
        }
    }
    *text += "\nThese are had otherwise than the list's names suggest (`m` is the module; of `WDT`, `machine`):\n\n| name | how |\n|---|---|\n";
    for (module, head, means) in data::MEANS {
        let means = if *means == "m" { "what is imported is the class itself".into() } else { format!("`{means}`") };
        let _ = writeln!(text, "| `{module}.{head}` | {means} |");
    }
}
