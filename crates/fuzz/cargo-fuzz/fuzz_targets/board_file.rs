#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (quecpy_fuzz::target("board_file").run)(bytes));
