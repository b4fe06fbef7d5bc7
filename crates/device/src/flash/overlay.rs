//! One mounted area of the flash: what a script wrote, over a folder of the host that it does not change.
//!
//! Reading looks at the upper layer first, then at the lower one. Writing, removing and renaming touch the upper one only; what
//! is gone from the lower one is remembered in a list.
//!
//! Each change shows at once or not at all, also when the program is killed in the middle: a file is written beside its
//! place and then renamed, and what has to vanish from the lower layer is put on the list while the upper one still covers
//! it. A file has reached the disk before it is renamed, so that a crash of the computer leaves the old one or the new one
//! as well. Which of the two is the host's business: folders are not waited for.

use crate::flash::entry::{Kind, Stat};
use crate::flash::error::{Error, Result};
use crate::flash::layer::{Layer, Rel, is_reserved};
use crate::flash::path::join;
use crate::flash::whiteouts::Whiteouts;
use std::collections::BTreeSet;
use std::io;

/// The folder beside a project that holds its overlay; no part of the project.
pub const OVERLAY: &str = ".quecpy";

#[derive(Debug)]
pub(crate) struct Area {
    lower: Option<Layer>,
    upper: Layer,
    whiteouts: Whiteouts,
}

impl Area {
    /// What is written goes to `upper`, over what is in `lower`.
    ///
    /// # Errors
    /// That the list of what is gone cannot be read.
    pub fn new(lower: Option<Layer>, upper: Layer) -> io::Result<Self> {
        let whiteouts = Whiteouts::open(&upper)?;
        // Removes what a killed program was writing.
        let _ = upper.list("");
        Ok(Self { lower, upper, whiteouts })
    }

    /// Whether the flash keeps a name of `rel` for itself.
    fn is_hidden(rel: Rel<'_>) -> bool {
        rel.split('/').any(|part| part == OVERLAY || is_reserved(part))
    }

    /// The lower layer, where it holds what was not removed.
    fn lower(&self, rel: Rel<'_>) -> Result<Option<&Layer>> {
        let Some(lower) = &self.lower else { return Ok(None) };
        Ok(if self.whiteouts.now(&self.upper)?.contains(rel) { None } else { Some(lower) })
    }

    /// The layer that shows `rel`, and what it is there.
    fn find(&self, rel: Rel<'_>) -> Result<(&Layer, Stat)> {
        if Self::is_hidden(rel) {
            return Err(Error::NotFound);
        }
        if let Some(stat) = self.upper.stat(rel) {
            return Ok((&self.upper, stat));
        }
        let lower = self.lower(rel)?.ok_or(Error::NotFound)?;
        Ok((lower, lower.stat(rel).ok_or(Error::NotFound)?))
    }

    pub fn stat(&self, rel: Rel<'_>) -> Result<Stat> {
        if rel.is_empty() {
            return Ok(Stat { kind: Kind::Folder, size: 0 });
        }
        self.find(rel).map(|(_, stat)| stat)
    }

    pub fn list(&self, rel: Rel<'_>) -> Result<Vec<String>> {
        if self.stat(rel)?.kind != Kind::Folder {
            return Err(Error::NotAFolder);
        }
        let mut names: BTreeSet<String> = self.upper.list(rel).into_iter().collect();
        if let Some(lower) = self.lower(rel)? {
            let known = self.whiteouts.now(&self.upper)?;
            names.extend(lower.list(rel).into_iter().filter(|name| !known.contains(&join(rel, name))));
        }
        names.remove(OVERLAY);
        Ok(names.into_iter().collect())
    }

    pub fn read(&self, rel: Rel<'_>) -> Result<Vec<u8>> {
        if self.stat(rel)?.kind == Kind::Folder {
            return Err(Error::IsAFolder);
        }
        Ok(self.find(rel)?.0.read(rel)?)
    }

    /// Replaces a file: at any moment, also after a crash, it is the old one or the new one.
    pub fn write(&self, rel: Rel<'_>, bytes: &[u8]) -> Result<()> {
        match self.stat(rel) {
            Ok(Stat { kind: Kind::Folder, .. }) => return Err(Error::IsAFolder),
            Ok(_) | Err(Error::NotFound) => self.check_parent(rel)?,
            Err(e) => return Err(e),
        }
        Ok(self.upper.write(rel, bytes)?)
    }

    /// Whether something can be made at `rel`.
    fn check_parent(&self, rel: Rel<'_>) -> Result<()> {
        if Self::is_hidden(rel) {
            return Err(Error::NotPermitted);
        }
        let parent = rel.rsplit_once('/').map_or("", |(parent, _)| parent);
        match self.stat(parent)?.kind {
            Kind::Folder => Ok(()),
            Kind::File => Err(Error::NotAFolder),
        }
    }

    pub fn make_folder(&self, rel: Rel<'_>) -> Result<()> {
        match self.stat(rel) {
            Ok(_) => return Err(Error::Exists),
            Err(Error::NotFound) => self.check_parent(rel)?,
            Err(e) => return Err(e),
        }
        // A folder that was removed and is made again stays empty: what the lower one held is still gone.
        Ok(self.upper.make_folders(rel)?)
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
        self.forget(rel)?;
        if self.upper.has(rel) { Ok(self.upper.remove(rel, stat.kind)?) } else { Ok(()) }
    }

    /// Remembers that `rel` is gone from the lower layer, if it is there.
    fn forget(&self, rel: Rel<'_>) -> Result<()> {
        match self.lower(rel)? {
            Some(lower) if lower.has(rel) => self.whiteouts.add(&self.upper, rel),
            _ => Ok(()),
        }
    }

    /// Has all of a file or folder in the upper layer.
    fn copy_up(&self, rel: Rel<'_>) -> Result<()> {
        let (layer, stat) = self.find(rel)?;
        match stat.kind {
            Kind::File if self.upper.stat(rel).is_some() => Ok(()),
            Kind::File => Ok(self.upper.write(rel, &layer.read(rel)?)?),
            Kind::Folder => {
                self.upper.make_folders(rel)?;
                self.list(rel)?.iter().try_for_each(|name| self.copy_up(&join(rel, name)))
            }
        }
    }

    /// Renames a file or folder, over a file or an empty folder as well.
    pub fn rename(&self, from: Rel<'_>, to: Rel<'_>) -> Result<()> {
        let stat = self.stat(from)?;
        if from == to {
            return Ok(());
        }
        if to.starts_with(&format!("{from}/")) || from.is_empty() || to.is_empty() {
            return Err(Error::Invalid);
        }
        self.check_parent(to)?;
        match (stat.kind, self.stat(to).map(|there| there.kind)) {
            (_, Err(Error::NotFound)) | (Kind::File, Ok(Kind::File)) => {}
            (Kind::Folder, Ok(Kind::Folder)) => self.remove(to)?,
            (Kind::File, Ok(Kind::Folder)) => return Err(Error::IsAFolder),
            (Kind::Folder, Ok(Kind::File)) => return Err(Error::NotAFolder),
            (_, Err(e)) => return Err(e),
        }
        self.copy_up(from)?;
        self.forget(from)?;
        self.upper.make_folders(to.rsplit_once('/').map_or("", |(parent, _)| parent))?;
        Ok(self.upper.rename(from, to)?)
    }
}
