//! `quecpy board`: the simulated module, to look at and to start a board file from.

use crate::commands::session;
use std::path::Path;

/// Prints the board.
///
/// # Errors
/// One line about a board file that cannot be used.
pub fn show(json: bool, file: Option<&Path>) -> Result<u8, String> {
    let description = session::description(file)?;
    if json {
        println!("{}", description.to_json());
    } else {
        print!("# A board file: quecpy --board FILE. Whatever is left out is as here.\n\n{}", description.to_toml());
    }
    Ok(0)
}
