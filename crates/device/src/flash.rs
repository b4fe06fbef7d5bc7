//! The module's file system: `/usr` is the script's project folder, `/bak` is spare, the root is read-only.
//!
//! Nothing outside those folders can be reached: paths are resolved as text first, and the folders are opened as
//! capabilities ([`cap_std`]), in which no link leads out.

use crate::area::{Area, OVERLAY};
use crate::layer::Home;
use crate::mounts::Mounts;
use crate::path::{is_plain, normalise};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a file operation failed; [`Error::errno`] is what a script sees.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no such file")]
    NotFound,
    #[error("it exists already")]
    Exists,
    #[error("it is a folder")]
    IsAFolder,
    #[error("it is not a folder")]
    NotAFolder,
    #[error("the folder is not empty")]
    NotEmpty,
    #[error("that cannot be done here")]
    NotPermitted,
    #[error("that makes no sense")]
    Invalid,
    #[error("the root is read-only")]
    ReadOnly,
    #[error("{0}")]
    Host(#[from] io::Error),
}

impl Error {
    /// Linux's number, as the module's firmware uses them.
    #[must_use]
    pub fn errno(&self) -> i32 {
        match self {
            Self::NotPermitted => 1,
            Self::NotFound => 2,
            Self::Exists => 17,
            Self::NotAFolder => 20,
            Self::IsAFolder => 21,
            Self::Invalid => 22,
            Self::ReadOnly => 30,
            Self::NotEmpty => 39,
            Self::Host(e) => match e.kind() {
                io::ErrorKind::NotFound => 2,
                io::ErrorKind::PermissionDenied => 13,
                io::ErrorKind::AlreadyExists => 17,
                io::ErrorKind::StorageFull => 28,
                _ => 5,
            },
        }
    }
}

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
}

/// What is known of a file: littlefs keeps no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    pub kind: Kind,
    /// Bytes; 0 for a folder.
    pub size: u64,
}

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
        let base = match storage {
            Storage::Overlay | Storage::Direct => Home::Folder(project.join(OVERLAY)),
            Storage::Ephemeral => Home::in_memory(),
        };
        let usr = match storage {
            Storage::Direct => Area::new(None, Home::Folder(project))?,
            Storage::Overlay | Storage::Ephemeral => Area::new(Some(&project), base.join("usr"))?,
        };
        let fixed = [("usr", usr), ("bak", Area::new(None, base.join("bak"))?)];
        let mounts = Mounts::new(fixed, base.join("partitions"));
        let store = Area::new(None, base.join("store"))?;
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

    /// Forgets what a partition holds.
    ///
    /// # Errors
    /// `NotPermitted` (it is mounted), `Invalid`, or the host's.
    pub fn format(&self, partition: &str) -> Result<()> {
        self.mounts.format(partition)
    }

    #[must_use]
    pub fn cwd(&self) -> String {
        self.cwd.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// # Errors
    /// `NotFound`, `NotAFolder`.
    pub fn change_folder(&self, path: &str) -> Result<()> {
        if self.stat(path)?.kind != Kind::Folder {
            return Err(Error::NotAFolder);
        }
        let to = format!("/{}", normalise(&self.cwd(), path).join("/"));
        *self.cwd.lock().unwrap_or_else(PoisonError::into_inner) = to;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("main.py"), "print(1)").unwrap();
        std::fs::create_dir(dir.path().join("lib")).unwrap();
        std::fs::write(dir.path().join("lib/a.py"), "a").unwrap();
        dir
    }

    fn flash(project: &tempfile::TempDir, storage: Storage) -> Flash {
        Flash::open(project.path().to_owned(), storage).unwrap()
    }

    #[test]
    fn an_overlay_never_changes_the_project() {
        let dir = project();
        let f = flash(&dir, Storage::Overlay);
        assert_eq!(f.list("/").unwrap(), ["usr", "bak"]);
        assert_eq!(f.list("/usr").unwrap(), ["lib", "main.py"]);
        assert!(!dir.path().join(OVERLAY).exists(), "nothing is made before something is written");
        f.write("/usr/main.py", b"changed").unwrap();
        f.remove("/usr/lib/a.py").unwrap();
        f.remove("/usr/lib").unwrap();
        f.write("/usr/new", b"n").unwrap();
        assert_eq!(f.list("/usr").unwrap(), ["main.py", "new"]);
        assert_eq!(std::fs::read(dir.path().join("main.py")).unwrap(), b"print(1)");
        assert!(dir.path().join("lib/a.py").exists());
        let again = flash(&dir, Storage::Overlay);
        assert_eq!(again.read("/usr/main.py").unwrap(), b"changed");
        assert_eq!(again.list("/usr").unwrap(), ["main.py", "new"]);
        again.make_folder("/usr/lib").unwrap();
        assert_eq!(again.list("/usr/lib").unwrap(), [""; 0], "made again, and empty");
    }

    #[test]
    fn direct_changes_it_and_ephemeral_forgets() {
        let dir = project();
        let e = flash(&dir, Storage::Ephemeral);
        e.write("/usr/main.py", b"e").unwrap();
        e.write("/bak/x", b"x").unwrap();
        assert_eq!(e.read("/usr/main.py").unwrap(), b"e");
        drop(e);
        assert_eq!(flash(&dir, Storage::Overlay).read("/usr/main.py").unwrap(), b"print(1)");
        let d = flash(&dir, Storage::Direct);
        d.write("/usr/main.py", b"d").unwrap();
        assert_eq!(d.list("/usr").unwrap(), ["lib", "main.py"]);
        assert_eq!(std::fs::read(dir.path().join("main.py")).unwrap(), b"d");
    }

    #[test]
    fn errors_have_the_modules_numbers() {
        let dir = project();
        let f = flash(&dir, Storage::Overlay);
        let number = |r: Result<()>| r.unwrap_err().errno();
        assert_eq!(number(f.read("/usr/none").map(drop)), 2);
        assert_eq!(number(f.read("/usr/lib").map(drop)), 21);
        assert_eq!(number(f.write("/x", b"")), 30);
        assert_eq!(number(f.write("/usr/none/x", b"")), 2);
        assert_eq!(number(f.make_folder("/usr/lib")), 17);
        assert_eq!(number(f.remove("/usr/lib")), 39);
        assert_eq!(number(f.remove("/usr")), 30);
        assert_eq!(number(f.rename("/usr/lib", "/usr/lib/x")), 22);
        assert_eq!(number(f.change_folder("/usr/main.py")), 20);
    }

    #[test]
    fn renaming_works_across_layers() {
        let dir = project();
        let f = flash(&dir, Storage::Overlay);
        f.rename("/usr/lib", "/usr/moved").unwrap();
        assert_eq!(f.list("/usr").unwrap(), ["main.py", "moved"]);
        assert_eq!(f.read("/usr/moved/a.py").unwrap(), b"a");
        f.rename("/usr/moved/a.py", "/usr/main.py").unwrap();
        assert_eq!(f.read("/usr/main.py").unwrap(), b"a");
    }

    #[cfg(unix)]
    #[test]
    fn no_way_leads_out() {
        let dir = project();
        let secret = tempfile::tempdir().unwrap();
        std::fs::write(secret.path().join("s"), "secret").unwrap();
        std::os::unix::fs::symlink(secret.path(), dir.path().join("link")).unwrap();
        std::os::unix::fs::symlink(secret.path().join("s"), dir.path().join("file")).unwrap();
        std::os::unix::fs::symlink("../../../../../../etc/passwd", dir.path().join("up")).unwrap();
        let f = flash(&dir, Storage::Direct);
        let absolute = secret.path().join("s");
        for path in [
            "/usr/link/s",
            "/usr/file",
            "/usr/up",
            "/usr/../../etc/passwd",
            "/etc/passwd",
            "/usr/\0",
            "/usr/a:b",
            "/usr/a\\b",
            absolute.to_str().unwrap(),
        ] {
            assert!(f.read(path).is_err(), "{path}");
            assert!(f.write(path, b"x").is_err() || path == "/usr/file" || path == "/usr/up", "{path}");
        }
        assert!(f.write("/usr/link/new", b"x").is_err());
        assert_eq!(std::fs::read(secret.path().join("s")).unwrap(), b"secret");
        assert!(!secret.path().join("new").exists());
    }
}
