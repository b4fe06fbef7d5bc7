//! The program `quecpy`. Each command is a file of [`commands`]; how they end is in [`exit_code`].

mod args;
mod commands;
mod exit_code;
mod front;
mod main_port;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    if args.version {
        println!("{}", args::version());
        return ExitCode::SUCCESS;
    }
    let done = match args.command {
        Some(args::Command::Board { json, board }) => commands::board::show(json, board.as_deref()),
        Some(args::Command::Boot { module, project }) => commands::boot::boot(&module, project),
        Some(args::Command::Serial { module, pty, listen, project }) => {
            let terminal = pty.map(main_port::Where::Terminal);
            let places = terminal.into_iter().chain(listen.into_iter().map(main_port::Where::Tcp)).collect();
            commands::serial::serve(&module, project, places)
        }
        Some(args::Command::Test(test)) => commands::test::test(*test),
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
