//! The program `quecpy`. Each command is a file of `commands`; how they end is in [`exit_code`] and `ending.rs`.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod commands;
mod ending;
pub mod exit_code;
mod say;
mod terminal;
mod wires;

pub use args::help_pages;
pub use commands::board::default_board_file;

use ending::Ending;
use quecpy_modules::registry::Module;
use quecpy_runtime::barrier::{self, Damage};
use std::ffi::OsString;
use std::process::ExitCode;

/// Does what the command line says. Sessions have `modules` beside those of a module.
#[must_use]
pub fn main(modules: &'static [Module]) -> ExitCode {
    quecpy_net::survive_file_limit();
    let ending = Ending::default();
    let told = ending.clone();
    barrier::install_hook(move |fault, damage| {
        told.fault(fault);
        if damage == Damage::Process {
            told.exit(exit_code::FAULT);
        }
    });
    let status = barrier::catch(|| run(modules, &ending)).unwrap_or_else(|fault| {
        ending.fault(&fault);
        exit_code::FAULT
    });
    ending.clean_up();
    ExitCode::from(ending.status(status))
}

fn run(modules: &'static [Module], ending: &Ending) -> u8 {
    let words: Vec<OsString> = std::env::args_os().collect();
    let args = match args::parse(&words) {
        Ok(args) => args,
        Err(e) if e.use_stderr() => {
            say::error(&e.render().to_string());
            let test = words.get(1).is_some_and(|first| first == "test");
            return if test { commands::test::MISUSE } else { exit_code::MISUSE };
        }
        Err(help) => {
            ending.print(&help.render().to_string());
            return 0;
        }
    };
    if args.version {
        ending.print(&format!("{}\n", args::version(args.verbose)));
        return 0;
    }
    let program = commands::Program { modules, ending };
    let done = match args.command {
        Some(args::Command::Board { json, board }) => commands::board::show(json, board.as_deref(), ending),
        Some(args::Command::Boot { module, main, project }) => {
            commands::boot::boot(&program, &module, main.as_deref(), project)
        }
        Some(args::Command::Serial { module, main, pty, listen, project }) => {
            let terminal = pty.map(wires::Where::Terminal);
            let places = terminal.into_iter().chain(listen.into_iter().map(wires::Where::Tcp)).collect();
            commands::serial::serve(&program, &module, main.as_deref(), project, places)
        }
        Some(args::Command::Test(test)) => Ok(commands::test::test(&program, *test)),
        None => commands::run::run(&program, args),
    };
    done.unwrap_or_else(|misuse| {
        say::error(&format!("quecpy: {misuse}\n"));
        exit_code::MISUSE
    })
}
