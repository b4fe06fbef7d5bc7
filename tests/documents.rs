//! The documents are true: their code blocks run, their links lead somewhere, the paths they name exist, and pages in two
//! languages have the same sections and the same code.
//!
//! A page has a folder of its own. Its blocks run there one after another, by their language:
//!
//! ```text
//! console   commands behind `$ `, and what they print; `...` stands for anything
//! sh        commands, a line each, which end with status 0
//! python    a script, or a file of tests if it has any
//! rust      compiled and run as documentation of a crate (DOCTESTS)
//! text      only shown
//! ```
//!
//! `support/markdown.rs` says what directions a block may have. Of times, dates and ports only the form is compared.

mod support;
use libtest_mimic::{Arguments, Failed, Trial};
use regex_lite::Regex;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use support::markdown::{Block, Document, Step};
use support::{Copy, fits, root, run_within};

/// How long one command may take.
const LIMIT: Duration = Duration::from_secs(60);
/// Pages whose Rust is a crate's documentation too (`#[doc = include_str!(...)]`), which runs it.
const DOCTESTS: [&str; 2] = ["crates/usocket/README.md", "docs/guide/embedding.md"];
/// Pages whose paths are looked for.
const MAPS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

fn main() {
    let arguments = Arguments::from_args();
    let names = pages();
    let trial = |kind: &str, name: &str, check: fn(&str) -> Result<(), Failed>| {
        let owned = name.to_owned();
        Trial::test(format!("{kind} {name}"), move || check(&owned))
    };
    let mut trials = vec![Trial::test("book has every page", every_page_is_in_the_book)];
    for name in &names {
        trials.push(trial("links", name, links));
        if chinese(name).is_some_and(|zh| names.contains(&zh)) {
            trials.push(trial("translation", name, translation));
        }
        // What a translated page runs is what the English one runs.
        if english(name).is_none() {
            // The commands are those of a Unix shell.
            trials.push(trial("blocks", name, blocks).with_ignored_flag(cfg!(windows)));
        }
    }
    trials.push(Trial::test("hunts ARCHITECTURE.md", hunts));
    trials.extend(MAPS.iter().map(|name| trial("paths", name, paths)));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Every Markdown file for people, from the top of the repository.
fn pages() -> Vec<String> {
    let mut found = Vec::new();
    markdown_of(&root(), "", false, &mut found);
    markdown_of(&root(), "docs", true, &mut found);
    for entry in std::fs::read_dir(root().join("crates")).expect("crates").flatten() {
        markdown_of(&root(), &format!("crates/{}", entry.file_name().to_string_lossy()), false, &mut found);
    }
    found.sort();
    found
}

fn markdown_of(root: &Path, folder: &str, deep: bool, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if deep && entry.path().is_dir() {
            markdown_of(root, &name, deep, found);
        } else if name.ends_with(".md") {
            found.push(name);
        }
    }
}

/// The name of a page's translation.
fn chinese(name: &str) -> Option<String> {
    match name.strip_prefix("docs/") {
        Some(page) if !page.starts_with("zh/") => Some(format!("docs/zh/{page}")),
        Some(_) => None,
        None => Some(format!("{}.zh.md", name.strip_suffix(".md")?)),
    }
}

/// The name of the page that a page is the translation of.
fn english(name: &str) -> Option<String> {
    match name.strip_prefix("docs/zh/") {
        Some(page) => Some(format!("docs/{page}")),
        None => Some(format!("{}.md", name.strip_suffix(".zh.md")?)),
    }
}

fn faults(found: Vec<String>) -> Result<(), Failed> {
    if found.is_empty() { Ok(()) } else { Err(found.join("\n").into()) }
}

fn every_page_is_in_the_book() -> Result<(), Failed> {
    let summary = Document::read(&root(), "docs/SUMMARY.md");
    let listed: Vec<String> = summary.links.iter().map(|(_, target)| format!("docs/{target}")).collect();
    let pages = pages().into_iter().filter(|p| p.starts_with("docs/") && p != "docs/SUMMARY.md");
    faults(pages.filter(|p| !listed.contains(p)).map(|p| format!("{p} is not in docs/SUMMARY.md")).collect())
}

fn links(name: &str) -> Result<(), Failed> {
    let document = Document::read(&root(), name);
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let outside = |target: &str| target.contains("://") || target.starts_with("mailto:");
    let mut found = Vec::new();
    for (line, target) in document.links.iter().filter(|(_, target)| !outside(target)) {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = if path.is_empty() { PathBuf::from(name) } else { folder.join(path) };
        if !root().join(&path).exists() {
            found.push(format!("{name}:{line}: {target}: there is no such file"));
        } else if !fragment.is_empty()
            && !Document::read(&root(), &path.to_string_lossy()).anchors().contains(&fragment.to_owned())
        {
            found.push(format!("{name}:{line}: {target}: there is no such heading"));
        }
    }
    faults(found)
}

fn translation(name: &str) -> Result<(), Failed> {
    let zh_name = chinese(name).expect("it has one");
    let (en, zh) = (Document::read(&root(), name), Document::read(&root(), &zh_name));
    let depths = |d: &Document| d.headings.iter().map(|(depth, _)| *depth).collect::<Vec<_>>();
    let mut found = Vec::new();
    if depths(&en) != depths(&zh) {
        found.push(format!("{zh_name}: headings differ: {:#?} {:#?}", en.headings, zh.headings));
    }
    // Comments are translated.
    let code = |block: &Block| {
        let lines = block.text.lines().map(|l| l.split(" # ").next().unwrap_or(l).trim_end().to_owned());
        (block.language.clone(), lines.collect::<Vec<_>>())
    };
    let (en, zh): (Vec<_>, Vec<_>) = (en.blocks().map(code).collect(), zh.blocks().map(code).collect());
    if en.len() != zh.len() {
        found.push(format!("{zh_name}: {} code blocks, {name} has {}", zh.len(), en.len()));
    }
    found.extend(en.iter().zip(&zh).filter(|(a, b)| a != b).map(|(a, b)| format!("{zh_name}: {b:?} is not {a:?}")));
    faults(found)
}

/// Paths stand between backticks, from the top of the repository or from `crates/`; `{a,b}` is both. A name of a file alone
/// may be in any folder.
fn paths(name: &str) -> Result<(), Failed> {
    let mut files = Vec::new();
    all_files(&root(), &mut files);
    let mut found = Vec::new();
    for (line, code) in Document::read(&root(), name).codes {
        for path in expanded(&code).into_iter().filter(|p| is_path(p)) {
            let path = path.trim_end_matches('/');
            let exists = ["", "crates/"].iter().any(|top| root().join(format!("{top}{path}")).exists());
            let alone = !path.contains('/') && files.iter().any(|f| f == path);
            if !exists && !alone {
                found.push(format!("{name}:{line}: {path}: there is no such file"));
            }
        }
    }
    faults(found)
}

/// What ARCHITECTURE.md says to search for is in the file that it names.
fn hunts() -> Result<(), Failed> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md"))?;
    let (_, table) = text.split_once("## Ten hunts").ok_or("no hunts")?;
    let table = table.split("\n## ").next().unwrap_or(table);
    let rows = table.lines().filter(|l| l.starts_with("| ") && l.contains('`'));
    let cells =
        rows.map(|row| row.trim_matches('|').split(" | ").map(|c| c.trim().trim_matches('`')).collect::<Vec<_>>());
    let mut found = Vec::new();
    for cells in cells {
        let [hunt, term, file] = cells[..] else { return Err(format!("not a row of three: {cells:?}").into()) };
        let source = std::fs::read_to_string(root().join("crates").join(file)).unwrap_or_default();
        if !source.contains(term) {
            found.push(format!("{hunt}: {file} has no {term}"));
        }
    }
    faults(found)
}

fn all_files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !entry.path().is_symlink() && name != "target" && name != ".git" {
            all_files(&entry.path(), found);
        }
        found.push(name);
    }
}

/// With each of the parts of a pair of braces.
fn expanded(code: &str) -> Vec<String> {
    let Some((head, (parts, tail))) = code.split_once('{').and_then(|(h, rest)| Some((h, rest.split_once('}')?)))
    else {
        return vec![code.to_owned()];
    };
    parts.split(',').flat_map(|part| expanded(&format!("{head}{}{tail}", part.trim()))).collect()
}

fn is_path(code: &str) -> bool {
    let tops = ["crates/", "tests/", "docs/", "python/", "python_examples/", ".ci/", ".github/", ".cargo/"];
    let crates = std::fs::read_dir(root().join("crates")).expect("crates").flatten();
    let mut tops: Vec<String> = tops.map(str::to_owned).to_vec();
    tops.extend(crates.map(|c| format!("{}/", c.file_name().to_string_lossy())));
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let ending = [".rs", ".py", ".md", ".toml", ".yml"].iter().any(|e| code.ends_with(e) && code != *e);
    code.chars().all(plain) && (ending || tops.iter().any(|top| code.starts_with(top.as_str())))
}

/// The folder of a page, and the programs that its commands find.
struct Place {
    folder: Copy,
    /// Where it begins, and where scripts without a name are.
    top: PathBuf,
    /// Where the last command left the shell.
    here: PathBuf,
}

impl Place {
    fn new(name: &str) -> Self {
        let folder = Copy::empty(&format!("page {}", name.replace('/', " ")));
        let (bin, here) = (folder.0.join("bin"), folder.0.join("here"));
        for made in [&bin, &here] {
            std::fs::create_dir_all(made).expect("a folder");
        }
        let program = env!("CARGO_BIN_EXE_quecpy");
        // A page says `quecpy`, or `cargo quecpy`; other commands of cargo are not for tests.
        let cargo = format!("#!/bin/sh\n[ \"$1\" = quecpy ] || exit 97\nshift\nexec '{program}' \"$@\"\n");
        for (name, text) in [("quecpy", format!("#!/bin/sh\nexec '{program}' \"$@\"\n")), ("cargo", cargo)] {
            script(&bin.join(name), &text);
        }
        Self { folder, top: here.clone(), here }
    }

    /// Runs a command; what it printed, in the order in which it was written, and its status.
    fn run(&mut self, command: &str) -> Result<(String, Option<i32>), Failed> {
        let left = self.folder.0.join("left in");
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec 2>&1\n{command}\nstatus=$?\npwd > \"$LEFT\"\nexit $status")]);
        let path = format!("{}:{}", self.folder.0.join("bin").display(), std::env::var("PATH").unwrap_or_default());
        shell.current_dir(&self.here).stdin(Stdio::null()).env("PATH", path).env("LEFT", &left).env("NO_COLOR", "1");
        shell.env("HOME", &self.folder.0).env_remove("CI").env_remove("BUILD_NUMBER").env_remove("COLUMNS");
        let ended = run_within(shell, LIMIT).map_err(|e| format!("$ {command}\n{e}"))?;
        if let Ok(left) = std::fs::read_to_string(left) {
            self.here = PathBuf::from(left.trim_end());
        }
        Ok((ended.stdout, ended.status))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.here.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

#[cfg(unix)]
fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("its owner");
}

#[cfg(not(unix))]
fn script(_path: &Path, _text: &str) {}

fn blocks(name: &str) -> Result<(), Failed> {
    let mut place = Place::new(name);
    let mut files = 0;
    for step in &Document::read(&root(), name).steps {
        match step {
            Step::Folder(folder) => support::copy(&root().join(folder), &place.here.join(folder)),
            Step::File { name, text } => place.write(name, text),
            Step::Block(block) => {
                files += 1;
                run_block(&mut place, name, block, files).map_err(|e| {
                    let said = e.message().unwrap_or_default();
                    format!("{name}:{}: {said}", block.line)
                })?;
            }
        }
    }
    Ok(())
}

fn run_block(place: &mut Place, page: &str, block: &Block, number: usize) -> Result<(), Failed> {
    let status = Some(block.exit.unwrap_or(0));
    let ended_well = |command: &str, (printed, ended): (String, Option<i32>)| {
        if ended == status { Ok(()) } else { Err(format!("$ {command}\n{printed}status {ended:?}")) }
    };
    match (&block.file, block.language.as_str()) {
        _ if block.not_run.is_some() => Ok(()),
        (Some(file), _) => {
            place.write(file, &block.text);
            Ok(())
        }
        (None, "console") => transcript(place, block),
        (None, "sh") => {
            let commands = block.text.lines().filter(|l| !l.trim().is_empty());
            commands.into_iter().try_for_each(|command| Ok(ended_well(command, place.run(command)?)?))
        }
        (None, "python") => {
            let is_test = block.text.contains("def test_");
            let file = format!("{}{number}.py", if is_test { "test_" } else { "script_" });
            std::fs::write(place.top.join(&file), &block.text).map_err(|e| format!("{file}: {e}"))?;
            let top = place.top.display();
            let command = if is_test {
                format!("(cd '{top}' && quecpy test {file})")
            } else {
                format!("(cd '{top}' && quecpy --lab --ephemeral {file})")
            };
            Ok(ended_well(&command, place.run(&command)?)?)
        }
        (None, "rust") if DOCTESTS.contains(&page) => Ok(()),
        (None, "text") => Ok(()),
        (None, language) => Err(format!("nothing is known of a block of {language:?}; see tests/documents.rs").into()),
    }
}

/// Runs the commands of a block, and compares.
fn transcript(place: &mut Place, block: &Block) -> Result<(), Failed> {
    let mut steps = Vec::<(&str, String)>::new();
    for line in block.text.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push((command, String::new())),
            (None, Some((_, output))) => *output += &format!("{line}\n"),
            (None, None) => return Err("a block of console begins with a command".into()),
        }
    }
    for (command, expected) in steps {
        let (printed, _) = place.run(command)?;
        let (expected, printed) = (formed(&expected), formed(&printed));
        if !fits(&expected, &printed) {
            return Err(format!("$ {command}\n--- expected\n{expected}--- printed\n{printed}").into());
        }
    }
    Ok(())
}

/// Without what differs from run to run, nor the blank line that ends some output.
fn formed(text: &str) -> String {
    let forms = [
        (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "DATE"),
        (r"=* (\d+ [a-z, 0-9]+) in \d+\.\d+s =*", "$1 in TIME"),
        (r"\d+\.\d+s\b", "TIME"),
        (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
        (r"rootdir: .*", "rootdir: HERE"),
        (r"(?m)[ \t]+$", ""),
    ];
    let text = forms.iter().fold(text.to_owned(), |text, (form, name)| {
        Regex::new(form).expect("a regular expression").replace_all(&text, *name).into_owned()
    });
    format!("{}\n", text.trim_end())
}
