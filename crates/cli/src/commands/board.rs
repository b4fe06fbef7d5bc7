//! `quecpy board`: the simulated module, to look at and to start a board file from.

use crate::commands::session;
use crate::ending::Ending;
use std::path::Path;

const HEAD: &str = "\
# A board file: quecpy --board FILE. Whatever is left out is as here.
# A line that begins with # says nothing; without the # it does.
";

/// Prints the board.
///
/// # Errors
/// One line about a board file that cannot be used.
pub fn show(json: bool, file: Option<&Path>, ending: &Ending) -> Result<u8, String> {
    let description = session::description(file)?;
    let text = if json { description.to_json() + "\n" } else { format!("{HEAD}\n{}", description.to_toml()) };
    ending.print(&text);
    Ok(0)
}
