//! The table, and the documents and scripts that go with it.

use super::*;

#[test]
fn the_table_is_sorted_and_every_alias_leads_to_a_module() {
    assert!(MODULES.is_sorted_by(|a, b| a.name < b.name));
    for module in MODULES {
        if let Kind::Alias(of) = module.kind {
            assert!(find(of).is_some_and(|m| !matches!(m.kind, Kind::Alias(_))), "{}", module.name);
        }
    }
}

fn top() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Modules that are not simulated stand many in a row, by the reason.
fn shares_a_row(text: &str, name: &str) -> bool {
    let first_cells = text.lines().filter_map(|l| l.strip_prefix("| ")?.split(" |").next());
    first_cells.into_iter().any(|cell| cell.split_whitespace().any(|word| word == format!("`{name}`")))
}

#[test]
fn the_reference_lists_what_the_table_lists() {
    for page in ["docs/reference/modules.md", "docs/zh/reference/modules.md"] {
        let text = std::fs::read_to_string(top().join(page)).unwrap();
        for module in MODULES.iter().filter(|m| !is_private(m.name)) {
            let row = match module.kind {
                Kind::Native(_) | Kind::Frozen | Kind::FrozenClass | Kind::Builtins => {
                    format!("| `{}` |", module.name)
                }
                Kind::Alias(of) => format!("| `{of}` | `{}` |", module.name),
                Kind::Unsimulated(_) => {
                    assert!(shares_a_row(&text, module.name), "{page} lacks {} among rows of many", module.name);
                    continue;
                }
            };
            assert!(text.contains(&row), "{page} lacks the row {row}");
        }
    }
}

#[test]
fn every_module_has_a_script_test() {
    fn scripts(folder: &std::path::Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                scripts(&path, text);
            } else if path.extension().is_some_and(|e| e == "py") {
                *text += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let mut all = String::new();
    scripts(&top().join("tests/scripts"), &mut all);
    for module in MODULES.iter().filter(|m| !is_private(m.name)) {
        let imported = [format!("import {}\n", module.name), format!("from {} import", module.name)];
        assert!(imported.iter().any(|i| all.contains(i)), "no script of tests/scripts imports {}", module.name);
    }
}

#[test]
fn frozen_rows_and_frozen_files_are_the_same() {
    let mut files: Vec<_> = crate::frozen_modules().map(|(name, _)| name).collect();
    files.sort_unstable();
    let rows: Vec<_> =
        MODULES.iter().filter(|m| matches!(m.kind, Kind::Frozen | Kind::FrozenClass)).map(|m| m.name).collect();
    assert_eq!(files, rows);
}
