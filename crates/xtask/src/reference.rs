//! Pages of the book that come from the program: its command line and the default board file.

use std::fmt::Write;
use std::io;

pub const COMMAND_LINE: &str = "docs/reference/command-line.md";
pub const BOARD_FILE: &str = "docs/reference/board-file.md";

/// The text of [`COMMAND_LINE`].
///
/// # Errors
/// None.
pub fn command_line() -> io::Result<String> {
    let mut page = "# Command line\n\nWhat `--help` says. `cargo xtask command-line` makes this page.\n".to_owned();
    for (name, help) in quecpy_cli::help_pages() {
        let lines = help.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let _ = write!(page, "\n## {name}\n\n```text\n{lines}\n```\n");
    }
    Ok(page)
}

/// The text of [`BOARD_FILE`].
///
/// # Errors
/// None.
pub fn board_file() -> io::Result<String> {
    Ok(format!(
        "# Board file\n\nWhat `quecpy board` prints: each value, what it may be, and the default. A file needs to say only \
         what differs; [the guide](../guide/board.md) shows how. `cargo xtask board-file` makes this page.\n\n\
         <!-- file: board.toml -->\n```toml\n{}```\n\n```console\n$ quecpy --board board.toml -c \"print('ready')\"\nready\n```\n",
        quecpy_cli::default_board_file()
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_pages_are_true() {
        for (file, text) in [(super::COMMAND_LINE, super::command_line()), (super::BOARD_FILE, super::board_file())] {
            let committed = std::fs::read_to_string(crate::repository::top().join(file)).unwrap().replace("\r\n", "\n");
            assert!(text.unwrap() == committed, "{file} is not true any more: run `cargo xtask` with its name");
        }
    }
}
