//! The program `quecpy`. Each command is a file of [`commands`]; how they end is in [`exit_code`].

mod args;
mod commands;
mod exit_code;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    if args.version {
        println!("{}", args::version());
        return ExitCode::SUCCESS;
    }
    match commands::run::run(args) {
        Ok(code) => ExitCode::from(code),
        Err(misuse) => {
            eprintln!("quecpy: {misuse}");
            ExitCode::from(exit_code::MISUSE)
        }
    }
}
