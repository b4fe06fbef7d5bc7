//! The configuration file: pytest's own, of which the runner takes what means something here.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use configparser::ini::{Ini, IniDefault};
use std::path::{Path, PathBuf};

/// What it says.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Settings {
    /// `testpaths`
    pub paths: Vec<String>,
    /// `addopts`
    pub options: Vec<String>,
    /// `quecpy_options`: for tests inside quecpy, whether pytest or `quecpy test` runs them.
    pub quecpy_options: Vec<String>,
    /// The file says which of its tests run inside quecpy, so its `addopts` are those of the host's pytest.
    is_of_host: bool,
    /// `xfail_strict`, `strict_xfail`
    pub strict_xfail: bool,
    /// `timeout`, seconds
    pub timeout: Option<f64>,
}

/// Where pytest looks, in this order, and the section it takes; without one, the file alone counts.
const FILES: [(&str, &str); 5] = [
    ("pytest.ini", ""),
    (".pytest.ini", ""),
    ("pyproject.toml", "[tool.pytest"),
    ("tox.ini", "[pytest]"),
    ("setup.cfg", "[tool:pytest]"),
];

/// The configuration file of a folder.
#[must_use]
pub fn of(folder: &Path) -> Option<PathBuf> {
    FILES.iter().find_map(|(name, section)| {
        let path = folder.join(name);
        // What is wrong with it is told when it is read.
        let text = String::from_utf8_lossy(&std::fs::read(path.is_file().then_some(&path)?).ok()?).into_owned();
        (section.is_empty() || text.lines().any(|l| l.trim().starts_with(section))).then_some(path)
    })
}

/// What the file says, if there is one, and what `-o` says instead.
///
/// # Errors
/// The file or the option, and what is wrong with it.
pub fn all(file: Option<&Path>, overrides: &[String]) -> Result<Settings, String> {
    let mut settings = file.map_or_else(|| Ok(Settings::default()), read)?;
    for option in overrides {
        let wrong = || format!("-o {option}: expected NAME=VALUE");
        let (name, value) = option.split_once('=').ok_or_else(wrong)?;
        settings.set(name.trim(), &Value::Text(value.to_owned())).map_err(|e| format!("-o {option}: {e}"))?;
    }
    Ok(settings)
}

fn read(file: &Path) -> Result<Settings, String> {
    let wrong = |what: String| format!("{}: {}", file.display(), what.trim_end());
    let text = std::fs::read_to_string(file).map_err(|e| wrong(quecpy_net::process::reason(&e)))?;
    let toml = file.extension().is_some_and(|e| e == "toml");
    let values = if toml { from_toml(&text) } else { from_ini(&text) };
    let mut settings = Settings::default();
    for (name, value) in &values.map_err(wrong)? {
        settings.set(name, value).map_err(|e| wrong(format!("{name}: {e}")))?;
    }
    if settings.is_of_host {
        settings.options.clear();
    }
    Ok(settings)
}

/// Names and values, those of a list already apart.
type Values = Vec<(String, Value)>;

enum Value {
    Text(String),
    List(Vec<String>),
}

fn from_toml(text: &str) -> Result<Values, String> {
    let document: toml::Table = toml::from_str(text).map_err(|e| e.to_string())?;
    let pytest = document.get("tool").and_then(|tool| tool.get("pytest")).and_then(toml::Value::as_table);
    let Some(pytest) = pytest else { return Ok(Values::new()) };
    let table = pytest.get("ini_options").and_then(toml::Value::as_table).unwrap_or(pytest);
    let plain = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let convert = |value: &toml::Value| match value {
        toml::Value::Array(items) => Value::List(items.iter().map(plain).collect()),
        other => Value::Text(plain(other)),
    };
    Ok(table.iter().map(|(name, value)| (name.clone(), convert(value))).collect())
}

fn from_ini(text: &str) -> Result<Values, String> {
    let mut rules = IniDefault::default();
    rules.multiline = true;
    rules.case_sensitive = true;
    rules.delimiters = vec!['=', ':'];
    let map = Ini::new_from_defaults(rules).read(text.to_owned())?;
    let sections = ["pytest", "tool:pytest"].iter().filter_map(|name| map.get(*name));
    Ok(sections.flatten().map(|(name, value)| (name.clone(), Value::Text(value.clone().unwrap_or_default()))).collect())
}

impl Settings {
    /// A setting; those that mean nothing here are passed over.
    fn set(&mut self, name: &str, value: &Value) -> Result<(), String> {
        match name {
            "testpaths" => self.paths = words(value)?,
            "addopts" => self.options = words(value)?,
            "quecpy" => self.is_of_host = true,
            "quecpy_options" => {
                self.is_of_host = true;
                self.quecpy_options = words(value)?;
            }
            "xfail_strict" | "strict_xfail" => self.strict_xfail = truth(value)?,
            "timeout" => self.timeout = Some(number(value)?),
            _ => {}
        }
        Ok(())
    }
}

/// Words as a shell has them.
///
/// # Errors
/// A quote that is not closed.
pub fn split(text: &str) -> Result<Vec<String>, String> {
    shlex::split(text).ok_or_else(|| "no closing quotation".to_owned())
}

fn words(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::List(words) => Ok(words.clone()),
        Value::Text(text) => split(text),
    }
}

fn text(value: &Value) -> Result<&str, String> {
    match value {
        Value::Text(text) => Ok(text.trim()),
        Value::List(_) => Err("expected one value, not a list".to_owned()),
    }
}

fn truth(value: &Value) -> Result<bool, String> {
    match text(value)?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        other => Err(format!("expected true or false, not {other}")),
    }
}

fn number(value: &Value) -> Result<f64, String> {
    let text = text(value)?;
    text.parse().map_err(|_| format!("expected a number, not {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str, text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        assert_eq!(of(folder.path()), Some(file.clone()));
        all(Some(&file), &[]).map_err(|e| e.replace(&format!("{}", folder.path().display()), "HERE"))
    }

    #[test]
    fn all_forms_say_the_same() {
        let expected = Settings {
            paths: vec!["tests".into(), "more tests".into()],
            options: vec!["-k".into(), "a or b".into(), "-q".into()],
            strict_xfail: true,
            timeout: Some(1.5),
            ..Settings::default()
        };
        let ini =
            "testpaths =\n    tests\n    \"more tests\"\naddopts = -k 'a or b' -q\nxfail_strict = true\ntimeout: 1.5\n";
        assert_eq!(parsed("pytest.ini", &format!("# a comment\n[pytest]\n{ini}")).as_ref(), Ok(&expected));
        assert_eq!(parsed("setup.cfg", &format!("[other]\ntimeout = x\n[tool:pytest]\n{ini}")).as_ref(), Ok(&expected));
        let toml = "testpaths = [\n  \"tests\",\n  \"more tests\",\n]\nstrict_xfail = true\ntimeout = 1.5\n";
        let old = format!("[tool.pytest.ini_options]\naddopts = \"-k 'a or b' -q\"\n{toml}");
        assert_eq!(parsed("pyproject.toml", &old).as_ref(), Ok(&expected));
        let new = format!("[tool.pytest]\naddopts = [\"-k\", \"a or b\", \"-q\"]\n{toml}");
        assert_eq!(parsed("pyproject.toml", &new).as_ref(), Ok(&expected));
    }

    #[test]
    fn options_override_the_file() {
        let overrides = ["addopts=".to_owned(), "timeout=2".to_owned(), "markers=x: y".to_owned()];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pytest.ini");
        std::fs::write(&file, "[pytest]\naddopts = -v\ntimeout = 1\n").unwrap();
        let settings = all(Some(&file), &overrides).unwrap();
        assert_eq!(settings, Settings { timeout: Some(2.0), ..Settings::default() });
        assert_eq!(all(None, &["timeout".to_owned()]).unwrap_err(), "-o timeout: expected NAME=VALUE");
    }

    #[test]
    fn a_file_that_is_shared_with_pytest_has_options_for_each() {
        let settings = parsed(
            "pyproject.toml",
            "[tool.pytest.ini_options]\nquecpy = ['device']\nquecpy_options = ['--firmware', '2021']\naddopts = '--cov'\n",
        )
        .unwrap();
        assert_eq!((settings.quecpy_options, settings.options), (words_of("--firmware 2021"), vec![]));
        let settings = parsed("pytest.ini", "[pytest]\nquecpy_options = --strict -v\n").unwrap();
        assert_eq!(settings.quecpy_options, words_of("--strict -v"));
        let settings = parsed("pytest.ini", "[pytest]\naddopts = -v\n").unwrap();
        assert_eq!(settings.options, words_of("-v"));
    }

    fn words_of(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(
            parsed("pytest.ini", "[pytest]\naddopts = 'x\n").unwrap_err(),
            "HERE/pytest.ini: addopts: no closing quotation"
        );
        assert_eq!(
            parsed("pytest.ini", "[pytest]\ntimeout = soon\n").unwrap_err(),
            "HERE/pytest.ini: timeout: expected a number, not soon"
        );
        assert!(
            parsed("pyproject.toml", "[tool.pytest]\nx = \n").unwrap_err().starts_with("HERE/pyproject.toml: TOML")
        );
    }
}
