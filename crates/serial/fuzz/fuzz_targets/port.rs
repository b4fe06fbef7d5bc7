//! `cargo +nightly fuzz run port`, in `crates/serial`.

#![no_main]

#[path = "../player.rs"]
mod player;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| player::play(bytes));
