//! The program `quecpy`: all of it is in the library of this package, which tests start with modules of their own.

fn main() -> std::process::ExitCode {
    quecpy_cli::main(&[])
}
