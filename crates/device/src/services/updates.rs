//! Updates: a script's own files, put in place at power-on, and the firmware's image.

use crate::flash::{Flash, Kind};
use serde::Deserialize;

/// Where `app_fota` puts what it downloads: a file's target comes behind.
pub const FOLDER: &str = "/usr/.updater";
/// What has been downloaded, as a JSON list.
const LIST: &str = "/usr/.updater/download.stat";
/// There when the files are to be put in place.
const FLAG: &str = "/usr/.updater/update.flag";
/// Longer lists are not read (`app_fota` of the firmware).
const LONGEST_LIST: usize = 16_384;

#[derive(Deserialize)]
struct Entry {
    name: String,
}

/// An image of the firmware on its way into the module.
#[derive(Debug, Default)]
pub struct Image {
    /// What its sender says it will be.
    total: u64,
    received: u64,
}

impl Image {
    /// Takes a part; false if there is more than there should be.
    pub fn write(&mut self, part: &[u8], total: u64) -> bool {
        if total != self.total {
            *self = Self { total, received: 0 };
        }
        self.received = self.received.saturating_add(part.len() as u64);
        self.received <= self.total
    }

    /// Whether it is there as a whole.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.total > 0 && self.received == self.total
    }
}

/// Puts downloaded files in place if that was asked for. False if nothing was, or if a file could not be.
pub fn apply(flash: &Flash) -> bool {
    if flash.stat(FLAG).is_err() {
        return false;
    }
    let list = flash.read(LIST).ok().filter(|list| list.len() <= LONGEST_LIST);
    let entries: Option<Vec<Entry>> = list.and_then(|list| serde_json::from_slice(&list).ok());
    let Some(entries) = entries else { return false };
    // All are tried, also when one fails.
    let placed = entries.iter().filter(|entry| place(flash, &entry.name)).count();
    if placed == entries.len() {
        remove_tree(flash, FOLDER);
        return true;
    }
    false
}

/// Moves one file to its target, with the folders that it needs.
fn place(flash: &Flash, name: &str) -> bool {
    let name = name.strip_prefix('/').unwrap_or(name);
    let Ok(bytes) = flash.read(&format!("{FOLDER}/{name}")) else { return false };
    let mut folder = String::new();
    for part in name.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
        folder = format!("{folder}/{part}");
        if flash.stat(&folder).is_err() && flash.make_folder(&folder).is_err() {
            return false;
        }
    }
    flash.write(&format!("/{name}"), &bytes).is_ok()
}

fn remove_tree(flash: &Flash, path: &str) {
    if flash.stat(path).is_ok_and(|stat| stat.kind == Kind::Folder) {
        for name in flash.list(path).unwrap_or_default() {
            remove_tree(flash, &format!("{path}/{name}"));
        }
    }
    // What cannot be removed stays, and does no harm without the flag.
    let _ = flash.remove(path);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Board;
    use crate::services::testing::board;

    fn download(board: &Board, names: &[&str]) {
        for folder in ["/usr/.updater", "/usr/.updater/usr", "/usr/.updater/usr/lib"] {
            let _ = board.flash.make_folder(folder);
        }
        let list: Vec<String> =
            names.iter().map(|n| format!("{{\"name\":\"{n}\",\"url\":\"\",\"total_size\":1}}")).collect();
        board.flash.write(LIST, format!("[{}]", list.join(",")).as_bytes()).unwrap();
    }

    #[test]
    fn files_are_put_in_place_at_the_next_power_on() {
        let (board, _events) = board();
        board.flash.write("/usr/main.py", b"old").unwrap();
        download(&board, &["/usr/main.py", "/usr/lib/new.py"]);
        board.flash.write("/usr/.updater/usr/main.py", b"new").unwrap();
        board.flash.write("/usr/.updater/usr/lib/new.py", b"n").unwrap();
        board.restart();
        assert_eq!(board.flash.read("/usr/main.py").unwrap(), b"old", "nobody asked for it");
        board.flash.write(FLAG, b"").unwrap();
        board.restart();
        assert_eq!(board.flash.read("/usr/main.py").unwrap(), b"new");
        assert_eq!(board.flash.read("/usr/lib/new.py").unwrap(), b"n");
        assert!(board.flash.stat(FOLDER).is_err());
        assert!(!board.update_files());
    }

    #[test]
    fn broken_lists_and_missing_files_change_nothing() {
        let (board, _events) = board();
        download(&board, &["/usr/none.py", "../../etc/x", "/", ""]);
        board.flash.write(FLAG, b"").unwrap();
        assert!(!board.update_files());
        for list in ["", "{", "[1]", "[{\"name\": 5}]"] {
            board.flash.write(LIST, list.as_bytes()).unwrap();
            assert!(!board.update_files(), "{list}");
        }
    }

    #[test]
    fn an_image_is_whole_when_all_has_come() {
        let mut image = Image::default();
        assert!(!image.is_whole());
        assert!(image.write(b"abc", 5) && !image.is_whole());
        assert!(image.write(b"de", 5) && image.is_whole());
        assert!(!image.write(b"f", 5));
        assert!(image.write(b"x", 1) && image.is_whole(), "another image");
    }
}
