//! One mounted area of the flash: what a script wrote, over a folder of the host that it does not change.
//!
//! Reading looks at the upper folder first, then at the lower one. Writing, removing and renaming touch the upper one
//! only; what is gone from the lower one is remembered. The upper folder is made at the first write.

use crate::flash::{Error, Kind, Result, Stat};
use crate::layer::{Home, Layer};
use once_cell::sync::OnceCell;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where an upper folder keeps the names that are gone; not a name that littlefs's own tools would make.
pub(crate) const GONE: &str = ".quecpy-gone";
/// The folder beside a project that holds its overlay; no part of the project.
pub const OVERLAY: &str = ".quecpy";

#[derive(Debug)]
pub(crate) struct Area {
    lower: Option<Layer>,
    home: Home,
    upper: OnceCell<Layer>,
    gone: Mutex<BTreeSet<String>>,
}

/// Relative to the area; empty is its root.
type Rel<'a> = &'a str;

impl Area {
    /// What is written goes to `home`, over what is in `lower`.
    pub fn new(lower: Option<&Path>, home: Home) -> io::Result<Self> {
        let lower = lower.map(Layer::of_folder).transpose()?;
        let upper = OnceCell::new();
        let mut gone = BTreeSet::new();
        if let Some(layer) = home.open()? {
            let list = layer.read(GONE).unwrap_or_default();
            gone = String::from_utf8_lossy(&list).lines().map(str::to_owned).collect();
            let _ = upper.set(layer);
        }
        Ok(Self { lower, home, upper, gone: Mutex::new(gone) })
    }

    fn upper(&self) -> Result<&Layer> {
        Ok(self.upper.get_or_try_init(|| self.home.make())?)
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
    fn layers(&self, rel: Rel<'_>) -> impl Iterator<Item = &Layer> {
        let lower = self.lower.as_ref().filter(|_| !self.is_gone(rel));
        let hidden = Self::hidden(rel);
        self.upper.get().into_iter().chain(lower).filter(move |_| !hidden)
    }

    pub fn stat(&self, rel: Rel<'_>) -> Result<Stat> {
        if rel.is_empty() {
            return Ok(Stat { kind: Kind::Folder, size: 0 });
        }
        self.layers(rel).find_map(|layer| layer.stat(rel)).ok_or(Error::NotFound)
    }

    pub fn list(&self, rel: Rel<'_>) -> Result<Vec<String>> {
        if self.stat(rel)?.kind != Kind::Folder {
            return Err(Error::NotAFolder);
        }
        let mut names = BTreeSet::new();
        for (i, layer) in self.layers(rel).enumerate() {
            let is_upper = i == 0 && self.upper.get().is_some();
            for name in layer.list(rel) {
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
        self.upper_parent(rel)?;
        // One writer of a name at a time: the guard is also that of the files being replaced.
        let _one = self.gone();
        Ok(self.upper()?.write(rel, bytes)?)
    }

    /// Makes sure that the folder of `rel` is there in the upper layer.
    fn upper_parent(&self, rel: Rel<'_>) -> Result<()> {
        let parent = rel.rsplit_once('/').map_or("", |(parent, _)| parent);
        match self.stat(parent) {
            Ok(Stat { kind: Kind::Folder, .. }) => {}
            Ok(_) => return Err(Error::NotAFolder),
            Err(_) => return Err(Error::NotFound),
        }
        if !parent.is_empty() {
            self.upper()?.make_folders(parent)?;
        }
        Ok(())
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
        Ok(self.upper()?.make_folder(rel)?)
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
        let in_lower = self.lower.as_ref().is_some_and(|l| !self.is_gone(rel) && l.has(rel));
        if let Some(upper) = self.upper.get().filter(|u| u.has(rel)) {
            upper.remove(rel, stat.kind)?;
        }
        if in_lower { self.forget(rel) } else { Ok(()) }
    }

    /// Remembers that `rel` is gone from the lower folder.
    fn forget(&self, rel: Rel<'_>) -> Result<()> {
        let upper = self.upper()?;
        let mut gone = self.gone();
        gone.insert(rel.to_owned());
        let text: String = gone.iter().map(|name| format!("{name}\n")).collect();
        Ok(upper.write(GONE, text.as_bytes())?)
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

pub(crate) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}
