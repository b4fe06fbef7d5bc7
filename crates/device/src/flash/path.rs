//! Paths as scripts write them. They are text: nothing of the host's.

/// An absolute path without `.`, `..` and doubled slashes: its parts below the root. `..` at the root stays there.
#[must_use]
pub fn normalise(cwd: &str, path: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let start = if path.starts_with('/') { "" } else { cwd };
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part.to_owned()),
        }
    }
    parts
}

/// A name in a folder; either may be empty.
#[must_use]
pub(crate) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

/// Whether a part can be a file's name on every host: no separator or drive of Windows, no zero byte.
#[must_use]
pub fn is_plain(part: &str) -> bool {
    !part.contains(['\\', ':', '\0']) && part.len() <= LONGEST
}

/// littlefs's longest file name (`LFS_NAME_MAX`).
const LONGEST: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_text_below_the_root() {
        for (cwd, path, expected) in [
            ("/", "/usr/main.py", "usr/main.py"),
            ("/usr", "main.py", "usr/main.py"),
            ("/usr", "../bak/x", "bak/x"),
            ("/", "../../../etc/passwd", "etc/passwd"),
            ("/usr/a", "./b//c/..", "usr/a/b"),
            ("/usr", "/", ""),
            ("/usr", "", "usr"),
        ] {
            assert_eq!(normalise(cwd, path).join("/"), expected, "{cwd} {path}");
        }
    }
}
