//! What is mounted in the root, and where further partitions keep their files: in a folder each, beside `bak`.

use crate::flash::error::{Error, Result};
use crate::flash::layer::Layer;
use crate::flash::overlay::Area;
use crate::flash::path::is_plain;
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::sync::Arc;

/// One name of the root.
#[derive(Debug, Clone)]
pub(crate) struct Mount {
    name: String,
    pub area: Arc<Area>,
    pub read_only: bool,
    /// None: it is mounted by the firmware and stays.
    partition: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Mounts {
    /// In the order in which the root lists them.
    table: RwLock<Vec<Mount>>,
    partitions: Layer,
}

impl Mounts {
    /// With what the firmware mounts.
    pub fn new(fixed: impl IntoIterator<Item = (&'static str, Area)>, partitions: Layer) -> Self {
        let fixed = fixed.into_iter().map(|(name, area)| Mount {
            name: name.to_owned(),
            area: Arc::new(area),
            read_only: false,
            partition: None,
        });
        Self { table: RwLock::new(fixed.collect()), partitions }
    }

    fn read(&self) -> RwLockReadGuard<'_, Vec<Mount>> {
        self.table.read()
    }

    fn write(&self) -> RwLockWriteGuard<'_, Vec<Mount>> {
        self.table.write()
    }

    pub fn find(&self, name: &str) -> Option<Mount> {
        self.read().iter().find(|m| m.name == name).cloned()
    }

    pub fn names(&self) -> Vec<String> {
        self.read().iter().map(|m| m.name.clone()).collect()
    }

    fn folder(&self, partition: &str) -> Result<Layer> {
        let plain =
            !partition.is_empty() && is_plain(partition) && !partition.contains('/') && !partition.starts_with('.');
        if plain { Ok(self.partitions.within(partition)) } else { Err(Error::Invalid) }
    }

    /// A partition is mounted once, and a name stands for one.
    pub fn add(&self, name: &str, partition: &str, read_only: bool) -> Result<()> {
        let folder = self.folder(partition)?;
        let mut table = self.write();
        if table.iter().any(|m| m.name == name || m.partition.as_deref() == Some(partition)) {
            return Err(Error::NotPermitted);
        }
        let area = Arc::new(Area::new(None, folder)?);
        table.push(Mount { name: name.to_owned(), area, read_only, partition: Some(partition.to_owned()) });
        Ok(())
    }

    /// By its name, or by the partition's.
    pub fn remove(&self, name: &str, partition: &str) -> Result<()> {
        let mut table = self.write();
        let wanted = |m: &Mount| m.name == name || m.partition.as_deref() == Some(partition);
        let index = table.iter().position(wanted).ok_or(Error::Invalid)?;
        if table[index].partition.is_none() {
            return Err(Error::NotPermitted);
        }
        table.remove(index);
        Ok(())
    }

    /// Erases a partition, which is not mounted.
    pub fn format(&self, partition: &str) -> Result<()> {
        let folder = self.folder(partition)?;
        let table = self.read();
        if table.iter().any(|m| m.partition.as_deref() == Some(partition)) {
            return Err(Error::NotPermitted);
        }
        Ok(folder.clear()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Flash, Storage};
    use super::*;

    #[test]
    fn partitions_are_mounted_beside_usr() {
        for storage in [Storage::Overlay, Storage::Ephemeral] {
            are_mounted(storage);
        }
    }

    fn are_mounted(storage: Storage) {
        let dir = tempfile::tempdir().unwrap();
        let f = Flash::open(dir.path().to_owned(), storage).unwrap();
        f.mount("customer_fs", "/ext", false).unwrap();
        assert_eq!(f.list("/").unwrap(), ["usr", "bak", "ext"]);
        f.write("/ext/a", b"a").unwrap();
        let number = |r: Result<()>| r.unwrap_err().errno();
        assert_eq!(number(f.mount("other", "/ext", false)), 1);
        assert_eq!(number(f.mount("customer_fs", "/two", false)), 1);
        assert_eq!(number(f.mount("other", "/", false)), 1);
        assert_eq!(number(f.mount("other", "/a/b", false)), 22);
        for bad in ["", "..", "../x", "a/b", "a\\b", "c:"] {
            assert_eq!(number(f.mount(bad, "/x", false)), 22, "{bad}");
            assert_eq!(number(f.format(bad)), 22, "{bad}");
        }
        assert_eq!(number(f.rename("/ext/a", "/usr/a")), 22);
        assert_eq!(number(f.unmount("/usr", "")), 1);
        assert_eq!(number(f.unmount("/none", "")), 22);
        assert_eq!(number(f.format("customer_fs")), 1);
        f.unmount("/ext", "").unwrap();
        assert_eq!(number(f.read("/ext/a").map(drop)), 2);
        f.mount("customer_fs", "/again", true).unwrap();
        assert_eq!(f.read("/again/a").unwrap(), b"a");
        assert_eq!(number(f.write("/again/a", b"b")), 30);
        f.unmount("", "customer_fs").unwrap();
        f.format("customer_fs").unwrap();
        f.mount("customer_fs", "/ext", false).unwrap();
        assert_eq!(f.list("/ext").unwrap(), [""; 0]);
    }
}
