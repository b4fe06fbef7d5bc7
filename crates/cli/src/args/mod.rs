//! The command line.

mod module;
mod test;

use clap::{CommandFactory, Parser, Subcommand};
pub use module::{Model, Module};
use quecpy_net::sandbox;
use quecpy_usocket::semantics::COLUMNS;
use std::ffi::OsString;
use std::path::PathBuf;
pub use test::Test;

const EXAMPLES: &str = "\
Examples:
  quecpy script.py                     run a script, on real sockets
  quecpy --lab script.py               the same on a machine without internet
  quecpy -c 'import usocket; print(usocket.getaddrinfo(\"127.0.0.1\", 80))'
  quecpy --firmware 2021 script.py     behave as firmware of that generation
  quecpy boot my_project               power a module on with that folder as its /usr
  quecpy serial --pty=/tmp/module      its main serial port, for mpremote, Thonny and other tools
  quecpy test                          test the scripts of this folder, as pytest does
  quecpy --forward 8080:80 server.py   the module's port 80 is this computer's port 8080
  quecpy --uart 2:pty=/tmp/uart2 s.py  the module's UART2 is a terminal of this computer
  quecpy --resolve iot.example.com:1883:127.0.0.1:11883 client.py
  echo 'print(1)' | quecpy             a script from a pipe

Ctrl-C interrupts the script; a second one within two seconds ends the program, whatever it does.

Exit status: 0 when the script ended, 1 after an exception, 2 when the command line cannot be followed,
70 after a fault of quecpy itself, 74 when standard output cannot be written, 141 when nobody reads it,
130 after Ctrl-C, 129 and 143 after SIGHUP and SIGTERM, otherwise what the script gave to usys.exit().";

/// Runs QuecPython scripts on a PC, unchanged, over real sockets.
#[derive(Debug, Parser)]
#[command(name = "quecpy", after_help = EXAMPLES, max_term_width = 110, disable_help_subcommand = true)]
#[command(args_conflicts_with_subcommands = true)]
#[command(override_usage = "quecpy [OPTIONS] [SCRIPT [ARGS...]]\n       quecpy [OPTIONS] -c CODE [ARGS...]\n       \
                            quecpy boot [OPTIONS] PROJECT_DIR\n       \
                            quecpy serial [OPTIONS] --pty[=LINK] | --listen 127.0.0.1:PORT\n       \
                            quecpy test [OPTIONS] [PATHS]\n       quecpy board [OPTIONS]")]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Run this text instead of a file
    #[arg(short = 'c', value_name = "CODE")]
    pub code: Option<String>,

    /// Open the prompt when the script has ended, with all its names
    #[arg(short = 'i')]
    pub interactive: bool,

    #[command(flatten)]
    pub module: Module,

    /// Print the version and the firmwares emulated
    #[arg(short = 'V', long)]
    pub version: bool,

    /// With --version: also what keeps scripts out of this computer's files
    #[arg(short = 'v', long, requires = "version")]
    pub verbose: bool,

    /// The script and its arguments; without, the prompt opens in a terminal, and elsewhere a script
    /// is read from standard input
    #[arg(value_name = "SCRIPT [ARGS...]", trailing_var_arg = true, allow_hyphen_values = true)]
    pub script: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Power a module on: dial, then run main.py of the project folder, which is the module's /usr
    #[command(max_term_width = 110)]
    Boot {
        #[command(flatten)]
        module: Module,

        /// The file of the project that runs at power-on (default: main.py)
        #[arg(long, value_name = "FILE")]
        main: Option<String>,

        /// The project folder
        #[arg(value_name = "PROJECT_DIR")]
        project: PathBuf,
    },
    /// Serve the module's main serial port, for mpremote, Thonny and other tools
    #[command(max_term_width = 110)]
    Serial {
        #[command(flatten)]
        module: Module,

        /// As a pseudo-terminal, whose path is printed; with LINK, a link to it (Linux and macOS)
        #[arg(long, value_name = "LINK", num_args = 0..=1, require_equals = true)]
        pty: Option<Option<PathBuf>>,

        /// As a TCP port of this computer (0: any that is free), for mpremote connect socket://127.0.0.1:PORT
        #[arg(long, value_name = "127.0.0.1:PORT")]
        listen: Vec<std::net::SocketAddr>,

        /// The file of the project that runs at power-on (default: main.py)
        #[arg(long, value_name = "FILE")]
        main: Option<String>,

        /// The project folder: the module's /usr, whose main.py runs at power-on
        #[arg(value_name = "PROJECT_DIR")]
        project: Option<PathBuf>,
    },
    /// Test scripts as pytest does, each file on a module and in a network of its own
    #[command(max_term_width = 110, args_override_self = true)]
    Test(Box<Test>),
    /// Show the simulated module: as a board file to start from, or as JSON
    #[command(max_term_width = 110)]
    Board {
        /// As JSON
        #[arg(long)]
        json: bool,

        /// The board file to show (default: the built-in board)
        #[arg(long, value_name = "FILE")]
        board: Option<PathBuf>,
    },
}

/// The command line. What begins with - and is no file is an option, and so an unknown one.
///
/// # Errors
/// What to print instead of doing anything, as help is.
pub fn parse(words: &[OsString]) -> Result<Args, clap::Error> {
    let args = Args::try_parse_from(words)?;
    let is_option = |word: &PathBuf| word.as_os_str().as_encoded_bytes().starts_with(b"-") && word.as_os_str() != "-";
    match args.script.first() {
        Some(word) if args.code.is_none() && is_option(word) && !word.exists() => {
            let strict = Args::command().mut_arg("script", |script| script.allow_hyphen_values(false));
            // Behind a -- it is a file, and told to be missing like any other.
            strict.try_get_matches_from(words).map(|_| args)
        }
        _ => Ok(args),
    }
}

/// The command that a word may have been meant to be.
pub fn nearest_command(word: &str) -> Option<String> {
    let command = Args::command();
    let names = command.get_subcommands().map(|c| c.get_name().to_owned());
    // A few letters that are swapped, missing or too many; a short word has room for one mistake.
    let distance = |name: &String| strsim::osa_distance(word, name);
    let near = |name: &String| distance(name) <= if name.len() < 5 { 1 } else { 2 };
    names.filter(near).min_by_key(distance)
}

/// `--help` of the program and of each of its commands, with their names.
pub fn help_pages() -> Vec<(String, String)> {
    let mut program = Args::command().term_width(100);
    program.build();
    let own = ("quecpy".to_owned(), program.render_long_help().to_string());
    let commands = program.get_subcommands_mut().map(|command| {
        let name = format!("quecpy {}", command.get_name());
        let help = std::mem::take(command).term_width(100).render_long_help().to_string();
        (name, help)
    });
    std::iter::once(own).chain(commands).collect()
}

/// `--version`: what this is, and which firmwares it emulates; in full also what this computer has.
pub fn version(verbose: bool) -> String {
    let columns = COLUMNS.map(|c| format!("  {:<12} {}", c.name, c.description)).join("\n");
    let host = if verbose { format!("\nscripts are kept in by: {}", sandbox::available()) } else { String::new() };
    format!("quecpy {}\nfirmware emulated (--firmware NAME):\n{columns}{host}", env!("CARGO_PKG_VERSION"))
}
