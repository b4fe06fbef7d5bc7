//! The tools that people use with modules, at the main serial port. Each file of `tests/specs/serial` is a transcript:
//!
//! ```text
//! # needs: mpremote==1.29.0
//! # options: --firmware 2025
//! $ mpremote connect {socket} exec "print(6 * 7)"
//! 42
//! ```
//!
//! Its commands run one after another, by `sh`, in an empty folder and against a fresh module; what they print, standard
//! error too, must be what the file says. A line that begins with `> ` goes on with the command above. `...` in the output
//! stands for anything, `[exit 1]` behind it for the status. In all of it `{socket}` is the port as pyserial's URL, `{port}`
//! its host and port, `{pty}` the pseudo-terminal, `{tty}` its name below /dev, `{dir}` the folder, `{specs}` the files beside
//! the transcript.
//!
//! What a transcript needs is installed from PyPI into a virtual environment in the build's own folder; where that cannot be,
//! it is skipped, and the summary says how many were ignored. With `RECORD=1` in the environment what the commands print is
//! written into the file instead; read it before you believe it.

mod support;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use support::main_port::Module;
use support::{fits, python, run_within};

/// How long one command may take.
const LIMIT: Duration = Duration::from_secs(60);

fn main() {
    let arguments = Arguments::from_args();
    let folder = support::root().join("tests/specs/serial");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("transcripts").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let wanted = |name: &str| arguments.filter.as_ref().is_none_or(|filter| name.contains(filter.as_str()));
    let trial = |path: PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let transcript = Transcript::read(&path);
        let can_run = arguments.list || !wanted(&name) || install(&name, &transcript.needs);
        Trial::test(name, move || check(&transcript)).with_ignored_flag(!can_run)
    };
    let trials = files.into_iter().map(trial).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// A file of `tests/specs/serial`.
struct Transcript {
    path: PathBuf,
    /// The lines before the first command.
    head: String,
    needs: Vec<String>,
    options: Vec<String>,
    /// Commands, and what they print.
    steps: Vec<(String, String)>,
}

impl Transcript {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a transcript is UTF-8");
        let (mut needs, mut options, mut steps) = (Vec::new(), Vec::new(), Vec::<(String, String)>::new());
        for line in text.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push((command.to_owned(), String::new()));
                continue;
            }
            let more = line.strip_prefix("> ").or_else(|| (line == ">").then_some(""));
            match (more, steps.last_mut()) {
                (Some(more), Some((command, output))) if output.is_empty() => {
                    command.push('\n');
                    command.push_str(more);
                }
                (_, Some((_, output))) => {
                    output.push_str(line);
                    output.push('\n');
                }
                (_, None) => {
                    let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
                    match line.trim_start_matches("# ").split_once(": ") {
                        Some(("needs", list)) => needs = words(list),
                        Some(("options", list)) => options = words(list),
                        _ => {}
                    }
                }
            }
        }
        let head = text.lines().take_while(|l| !l.starts_with("$ ")).map(|l| format!("{l}\n")).collect();
        Self { path: path.to_owned(), head, needs, options, steps }
    }
}

/// The environment of them all.
const ENVIRONMENT: &str = "serial tools";

/// Provides what a transcript needs; says so, loudly, where that cannot be.
fn install(name: &str, needs: &[String]) -> bool {
    if !cfg!(unix) {
        eprintln!("SKIPPED: serial_tools::{name}: there are no pseudo-terminals here");
        return false;
    }
    python::installed(ENVIRONMENT, needs)
}

/// A folder of its own, gone when dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn check(transcript: &Transcript) -> Result<(), Failed> {
    let name = transcript.path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = Folder(std::env::temp_dir().join(format!("quecpy-{name}-{}", std::process::id())));
    let here = folder.0.join("here");
    let project = folder.0.join("module");
    for path in [&here, &project] {
        std::fs::create_dir_all(path)?;
    }
    let pty = folder.0.join("port");
    let mut options = transcript.options.clone();
    options.push(format!("--pty={}", pty.display()));
    let module = Module::start(&project, &options);
    let terminal = module.terminal.clone().unwrap_or_default();
    let places = [
        ("{socket}", format!("socket://{}", module.address)),
        ("{port}", module.address.clone()),
        ("{pty}", pty.display().to_string()),
        ("{tty}", terminal.trim_start_matches("/dev/").to_owned()),
        ("{dir}", here.display().to_string()),
        ("{specs}", transcript.path.parent().expect("a folder").display().to_string()),
    ];
    let filled = |text: &str| places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let path = format!("{}:{}", python::programs(ENVIRONMENT).display(), std::env::var("PATH").unwrap_or_default());
    let mut recorded = String::new();
    for (command, expected) in &transcript.steps {
        let mut shell = Command::new("sh");
        // One stream, in the order in which it was written.
        shell.args(["-c", &format!("exec 2>&1\n{}", filled(command))]);
        shell.current_dir(&here).env("PATH", &path).env("HOME", &folder.0).stdin(std::process::Stdio::null());
        let ended = run_within(shell, LIMIT)?;
        let mut printed = ended.stdout;
        if !printed.is_empty() && !printed.ends_with('\n') {
            printed.push('\n');
        }
        match ended.status {
            Some(0) => {}
            status => printed.push_str(&format!("[exit {}]\n", status.unwrap_or(-1))),
        }
        if support::recording() {
            let shown = places.iter().fold(printed, |text, (name, value)| text.replace(value.as_str(), name));
            recorded += &format!("$ {}\n{shown}", command.replace('\n', "\n> "));
            continue;
        }
        let expected = filled(expected);
        if !fits(&expected, &printed) {
            let faults = format!("$ {command}\n--- expected\n{expected}--- printed\n{printed}--- as text: {printed:?}");
            return Err(faults.into());
        }
    }
    if !recorded.is_empty() {
        std::fs::write(&transcript.path, format!("{}{recorded}", transcript.head))?;
    }
    Ok(())
}
