//! The program `quecpy`. Each command is a file of [`commands`]; how they end is in [`exit_code`].

mod args;
mod commands;
mod exit_code;
mod terminal;
mod wires;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            // A terminal that is gone needs no help.
            let _ = e.print();
            let test = std::env::args_os().nth(1).is_some_and(|first| first == "test");
            return ExitCode::from(match e.exit_code() {
                0 => 0,
                _ if test => commands::test::MISUSE,
                _ => exit_code::MISUSE,
            });
        }
    };
    if args.version {
        println!("{}", args::version());
        return ExitCode::SUCCESS;
    }
    let done = match args.command {
        Some(args::Command::Board { json, board }) => commands::board::show(json, board.as_deref()),
        Some(args::Command::Boot { module, project }) => commands::boot::boot(&module, project),
        Some(args::Command::Serial { module, pty, listen, project }) => {
            let terminal = pty.map(wires::Where::Terminal);
            let places = terminal.into_iter().chain(listen.into_iter().map(wires::Where::Tcp)).collect();
            commands::serial::serve(&module, project, places)
        }
        Some(args::Command::Test(test)) => Ok(commands::test::test(*test)),
        None => commands::run::run(args),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(misuse) => {
            eprintln!("quecpy: {misuse}");
            ExitCode::from(exit_code::MISUSE)
        }
    }
}
