//! One mounted area of the flash: what a script wrote, over a folder of the host that it does not change.
//!
//! Reading looks at the upper folder first, then at the lower one. Writing, removing and renaming touch the upper one
//! only; what is gone from the lower one is remembered. The upper folder is made at the first write.

use crate::flash::{Error, Kind, Result, Stat};
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use once_cell::sync::OnceCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where an upper folder keeps the names that are gone; not a name that littlefs's own tools would make.
const GONE: &str = ".quecpy-gone";
/// The folder beside a project that holds its overlay; no part of the project.
pub const OVERLAY: &str = ".quecpy";

#[derive(Debug)]
pub(crate) struct Area {
    lower: Option<Dir>,
    upper_path: PathBuf,
    upper: OnceCell<Dir>,
    gone: Mutex<BTreeSet<String>>,
}

/// Relative to the area; empty is its root.
type Rel<'a> = &'a str;

impl Area {
    pub fn new(lower: Option<PathBuf>, upper_path: PathBuf) -> io::Result<Self> {
        let open = |p: &PathBuf| Dir::open_ambient_dir(p, ambient_authority());
        let lower = lower.as_ref().map(open).transpose()?;
        let upper = OnceCell::new();
        let mut gone = BTreeSet::new();
        if upper_path.is_dir() {
            let dir = open(&upper_path)?;
            gone = dir.read_to_string(GONE).unwrap_or_default().lines().map(str::to_owned).collect();
            let _ = upper.set(dir);
        }
        Ok(Self { lower, upper_path, upper, gone: Mutex::new(gone) })
    }

    fn upper(&self) -> Result<&Dir> {
        self.upper.get_or_try_init(|| {
            std::fs::create_dir_all(&self.upper_path)?;
            Ok(Dir::open_ambient_dir(&self.upper_path, ambient_authority())?)
        })
    }

    fn gone(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the lower folder's `rel`, or a folder it is in, was removed.
    fn is_gone(&self, rel: Rel<'_>) -> bool {
        let gone = self.gone();
        let mut prefix = rel;
        loop {
            if gone.contains(prefix) {
                return true;
            }
            match prefix.rsplit_once('/') {
                Some((parent, _)) => prefix = parent,
                None => return false,
            }
        }
    }

    fn hidden(rel: Rel<'_>) -> bool {
        let first = rel.split('/').next().unwrap_or_default();
        first == OVERLAY || first == GONE
    }

    /// The layers that may hold `rel`, upper first.
    fn layers(&self, rel: Rel<'_>) -> impl Iterator<Item = &Dir> {
        let lower = self.lower.as_ref().filter(|_| !self.is_gone(rel));
        let hidden = Self::hidden(rel);
        self.upper.get().into_iter().chain(lower).filter(move |_| !hidden)
    }

    pub fn stat(&self, rel: Rel<'_>) -> Result<Stat> {
        if rel.is_empty() {
            return Ok(Stat { kind: Kind::Folder, size: 0 });
        }
        for layer in self.layers(rel) {
            if let Ok(found) = layer.metadata(rel) {
                let kind = if found.is_dir() { Kind::Folder } else { Kind::File };
                return Ok(Stat { kind, size: if found.is_dir() { 0 } else { found.len() } });
            }
        }
        Err(Error::NotFound)
    }

    pub fn list(&self, rel: Rel<'_>) -> Result<Vec<String>> {
        if self.stat(rel)?.kind != Kind::Folder {
            return Err(Error::NotAFolder);
        }
        let mut names = BTreeSet::new();
        let at = if rel.is_empty() { "." } else { rel };
        for (i, layer) in self.layers(rel).enumerate() {
            let Ok(entries) = layer.read_dir(at) else { continue };
            let is_upper = i == 0 && self.upper.get().is_some();
            for entry in entries.flatten() {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let full = join(rel, &name);
                if !Self::hidden(&full) && (is_upper || !self.is_gone(&full)) {
                    names.insert(name);
                }
            }
        }
        Ok(names.into_iter().collect())
    }

    pub fn read(&self, rel: Rel<'_>) -> Result<Vec<u8>> {
        if self.stat(rel)?.kind == Kind::Folder {
            return Err(Error::IsAFolder);
        }
        for layer in self.layers(rel) {
            match layer.read(rel) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                result => return Ok(result?),
            }
        }
        Err(Error::NotFound)
    }

    /// Replaces a file: at any moment, also after a crash, it is the old one or the new one.
    pub fn write(&self, rel: Rel<'_>, bytes: &[u8]) -> Result<()> {
        match self.stat(rel) {
            Ok(Stat { kind: Kind::Folder, .. }) => return Err(Error::IsAFolder),
            _ if Self::hidden(rel) || rel.is_empty() => return Err(Error::NotPermitted),
            _ => {}
        }
        let parent = self.upper_parent(rel)?;
        let upper = self.upper()?;
        let name = rel.rsplit('/').next().unwrap_or(rel);
        // One writer of a name at a time: the guard is also that of the files being replaced.
        let _one = self.gone();
        let fresh = join(&parent, &format!("{GONE}-{name}"));
        let result = upper.create(&fresh).and_then(|mut file| {
            file.write_all(bytes)?;
            drop(file);
            upper.rename(&fresh, upper, rel)
        });
        if result.is_err() {
            let _ = upper.remove_file(&fresh);
        }
        Ok(result?)
    }

    /// Makes sure that the folder of `rel` is there in the upper layer, and returns it.
    fn upper_parent(&self, rel: Rel<'_>) -> Result<String> {
        let parent = rel.rsplit_once('/').map_or("", |(parent, _)| parent);
        match self.stat(parent) {
            Ok(Stat { kind: Kind::Folder, .. }) => {}
            Ok(_) => return Err(Error::NotAFolder),
            Err(_) => return Err(Error::NotFound),
        }
        if !parent.is_empty() {
            self.upper()?.create_dir_all(parent)?;
        }
        Ok(parent.to_owned())
    }

    pub fn make_folder(&self, rel: Rel<'_>) -> Result<()> {
        if self.stat(rel).is_ok() {
            return Err(Error::Exists);
        }
        if Self::hidden(rel) {
            return Err(Error::NotPermitted);
        }
        self.upper_parent(rel)?;
        // A folder that was removed and is made again stays empty: what the lower one held is still gone.
        Ok(self.upper()?.create_dir(rel)?)
    }

    /// Removes a file, or an empty folder.
    pub fn remove(&self, rel: Rel<'_>) -> Result<()> {
        let stat = self.stat(rel)?;
        if rel.is_empty() {
            return Err(Error::NotPermitted);
        }
        if stat.kind == Kind::Folder && !self.list(rel)?.is_empty() {
            return Err(Error::NotEmpty);
        }
        let in_lower = self.lower.as_ref().is_some_and(|l| !self.is_gone(rel) && l.symlink_metadata(rel).is_ok());
        if let Some(upper) = self.upper.get().filter(|u| u.symlink_metadata(rel).is_ok()) {
            match stat.kind {
                Kind::File => upper.remove_file(rel)?,
                Kind::Folder => upper.remove_dir(rel)?,
            }
        }
        if in_lower { self.forget(rel) } else { Ok(()) }
    }

    /// Remembers that `rel` is gone from the lower folder.
    fn forget(&self, rel: Rel<'_>) -> Result<()> {
        let upper = self.upper()?;
        let mut gone = self.gone();
        gone.insert(rel.to_owned());
        let text: String = gone.iter().map(|name| format!("{name}\n")).collect();
        let fresh = format!("{GONE}-list");
        upper.write(&fresh, text)?;
        Ok(upper.rename(&fresh, upper, GONE)?)
    }

    /// All files of a folder, or the file itself, with their paths relative to it.
    fn tree(&self, rel: Rel<'_>) -> Result<Vec<(String, Kind)>> {
        let stat = self.stat(rel)?;
        let mut all = vec![(String::new(), stat.kind)];
        if stat.kind == Kind::Folder {
            for name in self.list(rel)? {
                let below = self.tree(&join(rel, &name))?;
                all.extend(below.into_iter().map(|(sub, kind)| (join(&name, &sub), kind)));
            }
        }
        Ok(all)
    }

    /// Copies a file or folder to a new name, then removes the old one.
    pub fn rename(&self, from: Rel<'_>, to: Rel<'_>) -> Result<()> {
        if from == to {
            return self.stat(from).map(drop);
        }
        if to.starts_with(&format!("{from}/")) || from.is_empty() || to.is_empty() {
            return Err(Error::Invalid);
        }
        let tree = self.tree(from)?;
        if let Ok(there) = self.stat(to) {
            match (tree[0].1, there.kind) {
                (Kind::File, Kind::File) => {}
                (Kind::Folder, Kind::Folder) => self.remove(to)?,
                (Kind::File, Kind::Folder) => return Err(Error::IsAFolder),
                (Kind::Folder, Kind::File) => return Err(Error::NotAFolder),
            }
        }
        for (sub, kind) in &tree {
            match kind {
                Kind::Folder => self.make_folder(&join(to, sub))?,
                Kind::File => self.write(&join(to, sub), &self.read(&join(from, sub))?)?,
            }
        }
        for (sub, _) in tree.iter().rev() {
            self.remove(&join(from, sub))?;
        }
        Ok(())
    }
}

fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}
