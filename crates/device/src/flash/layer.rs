//! One layer of an area: files in a folder of the host, or in memory, for a flash that is forgotten. Paths are relative to it;
//! its root is empty.

use crate::flash::entry::{Kind, Stat};
use crate::flash::memory::Memory;
use crate::flash::path::{is_plain, join};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirEntry, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How names begin that a layer has for the flash's own use, at any depth.
const RESERVED: &str = ".quecpy-";
/// A file that is being written.
const FRESH: &str = ".quecpy-new-";
/// A fresh file of this age was left by a program that was killed.
const STALE: Duration = Duration::from_secs(60);
/// No module's flash holds a larger file.
const LARGEST: u64 = 1 << 30;

/// Whether a name is of the flash's own use.
pub(crate) fn is_reserved(name: &str) -> bool {
    name.starts_with(RESERVED)
}

/// Relative to a layer; empty is its root.
pub(crate) type Rel<'a> = &'a str;

/// Tells whether a file is another one.
pub(crate) type Stamp = (Option<SystemTime>, u64);

#[derive(Debug, Clone)]
pub(crate) enum Layer {
    /// Below a folder of the host, out of which no link leads. It is looked up each time and made when something is written,
    /// as its user may delete it at any time, to begin anew.
    Folder(Arc<Dir>, String),
    Memory(Arc<Memory>, String),
}

/// What a file or folder of the host is to a module; nothing, if it is neither.
fn kind(metadata: &Metadata) -> Option<Kind> {
    match (metadata.is_dir(), metadata.is_file()) {
        (true, _) => Some(Kind::Folder),
        (_, true) => Some(Kind::File),
        _ => None,
    }
}

/// As [`join`], for the host.
fn at(base: &str, rel: Rel<'_>) -> String {
    let path = join(base, rel);
    if path.is_empty() { ".".to_owned() } else { path }
}

impl Layer {
    pub fn of_folder(path: &Path) -> io::Result<Self> {
        Ok(Self::Folder(Arc::new(Dir::open_ambient_dir(path, ambient_authority())?), String::new()))
    }

    pub fn in_memory() -> Self {
        Self::Memory(Arc::default(), String::new())
    }

    /// A folder of it.
    pub fn within(&self, name: &str) -> Self {
        match self {
            Self::Folder(dir, base) => Self::Folder(dir.clone(), join(base, name)),
            Self::Memory(memory, base) => Self::Memory(memory.clone(), join(base, name)),
        }
    }

    /// As its user knows it.
    pub fn shown(&self, rel: Rel<'_>) -> String {
        match self {
            Self::Folder(_, base) | Self::Memory(_, base) => join(base, rel),
        }
    }

    /// What is there, unless it is neither file nor folder, or a link that leads out or nowhere.
    pub fn stat(&self, rel: Rel<'_>) -> Option<Stat> {
        match self {
            Self::Folder(dir, base) => {
                let found = dir.metadata(at(base, rel)).ok()?;
                let kind = kind(&found)?;
                Some(Stat { kind, size: if kind == Kind::Folder { 0 } else { found.len() } })
            }
            Self::Memory(memory, base) => memory.stat(&join(base, rel)),
        }
    }

    /// Whether there is something of that name, be it a link that leads nowhere.
    pub fn has(&self, rel: Rel<'_>) -> bool {
        match self {
            Self::Folder(dir, base) => dir.symlink_metadata(at(base, rel)).is_ok(),
            Self::Memory(..) => self.stat(rel).is_some(),
        }
    }

    /// # Errors
    /// That it cannot be looked at; none if it is not there.
    pub fn stamp(&self, rel: Rel<'_>) -> io::Result<Option<Stamp>> {
        let Self::Folder(dir, base) = self else { return Ok(self.stat(rel).map(|found| (None, found.size))) };
        match dir.metadata(at(base, rel)) {
            Ok(found) => Ok(Some((found.modified().ok().map(cap_std::time::SystemTime::into_std), found.len()))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Names in a folder that a module can use.
    pub fn list(&self, rel: Rel<'_>) -> Vec<String> {
        match self {
            Self::Folder(dir, base) => {
                let entries = dir.read_dir(at(base, rel)).into_iter().flatten().flatten();
                entries.filter_map(|entry| self.usable(rel, &entry)).collect()
            }
            Self::Memory(memory, base) => {
                memory.list(&join(base, rel)).into_iter().filter(|n| !is_reserved(n)).collect()
            }
        }
    }

    fn usable(&self, rel: Rel<'_>, entry: &DirEntry) -> Option<String> {
        let name = entry.file_name().into_string().ok().filter(|name| is_plain(name))?;
        if is_reserved(&name) {
            sweep(&name, entry);
            return None;
        }
        let plain = entry.file_type().is_ok_and(|t| t.is_dir() || t.is_file());
        (plain || self.stat(&join(rel, &name)).is_some()).then_some(name)
    }

    pub fn read(&self, rel: Rel<'_>) -> io::Result<Vec<u8>> {
        match self {
            Self::Folder(..) if self.stat(rel).is_some_and(|found| found.size > LARGEST) => {
                Err(io::ErrorKind::FileTooLarge.into())
            }
            Self::Folder(dir, base) => dir.read(at(base, rel)),
            Self::Memory(memory, base) => memory.read(&join(base, rel)),
        }
    }

    /// Writes a file in whole, and makes the folders that it is in. At any moment, also after a crash, it is the old one or the
    /// new one.
    pub fn write(&self, rel: Rel<'_>, bytes: &[u8]) -> io::Result<()> {
        let parent = rel.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.make_folders(parent)?;
        let (dir, base) = match self {
            Self::Folder(dir, base) => (dir, base),
            Self::Memory(memory, base) => return memory.write(&join(base, rel), bytes),
        };
        let (fresh, file) = fresh(dir, &join(base, parent))?;
        let result = fill(file, bytes).and_then(|()| dir.rename(&fresh, dir, at(base, rel)));
        if result.is_err() {
            let _ = dir.remove_file(&fresh);
        }
        result
    }

    /// Makes a folder, with those that it is in.
    pub fn make_folders(&self, rel: Rel<'_>) -> io::Result<()> {
        match self {
            Self::Folder(dir, base) => match at(base, rel).as_str() {
                "." => Ok(()),
                path => dir.create_dir_all(path),
            },
            Self::Memory(memory, base) => {
                memory.make_folders(&join(base, rel));
                Ok(())
            }
        }
    }

    /// Removes a file, or a folder that is empty.
    pub fn remove(&self, rel: Rel<'_>, kind: Kind) -> io::Result<()> {
        match (self, kind) {
            (Self::Folder(dir, base), Kind::File) => dir.remove_file(at(base, rel)),
            (Self::Folder(dir, base), Kind::Folder) => dir.remove_dir(at(base, rel)),
            (Self::Memory(memory, base), _) => memory.remove(&join(base, rel)),
        }
    }

    /// Renames a file or folder, over a file as well, at once.
    pub fn rename(&self, from: Rel<'_>, to: Rel<'_>) -> io::Result<()> {
        match self {
            Self::Folder(dir, base) => dir.rename(at(base, from), dir, at(base, to)),
            Self::Memory(memory, base) => {
                memory.rename(&join(base, from), &join(base, to));
                Ok(())
            }
        }
    }

    /// Removes all of it.
    pub fn clear(&self) -> io::Result<()> {
        match self {
            Self::Folder(dir, base) => match dir.remove_dir_all(at(base, "")) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
                _ => Ok(()),
            },
            Self::Memory(memory, base) => {
                memory.clear(base);
                Ok(())
            }
        }
    }

    /// Keeps other programs out until what is returned is dropped; in memory there are none.
    pub fn lock(&self, rel: Rel<'_>) -> io::Result<Option<std::fs::File>> {
        let Self::Folder(dir, base) = self else { return Ok(None) };
        self.make_folders("")?;
        let file = dir.open_with(at(base, rel), OpenOptions::new().write(true).create(true))?.into_std();
        file.lock()?;
        Ok(Some(file))
    }
}

/// Makes a file that nobody else has, in a folder of `dir`.
fn fresh(dir: &Dir, folder: &str) -> io::Result<(String, File)> {
    let mut number = 0u64;
    loop {
        let path = join(folder, &format!("{FRESH}{}-{number}", std::process::id()));
        match dir.open_with(&path, OpenOptions::new().write(true).create_new(true)) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => number += 1,
            result => return Ok((path, result?)),
        }
    }
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    // Else, after a crash of the computer, the new name may stand for an empty file. Of an empty one nothing can be missing.
    if bytes.is_empty() { Ok(()) } else { file.sync_data() }
}

/// Removes a fresh file that a killed program has left.
fn sweep(name: &str, entry: &DirEntry) {
    let modified = || entry.metadata().ok()?.modified().ok()?.into_std().elapsed().ok();
    if name.starts_with(FRESH) && modified().is_some_and(|age| age > STALE) {
        let _ = entry.remove_file();
    }
}
