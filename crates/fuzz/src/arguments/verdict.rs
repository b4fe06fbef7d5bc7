//! What a walk said, and whether that is a module's way to speak.

/// Words that no module says: the host's, Rust's, the VM's.
const FOREIGN: &[&str] = &[
    "Rust",
    "isize",
    "usize",
    "os error",
    "panicked",
    "called `",
    "CPython",
    ".rs:",
    "PyObject",
    "ParseError",
    "TryFromInt",
    "Utf8Error",
    "rustpython",
    " i64",
    " u64",
    " i32",
    " u32",
    " u8",
    "/home/",
    "/root",
    "/tmp/",
];

/// Classes of exceptions that MicroPython does not have.
const UNKNOWN: &[&str] = &[
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "ConnectionError",
    "ConnectionResetError",
    "FileExistsError",
    "InterruptedError",
    "ModuleNotFoundError",
    "NotADirectoryError",
    "PermissionError",
    "RecursionError",
    "SystemError",
    "TabError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "PanicException",
];

/// The last call that was begun.
pub fn last_call(said: &str) -> &str {
    let from = said.rfind("\n> ").map_or_else(|| if said.starts_with("> ") { 2 } else { said.len() }, |at| at + 3);
    said[from..].lines().next().unwrap_or_default()
}

/// What was called.
pub fn name_of(call: &str) -> &str {
    // The arguments begin at the last bracket that stands behind a name and is not closed at once.
    let mut from = 0;
    while let Some(at) = call[from..].find('(') {
        let at = from + at;
        if !call[at..].starts_with("().") {
            return &call[..at];
        }
        from = at + 1;
    }
    call
}

/// All that is wrong, with the calls.
pub fn of(said: &str) -> Vec<String> {
    let mut call = "the import";
    let mut wrong = Vec::new();
    for line in said.lines() {
        if let Some(next) = line.strip_prefix("> ") {
            call = next;
        } else if line.starts_with("! ") {
            wrong.push(line.to_owned());
        } else if let Some(answer) = line.strip_prefix("< ") {
            let class = answer.split(' ').next().unwrap_or_default();
            if UNKNOWN.contains(&class) || FOREIGN.iter().any(|word| answer.contains(word)) {
                wrong.push(format!("{answer} <- {call}"));
            }
        }
    }
    wrong
}
