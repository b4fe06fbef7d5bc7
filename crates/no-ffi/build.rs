//! Makes `libffi.a`, and tells the linker to look for it here before it looks in the system.

fn main() {
    println!("cargo:rerun-if-changed=src/ffi.c");
    if std::env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|env| env == "msvc") {
        return;
    }
    cc::Build::new().cargo_metadata(false).file("src/ffi.c").compile("ffi");
    let folder = std::env::var("OUT_DIR").expect("cargo sets it");
    println!("cargo:rustc-link-search=native={folder}");
}
