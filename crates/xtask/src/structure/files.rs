//! The Rust files of the crates.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The `src` folder of each crate.
pub fn sources() -> io::Result<Vec<PathBuf>> {
    let crates = fs::read_dir(crate::repository::top().join("crates"))?.collect::<io::Result<Vec<_>>>()?;
    let mut folders: Vec<_> = crates.iter().map(|c| c.path().join("src")).filter(|p| p.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

pub fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// As a reader of the repository knows it.
pub fn shown(path: &Path) -> String {
    let top = crate::repository::top().join("crates");
    path.strip_prefix(top).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
