//! Running one script: from a file, from `-c`, or from standard input.

use crate::args::{self, Args};
use crate::commands::Program;
use crate::commands::session::{self, Plan, Talk};
use crate::say;
use quecpy_runtime::{Source, Work};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Runs what the command line names and returns the exit status.
///
/// # Errors
/// One line that says what cannot be followed, and why.
pub fn run(program: &Program<'_>, args: Args) -> Result<u8, String> {
    let script = script(&args)?;
    let talk = if script.prompt { Talk::Terminal } else { Talk::Nobody };
    let Script { project, work, arguments, .. } = script;
    session::run(program, &args.module, Plan { project, work, arguments, talk })
}

/// What is to be run.
struct Script {
    work: Work,
    /// Whether the prompt follows.
    prompt: bool,
    /// The folder that is the module's /usr.
    project: PathBuf,
    arguments: Vec<String>,
}

fn script(args: &Args) -> Result<Script, String> {
    let text = |p: &PathBuf| p.to_string_lossy().into_owned();
    let here = || PathBuf::from(".");
    if let Some(code) = &args.code {
        let arguments = std::iter::once("-c".to_owned()).chain(args.script.iter().map(text)).collect();
        let work = Work::Script(Source::text("<string>", code.as_str()));
        return Ok(Script { work, prompt: args.interactive, project: here(), arguments });
    }
    let Some(file) = args.script.first().filter(|f| f.as_os_str() != "-") else {
        if std::io::stdin().is_terminal() && args.script.is_empty() {
            return Ok(Script { work: Work::Idle, prompt: true, project: here(), arguments: vec![String::new()] });
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|e| format!("cannot read standard input: {}", say::reason(&e)))?;
        let source = decode(bytes, "<stdin>")?;
        let prompt = args.interactive;
        return Ok(Script { work: Work::Script(source), prompt, project: here(), arguments: vec![String::new()] });
    };
    let name = text(file);
    let bytes = std::fs::read(file).map_err(|e| unreadable(file, &e))?;
    let project = file.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(here, Path::to_path_buf);
    let work = Work::Script(decode(bytes, &name)?);
    Ok(Script { work, prompt: args.interactive, project, arguments: args.script.iter().map(text).collect() })
}

fn unreadable(file: &Path, e: &std::io::Error) -> String {
    let why = match e.kind() {
        std::io::ErrorKind::NotFound => format!("there is no such file{}", tip(file)),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ if file.is_dir() => "it is a folder; name the script in it".to_owned(),
        _ => say::reason(e),
    };
    format!("cannot run {}: {why}", file.display())
}

/// What may have been meant by a file that is not there: a command, misspelt, or help.
fn tip(file: &Path) -> String {
    let name = file.to_string_lossy();
    if ["help", "usage", "version"].iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return "; quecpy --help tells all options, quecpy --version the version".to_owned();
    }
    match args::nearest_command(&name) {
        Some(command) => format!("; did you mean the command {command}?"),
        None => String::new(),
    }
}

/// Source as text. A byte order mark, which editors on Windows leave, is passed over.
fn decode(bytes: Vec<u8>, name: &str) -> Result<Source, String> {
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = 1 + e.as_bytes()[..at].iter().filter(|b| **b == b'\n').count();
        format!("cannot run {name}: line {line} is not UTF-8; save the file as UTF-8")
    })?;
    Ok(Source::text(name, text.strip_prefix('\u{feff}').unwrap_or(&text)))
}
