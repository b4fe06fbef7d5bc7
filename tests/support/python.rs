//! Virtual environments with packages from PyPI, made once, below target/.

use super::{PATIENCE, run_within};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

fn ran(command: Command) -> bool {
    matches!(run_within(command, PATIENCE * 6), Ok(ended) if ended.status == Some(0))
}

/// The folder of the programs of environment `name`.
pub fn programs(name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join(folder)
}

/// Has these packages in environment `name`; false, and said loudly, where they cannot be had.
pub fn installed(name: &str, packages: &[impl AsRef<str>]) -> bool {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let packages: Vec<&str> = packages.iter().map(AsRef::as_ref).collect();
    let programs = programs(name);
    let done = programs.join(format!("installed {}", packages.join(" ").replace('/', "_")));
    if done.exists() {
        return true;
    }
    let python = |program: PathBuf, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments);
        command
    };
    let own = programs.join(if cfg!(windows) { "python.exe" } else { "python3" });
    let first = PathBuf::from(if cfg!(windows) { "python" } else { "python3" });
    let place = programs.parent().map(|place| place.to_string_lossy().into_owned()).unwrap_or_default();
    let install = [&["-m", "pip", "--disable-pip-version-check", "install", "--quiet"], packages.as_slice()].concat();
    let made = own.exists() || ran(python(first, &["-m", "venv", &place]));
    if made && ran(python(own, &install)) {
        std::fs::write(done, "").expect("written");
        return true;
    }
    eprintln!("SKIPPED: {} cannot be installed from PyPI", packages.join(" "));
    false
}
