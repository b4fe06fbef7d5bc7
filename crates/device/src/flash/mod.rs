//! The module's file system: `/usr` is the script's project folder, `/bak` is spare, the root is read-only.
//!
//! Nothing outside those folders can be reached: paths are resolved as text first, and the folders are opened as
//! capabilities ([`cap_std`]), in which no link leads out.

mod entry;
mod error;
mod layer;
mod memory;
mod mounts;
mod overlay;
pub mod path;
mod whiteouts;

pub use entry::{Kind, Stat};
pub use error::{Error, Result};
use layer::Layer;
use mounts::Mounts;
use overlay::{Area, OVERLAY};
use parking_lot::Mutex;
use path::{is_plain, normalise};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Where what a script writes is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Storage {
    /// In `.quecpy/` beside the project; the project's own files stay as they are.
    #[default]
    Overlay,
    /// In the project itself.
    Direct,
    /// In memory: it is gone with the run.
    Ephemeral,
}

/// Where a project keeps what scripts write: made when they do.
fn overlay(project: &Layer) -> io::Result<Layer> {
    if project.has(OVERLAY) && project.stat(OVERLAY).is_none_or(|found| found.kind != Kind::Folder) {
        let why = "is no folder of the project, so what scripts write cannot be kept: move it away, or use --ephemeral";
        return Err(io::Error::new(io::ErrorKind::NotADirectory, format!("{OVERLAY} {why}")));
    }
    Ok(project.within(OVERLAY))
}

/// One board's file system.
#[derive(Debug)]
pub struct Flash {
    mounts: Mounts,
    /// What the module keeps beside its file system.
    store: Area,
    cwd: Mutex<String>,
}

/// The root, or a path of an area, and whether that is read-only.
enum Place {
    Root,
    In(Arc<Area>, String, bool),
}

impl Flash {
    /// The flash of a script whose files are in `project`.
    ///
    /// # Errors
    /// Those of opening the folder.
    pub fn open(project: PathBuf, storage: Storage) -> io::Result<Self> {
        let project = Layer::of_folder(&project)?;
        let base = match storage {
            Storage::Overlay | Storage::Direct => overlay(&project)?,
            Storage::Ephemeral => Layer::in_memory(),
        };
        let usr = match storage {
            Storage::Direct => Area::new(None, project)?,
            Storage::Overlay | Storage::Ephemeral => Area::new(Some(project), base.within("usr"))?,
        };
        let fixed = [("usr", usr), ("bak", Area::new(None, base.within("bak"))?)];
        let mounts = Mounts::new(fixed, base.within("partitions"));
        let store = Area::new(None, base.within("store"))?;
        Ok(Self { mounts, store, cwd: Mutex::new("/".into()) })
    }

    /// Keeps something beside the file system.
    ///
    /// # Errors
    /// The host's.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.store.write(name, bytes)
    }

    /// What was kept under a name.
    #[must_use]
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.store.read(name).ok()
    }

    fn place(&self, path: &str) -> Result<Place> {
        let cwd = self.cwd();
        let parts = normalise(&cwd, path);
        let Some((mount, below)) = parts.split_first() else { return Ok(Place::Root) };
        if below.iter().any(|part| !is_plain(part)) {
            return Err(Error::Invalid);
        }
        let mount = self.mounts.find(mount).ok_or(Error::NotFound)?;
        Ok(Place::In(mount.area, below.join("/"), mount.read_only))
    }

    /// For changes: the root itself cannot be changed.
    fn writable(&self, path: &str) -> Result<(Arc<Area>, String)> {
        match self.place(path) {
            Ok(Place::In(area, rel, false)) if !rel.is_empty() => Ok((area, rel)),
            Ok(_) | Err(Error::NotFound) => Err(Error::ReadOnly),
            Err(e) => Err(e),
        }
    }

    /// # Errors
    /// `NotFound`.
    pub fn stat(&self, path: &str) -> Result<Stat> {
        match self.place(path)? {
            Place::Root => Ok(Stat { kind: Kind::Folder, size: 0 }),
            Place::In(area, rel, _) => area.stat(&rel),
        }
    }

    /// Names in a folder.
    ///
    /// # Errors
    /// `NotFound`, `NotAFolder`.
    pub fn list(&self, path: &str) -> Result<Vec<String>> {
        match self.place(path)? {
            Place::Root => Ok(self.mounts.names()),
            Place::In(area, rel, _) => area.list(&rel),
        }
    }

    /// # Errors
    /// `NotFound`, `IsAFolder`.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        match self.place(path)? {
            Place::Root => Err(Error::IsAFolder),
            Place::In(area, rel, _) => area.read(&rel),
        }
    }

    /// Replaces a file, or makes it.
    ///
    /// # Errors
    /// `ReadOnly`, `NotFound` (no such folder), `IsAFolder`, or the host's.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let (area, rel) = self.writable(path)?;
        area.write(&rel, bytes)
    }

    /// # Errors
    /// `Exists`, `NotFound`, `ReadOnly`.
    pub fn make_folder(&self, path: &str) -> Result<()> {
        if self.stat(path).is_ok() {
            return Err(Error::Exists);
        }
        let (area, rel) = self.writable(path)?;
        area.make_folder(&rel)
    }

    /// Removes a file or an empty folder, as littlefs does.
    ///
    /// # Errors
    /// `NotFound`, `NotEmpty`, `ReadOnly`.
    pub fn remove(&self, path: &str) -> Result<()> {
        self.stat(path)?;
        let (area, rel) = self.writable(path)?;
        area.remove(&rel)
    }

    /// Renames, over an existing file as well.
    ///
    /// # Errors
    /// `NotFound`, `ReadOnly`, `Invalid` between areas.
    pub fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.stat(from)?;
        let ((old, from), (new, to)) = (self.writable(from)?, self.writable(to)?);
        if !Arc::ptr_eq(&old, &new) {
            return Err(Error::Invalid);
        }
        old.rename(&from, &to)
    }

    /// Mounts a partition of the flash onto a name of the root. Its files are there again in the next run.
    ///
    /// # Errors
    /// `NotPermitted` (the name or the partition is taken), `Invalid` (another path, or no name of a partition).
    pub fn mount(&self, partition: &str, path: &str, read_only: bool) -> Result<()> {
        match normalise(&self.cwd(), path).as_slice() {
            [name] if is_plain(name) => self.mounts.add(name, partition, read_only),
            [] => Err(Error::NotPermitted),
            _ => Err(Error::Invalid),
        }
    }

    /// Ends that, by the path or by the partition's name.
    ///
    /// # Errors
    /// `Invalid` (not mounted), `NotPermitted` (what the firmware mounts).
    pub fn unmount(&self, path: &str, partition: &str) -> Result<()> {
        let name = normalise(&self.cwd(), path).join("/");
        self.mounts.remove(&name, partition)
    }

    /// Erases a partition.
    ///
    /// # Errors
    /// `NotPermitted` (it is mounted), `Invalid`, or the host's.
    pub fn format(&self, partition: &str) -> Result<()> {
        self.mounts.format(partition)
    }

    /// The current folder.
    #[must_use]
    pub fn cwd(&self) -> String {
        self.cwd.lock().clone()
    }

    /// # Errors
    /// `NotFound`, `NotAFolder`.
    pub fn change_folder(&self, path: &str) -> Result<()> {
        if self.stat(path)?.kind != Kind::Folder {
            return Err(Error::NotAFolder);
        }
        let to = format!("/{}", normalise(&self.cwd(), path).join("/"));
        *self.cwd.lock() = to;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
