//! `quecpy board`: the simulated module, to look at and to start a board file from.

use crate::commands::session;
use crate::ending::Ending;
use quecpy_runtime::Description;
use std::path::Path;

const HEAD: &str = "\
# A board file: quecpy --board FILE. Whatever is left out is as here.
# A line that begins with # says nothing; without the # it does.
";

/// The board file that says what a module is like without one.
#[must_use]
pub fn default_board_file() -> String {
    board_file(&Description::default())
}

fn board_file(description: &Description) -> String {
    format!("{HEAD}\n{}", description.to_toml())
}

/// Prints the board.
///
/// # Errors
/// One line about a board file that cannot be used.
pub fn show(json: bool, file: Option<&Path>, ending: &Ending) -> Result<u8, String> {
    let description = session::description(file)?;
    let text = if json { description.to_json() + "\n" } else { board_file(&description) };
    ending.print(&text);
    Ok(0)
}
