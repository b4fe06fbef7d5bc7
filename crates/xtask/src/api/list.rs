//! The list of public names: one a line, `module`, `kind`, `name`, `signature`, with a head line.

use super::data::PAGES;
use std::fmt;
use std::io::{Error, Result};
use std::path::Path;

const LIST: &str = "tests/specs/api/quecpython-api.tsv";

/// A name as the documentation has it.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// May be dotted: `misc.Power`.
    pub module: String,
    /// May be dotted: `Pin.read`.
    pub name: String,
}

impl Name {
    /// What a script imports.
    pub(super) fn imported(&self) -> &str {
        let module = self.module_file();
        PAGES.iter().find(|(page, _)| *page == module).map_or(module, |(_, imported)| imported)
    }

    /// The module as the list has it.
    pub(crate) fn module_file(&self) -> &str {
        self.module.split('.').next().unwrap_or_default()
    }

    /// The name's first part: a class, where it is dotted.
    pub(crate) fn head(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.module, self.name)
    }
}

pub(crate) fn read(top: &Path) -> Result<Vec<Name>> {
    let text = std::fs::read_to_string(top.join(LIST))?;
    text.lines().skip(1).map(parse).collect()
}

fn parse(line: &str) -> Result<Name> {
    let mut cells = line.split('\t');
    match (cells.next(), cells.next(), cells.next()) {
        (Some(module), Some(_kind), Some(name)) => Ok(Name { module: module.to_owned(), name: name.to_owned() }),
        _ => Err(Error::other(format!("{LIST}: not a row: {line}"))),
    }
}
