//! The program `quecpy`: all of it is in the library of this package, which tests start with modules of their own.

/// So that a script's memory can be limited.
#[global_allocator]
static ALLOCATOR: quecpy_net::CountingAllocator = quecpy_net::CountingAllocator;

fn main() -> std::process::ExitCode {
    quecpy_cli::main(&[])
}
