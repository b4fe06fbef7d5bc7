//! `cargo xtask structure`: what keeps the house easy to find one's way in. No circle of files inside a crate, no file that is too
//! long, no folder that is too full.

mod circles;
mod files;
mod imports;

use files::{rust_files, shown, sources};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Lines of a file, tests in it included.
const MAX_LINES: usize = 400;
/// Rust files of a folder.
const MAX_FILES: usize = 25;

/// What does not hold, a line each.
///
/// # Errors
/// Those of reading the sources.
pub fn faults() -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in sources()? {
        let files = rust_files(&folder)?;
        found.extend(circles::of_crate(&folder, &files)?);
        found.extend(too_long(&files)?);
        found.extend(too_full(&files));
    }
    Ok(found)
}

fn too_long(files: &[PathBuf]) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for file in files {
        let lines = fs::read_to_string(file)?.lines().count();
        if lines > MAX_LINES {
            found.push(format!(
                "{} has {lines} lines, more than {MAX_LINES}: split it where it has a seam",
                shown(file)
            ));
        }
    }
    Ok(found)
}

fn too_full(files: &[PathBuf]) -> Vec<String> {
    let mut folders = std::collections::BTreeMap::<&Path, usize>::new();
    for folder in files.iter().filter_map(|f| f.parent()) {
        *folders.entry(folder).or_default() += 1;
    }
    let full = folders.into_iter().filter(|(_, n)| *n > MAX_FILES);
    full.map(|(folder, n)| format!("{} has {n} files, more than {MAX_FILES}: make rooms in it", shown(folder)))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_in_order() {
        let faults = super::faults().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
