//! The module's file system against a model of it: the same answers and the same content after any order of changes, also for
//! somebody who opens the overlay anew; and the project's own files stay as they are.

use crate::target::Target;
use quecpy_device::{Flash, Kind, Storage};
use std::collections::BTreeMap;
use std::path::Path;

pub const TARGET: Target = Target { name: "flash", run, seeds, words: WORDS, inputs: 150 };

const WORDS: &[&[u8]] =
    &[b"\x00\x00", b"\x01\x02", b"\x02\x03", b"\x03\x00\x05", b"\x04\x01", b"\x05\x02\x01", b"\x06\x00", b"\x07"];

fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\x00\x00\x05\x00\x01\x05\x03\x00\x01\x02\x01\x04\x04\x06",
        b"\x02\x05\x02\x06\x02\x04\x00\x04\x09\x07\x02\x04",
        b"\x03\x05\x03\x06\x03\x04\x03\x02\x03\x07\x02\x03",
        b"\x01\x03\x00\x0c\x10\x03\x0c\x0d\x02\x0d\x07\x01\x03",
    ])
}

/// What is in the project: folders have no content.
const PROJECT: [(&str, Option<&str>); 5] =
    [("low", Some("low")), ("dir", None), ("dir/a", Some("a")), ("dir/sub", None), ("dir/sub/b\nc", Some("b"))];

/// Paths that are used.
fn paths() -> Vec<String> {
    let long = format!("/usr/{}", "n".repeat(255));
    let too_long = format!("/usr/{}", "n".repeat(256));
    let plain = [
        "/usr/a",
        "/usr/low",
        "/usr/dir",
        "/usr/new",
        "/usr/dir/a",
        "/usr/dir/sub",
        "/usr/dir/sub/b\nc",
        "/usr/new/x",
        "/usr/b\nc",
        "/usr/中 文",
        "/usr/.quecpy",
        "/usr/.quecpy/usr/low",
        "/usr/.quecpy-gone",
        "/usr/new/.quecpy-new-1-1",
        "/bak/a",
        "/bak/d",
        "/bak/d/a",
        "/",
        "/usr",
        "/none/x",
        "/usr/a\0",
        "/usr/a:b",
        "/usr/../bak/a",
        "/usr/LOW",
        "/usr/dir/sub/deep",
        "/usr/b",
        "/usr/c",
    ];
    plain.iter().map(|p| (*p).to_owned()).chain([long, too_long]).collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    File(Vec<u8>),
    Folder,
}

/// What should be there, by its normal path.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Model(BTreeMap<String, Node>);

impl Model {
    fn new() -> Self {
        let folders = ["", "usr", "bak"].map(|f| (f.to_owned(), Node::Folder));
        let content = PROJECT
            .map(|(path, text)| (format!("usr/{path}"), text.map_or(Node::Folder, |text| Node::File(text.into()))));
        Self(folders.into_iter().chain(content).collect())
    }

    fn get(&self, path: &str) -> Option<&Node> {
        self.0.get(path)
    }

    fn is_empty(&self, folder: &str) -> bool {
        !self.0.keys().any(|path| path.starts_with(&format!("{folder}/")))
    }

    /// Whether something may be made at `path`.
    fn has_room(&self, path: &str) -> bool {
        let parent = path.rsplit_once('/').map(|(parent, _)| parent);
        parent.is_some_and(|parent| self.get(parent) == Some(&Node::Folder)) && !reserved(path)
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> bool {
        let fits = self.has_room(path) && self.get(path) != Some(&Node::Folder);
        if fits {
            self.0.insert(path.to_owned(), Node::File(bytes.to_vec()));
        }
        fits
    }

    fn make_folder(&mut self, path: &str) -> bool {
        let fits = self.has_room(path) && self.get(path).is_none();
        if fits {
            self.0.insert(path.to_owned(), Node::Folder);
        }
        fits
    }

    fn remove(&mut self, path: &str) -> bool {
        let fits = path.contains('/') && self.get(path).is_some() && self.is_empty(path);
        if fits {
            self.0.remove(path);
        }
        fits
    }

    fn rename(&mut self, from: &str, to: &str) -> bool {
        let top = |path: &str| path.split('/').next().map(str::to_owned);
        let Some(moved) = self.get(from).cloned() else { return false };
        if !from.contains('/') || !to.contains('/') || top(from) != top(to) {
            return false;
        }
        if from == to {
            return true;
        }
        let fits = match (&moved, self.get(to)) {
            (_, None) | (Node::File(_), Some(Node::File(_))) => true,
            (Node::Folder, Some(Node::Folder)) => self.is_empty(to),
            _ => false,
        };
        if !fits || !self.has_room(to) || to.starts_with(&format!("{from}/")) {
            return false;
        }
        let all: Vec<String> =
            self.0.keys().filter(|p| *p == from || p.starts_with(&format!("{from}/"))).cloned().collect();
        for path in all {
            if let Some(node) = self.0.remove(&path) {
                self.0.insert(format!("{to}{}", &path[from.len()..]), node);
            }
        }
        true
    }
}

/// Names that the flash keeps for itself.
fn reserved(path: &str) -> bool {
    path.split('/').any(|part| part == ".quecpy" || part.starts_with(".quecpy-"))
}

/// The path as the model has it; none for what no file may be called.
fn normal(path: &str) -> Option<String> {
    let parts = quecpy_device::flash::path::normalise("/", path);
    parts.iter().all(|part| quecpy_device::flash::path::is_plain(part)).then(|| parts.join("/"))
}

/// All that there is.
fn content(flash: &Flash) -> Model {
    fn walk(flash: &Flash, path: &str, all: &mut BTreeMap<String, Node>) {
        let at = format!("/{path}");
        let node = match flash.stat(&at).expect("what is listed is there").kind {
            Kind::File => Node::File(flash.read(&at).expect("what is listed can be read")),
            Kind::Folder => {
                for name in flash.list(&at).expect("a folder can be listed") {
                    walk(flash, format!("{path}/{name}").trim_start_matches('/'), all);
                }
                Node::Folder
            }
        };
        all.insert(path.to_owned(), node);
    }
    let mut all = BTreeMap::new();
    walk(flash, "", &mut all);
    Model(all)
}

fn make_project(folder: &Path) {
    for (path, text) in PROJECT {
        let path = folder.join(path);
        match text {
            Some(text) => std::fs::write(path, text).expect("written"),
            None => std::fs::create_dir(path).expect("made"),
        }
    }
}

fn run(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    make_project(folder.path());
    let open = || Flash::open(folder.path().to_owned(), Storage::Overlay).expect("a flash");
    let (mut model, mut flash, paths) = (Model::new(), open(), paths());
    let mut choices = bytes.iter().copied();
    while let Some(choice) = choices.next() {
        let mut path = || paths[usize::from(choices.next().unwrap_or(0)) % paths.len()].clone();
        let (at, to) = (path(), path());
        let (here, there) = (normal(&at), normal(&to));
        let (said, expected) = match choice % 7 {
            0 => (flash.write(&at, to.as_bytes()), here.is_some_and(|p| model.write(&p, to.as_bytes()))),
            1 => (flash.make_folder(&at), here.is_some_and(|p| model.make_folder(&p))),
            2 => (flash.remove(&at), here.is_some_and(|p| model.remove(&p))),
            3 | 4 => (flash.rename(&at, &to), here.zip(there).is_some_and(|(from, to)| model.rename(&from, &to))),
            5 => {
                let expected = here.and_then(|p| match model.get(&p) {
                    Some(Node::File(content)) => Some(content.clone()),
                    _ => None,
                });
                assert_eq!(flash.read(&at).ok(), expected, "reading {at:?}");
                continue;
            }
            _ => {
                flash = open();
                continue;
            }
        };
        if let Err(e) = &said {
            assert_ne!(e.errno(), 5, "{at:?}, {to:?}: {e}");
        }
        assert_eq!(said.is_ok(), expected, "{} of {at:?} and {to:?}: {said:?}", choice % 7);
    }
    assert_eq!(content(&flash), model);
    assert_eq!(content(&open()), model, "by another program");
    for (path, text) in PROJECT {
        assert_eq!(std::fs::read_to_string(folder.path().join(path)).ok().as_deref(), text, "the project's {path:?}");
    }
}
