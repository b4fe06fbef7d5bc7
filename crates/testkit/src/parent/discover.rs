//! Which files hold tests, and where the root of it all is: pytest's rules.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use crate::parent::config;
use crate::parent::config::Settings;
use std::path::{Component, Path, PathBuf};

/// Folders that are not looked into unless they are named.
const PASSED_OVER: [&str; 9] =
    ["_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}", "__pycache__", "target"];

/// One file of tests.
#[derive(Debug, Clone)]
pub struct TestFile {
    /// The file.
    pub path: PathBuf,
    /// As node ids spell it: from the root, with `/`.
    pub id: String,
    /// As tracebacks show it: from the current folder.
    pub shown: String,
    /// Node ids that were asked for; none: all.
    pub wanted: Vec<String>,
}

/// What the command line names.
#[derive(Debug)]
pub struct Found {
    /// The folder that node ids start from.
    pub root: PathBuf,
    /// The file that made it the root.
    pub config: Option<PathBuf>,
    /// What the configuration file says.
    pub settings: Settings,
    /// The files of tests, in order.
    pub files: Vec<TestFile>,
}

/// Finds the files of the command line's arguments.
///
/// # Errors
/// The argument that leads nowhere.
pub fn find(
    here: &Path,
    arguments: &[String],
    given_root: Option<&Path>,
    overrides: &[String],
) -> Result<Found, String> {
    let named = named(here, arguments);
    for (path, spelt, node) in &named {
        if !path.exists() {
            let whole = node.map_or_else(|| (*spelt).to_owned(), |node| format!("{spelt}::{node}"));
            return Err(format!("file or directory not found: {whole}"));
        }
    }
    let (root, config) = root_of(here, &named, given_root);
    let settings = config::all(config.as_deref(), overrides)?;
    let mut files: Vec<TestFile> = Vec::new();
    let add = |path: &Path, node: Option<&str>, files: &mut Vec<TestFile>| {
        let id = relative(path, &root);
        let wanted = node.map(|node| format!("{id}::{node}"));
        if let Some(known) = files.iter_mut().find(|f| f.path == path) {
            match wanted {
                Some(wanted) if !known.wanted.is_empty() => known.wanted.push(wanted),
                Some(_) => {}
                None => known.wanted.clear(),
            }
            return;
        }
        let shown = relative(path, here);
        files.push(TestFile { path: path.to_owned(), id, shown, wanted: wanted.into_iter().collect() });
    };
    let defaults: Vec<PathBuf> = settings.paths.iter().map(|p| normal(&root.join(p))).collect();
    let mut starts: Vec<(PathBuf, Option<&str>)> = named.iter().map(|(path, _, node)| (path.clone(), *node)).collect();
    if starts.is_empty() {
        if here == root && !defaults.is_empty() {
            starts = defaults.into_iter().map(|p| (p, None)).collect();
        } else {
            starts.push((here.to_owned(), None));
        }
    }
    for (path, node) in starts {
        if path.is_dir() {
            let mut found = Vec::new();
            walk(&path, &mut found);
            for file in found {
                add(&file, None, &mut files);
            }
        } else {
            add(&path, node, &mut files);
        }
    }
    Ok(Found { root, config, settings, files })
}

/// A path that the command line names, as it spells it, and the node within.
type Named<'a> = (PathBuf, &'a str, Option<&'a str>);

fn named<'a>(here: &Path, arguments: &'a [String]) -> Vec<Named<'a>> {
    let split = |argument: &'a String| {
        let (path, node) = match argument.split_once("::") {
            Some((path, node)) => (path, Some(node)),
            None => (argument.as_str(), None),
        };
        (normal(&here.join(path)), path, node)
    };
    arguments.iter().map(split).collect()
}

/// The root, and the file that made it one.
fn root_of(here: &Path, named: &[Named<'_>], given: Option<&Path>) -> (PathBuf, Option<PathBuf>) {
    match given.map(|root| normal(&here.join(root))) {
        Some(root) => (root.clone(), config::of(&root)),
        None => root(here, &named.iter().map(|n| n.0.clone()).collect::<Vec<_>>()),
    }
}

/// The configuration file for these arguments, and what it and `overrides` (`-o`) say.
///
/// # Errors
/// What is wrong with them.
pub fn configuration(
    here: &Path,
    arguments: &[String],
    given_root: Option<&Path>,
    overrides: &[String],
) -> Result<(Option<PathBuf>, Settings), String> {
    let (_, file) = root_of(here, &named(here, arguments), given_root);
    let settings = config::all(file.as_deref(), overrides)?;
    Ok((file, settings))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let passed_over = name.starts_with('.') || name.ends_with(".egg") || PASSED_OVER.contains(&name.as_str());
            if !passed_over && !leads_back(&path) {
                walk(&path, found);
            }
        } else if is_test_file(&name) && path.is_file() {
            found.push(path);
        }
    }
}

/// Whether a folder is a link to one that it is in.
fn leads_back(path: &Path) -> bool {
    let within = || path.parent()?.canonicalize().ok();
    path.is_symlink() && path.canonicalize().ok().zip(within()).is_none_or(|(to, within)| within.starts_with(to))
}

fn is_test_file(name: &str) -> bool {
    name.strip_suffix(".py").is_some_and(|stem| stem.starts_with("test_") || stem.ends_with("_test"))
}

/// The path without `.` and `..`, as far as no link is in the way.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A path below `base` from there, with `/`; another with as many `..` as it takes.
#[must_use]
pub fn relative(path: &Path, base: &Path) -> String {
    let mut ups = 0;
    let mut base = Some(base);
    while let Some(b) = base {
        if let Ok(rest) = path.strip_prefix(b) {
            let rest: Vec<_> = rest.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
            let all: Vec<String> = std::iter::repeat_n("..".to_owned(), ups).chain(rest).collect();
            return all.join("/");
        }
        (base, ups) = (b.parent(), ups + 1);
    }
    path.to_string_lossy().replace('\\', "/")
}

/// The folder with a configuration file at or above what the arguments have in common; without one, what they and the
/// current folder have in common.
fn root(here: &Path, paths: &[PathBuf]) -> (PathBuf, Option<PathBuf>) {
    let folder = |p: &PathBuf| if p.is_dir() { p.clone() } else { p.parent().unwrap_or(p).to_owned() };
    let folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    let ancestor = common(&folders).unwrap_or_else(|| here.to_owned());
    for folder in ancestor.ancestors() {
        if let Some(config) = config::of(folder) {
            return (folder.to_owned(), Some(config));
        }
    }
    (common(&[here.to_owned(), ancestor.clone()]).filter(|c| c.parent().is_some()).unwrap_or(ancestor), None)
}

fn common(paths: &[PathBuf]) -> Option<PathBuf> {
    let (first, rest) = paths.split_first()?;
    Some(rest.iter().fold(first.clone(), |all, path| {
        all.components().zip(path.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    }))
}

/// What is to be the module's `/usr` for a file: the nearest folder at or above it, up to the root, with a `main.py`;
/// else the folder above one that is called `tests` or `test`; else the file's own.
#[must_use]
pub fn project(file: &Path, root: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(root);
    for candidate in folder.ancestors().take_while(|f| f.starts_with(root)) {
        if candidate.join("main.py").is_file() {
            return candidate.to_owned();
        }
    }
    let name = folder.file_name().unwrap_or_default();
    match folder.parent() {
        Some(above) if (name == "tests" || name == "test") && folder != root => above.to_owned(),
        _ => folder.to_owned(),
    }
}

/// The conftest.py files that a file of tests sees, outermost first; none above `top`.
#[must_use]
pub fn conftests(file: &Path, top: &Path) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(top);
    let mut found: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|f| f.starts_with(top))
        .map(|f| f.join("conftest.py"))
        .filter(|f| f.is_file())
        .collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_order_and_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/test_x.py", "a_test.py", "test_z.py", ".hidden/test_h.py", "helper.py", "testing.py"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let ids = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
            find(folder.path(), &arguments, None, &[])
                .map(|found| found.files.into_iter().map(|f| (f.id, f.wanted)).collect::<Vec<_>>())
        };
        let plain = |names: &[&str]| names.iter().map(|n| ((*n).to_owned(), Vec::new())).collect::<Vec<_>>();
        assert_eq!(ids(&[]).unwrap(), plain(&["a_test.py", "b/test_x.py", "test_z.py"]));
        assert_eq!(ids(&["helper.py", "b"]).unwrap(), plain(&["helper.py", "b/test_x.py"]));
        assert_eq!(
            ids(&["test_z.py::f", "test_z.py::T::g"]).unwrap(),
            [("test_z.py".to_owned(), vec!["test_z.py::f".to_owned(), "test_z.py::T::g".to_owned()])]
        );
        assert_eq!(ids(&["nope.py::x"]).unwrap_err(), "file or directory not found: nope.py::x");
    }

    #[test]
    fn relative_paths() {
        let relative = |a: &str, b: &str| relative(Path::new(a), Path::new(b));
        assert_eq!(relative("/a/b/c.py", "/a"), "b/c.py");
        assert_eq!(relative("/a/b/c.py", "/a/d"), "../b/c.py");
    }
}
