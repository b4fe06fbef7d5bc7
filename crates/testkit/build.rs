//! Frozen Python is compiled by a macro, which cargo cannot see into.

fn main() {
    println!("cargo::rerun-if-changed=src/worker/frozen");
}
