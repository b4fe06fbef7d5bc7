//! Where an area keeps its files: in a folder of the host, or in memory, for a flash that is forgotten. What is in memory
//! leaves nothing behind, however the program ends.

use crate::area::{GONE, join};
use crate::flash::{Kind, Stat};
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a flash in memory may hold: many times a module's few megabytes, and less than a script that writes for ever.
const ROOM: usize = 64 << 20;

#[derive(Debug)]
enum Node {
    Folder,
    File(Vec<u8>),
}

/// A tree of files in memory, by their paths.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    nodes: Mutex<BTreeMap<String, Node>>,
}

fn error(kind: io::ErrorKind) -> io::Error {
    kind.into()
}

impl Memory {
    fn nodes(&self) -> MutexGuard<'_, BTreeMap<String, Node>> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stat(&self, path: &str) -> Option<Stat> {
        match self.nodes().get(path)? {
            Node::Folder => Some(Stat { kind: Kind::Folder, size: 0 }),
            Node::File(bytes) => Some(Stat { kind: Kind::File, size: bytes.len() as u64 }),
        }
    }

    fn list(&self, path: &str) -> Vec<String> {
        let prefix = format!("{path}/");
        let nodes = self.nodes();
        let below = nodes.range(prefix.clone()..).map_while(|(name, _)| name.strip_prefix(&prefix));
        below.filter(|name| !name.contains('/')).map(str::to_owned).collect()
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.nodes().get(path) {
            Some(Node::File(bytes)) => Ok(bytes.clone()),
            Some(Node::Folder) => Err(error(io::ErrorKind::IsADirectory)),
            None => Err(error(io::ErrorKind::NotFound)),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut nodes = self.nodes();
        let size = |node: &Node| if let Node::File(bytes) = node { bytes.len() } else { 0 };
        let others: usize = nodes.iter().filter(|(name, _)| *name != path).map(|(_, node)| size(node)).sum();
        if others + bytes.len() > ROOM {
            return Err(error(io::ErrorKind::StorageFull));
        }
        nodes.insert(path.to_owned(), Node::File(bytes.to_vec()));
        Ok(())
    }

    fn make_folders(&self, path: &str) {
        let mut nodes = self.nodes();
        let ends = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at).chain([path.len()]);
        for end in ends {
            nodes.entry(path[..end].to_owned()).or_insert(Node::Folder);
        }
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.nodes().remove(path).map(drop).ok_or_else(|| error(io::ErrorKind::NotFound))
    }

    fn remove_all(&self, path: &str) {
        let prefix = format!("{path}/");
        self.nodes().retain(|name, _| name != path && !name.starts_with(&prefix));
    }
}

/// The place of a layer, which may not have been made yet.
#[derive(Debug, Clone)]
pub(crate) enum Home {
    Folder(PathBuf),
    Memory(Arc<Memory>, String),
}

impl Home {
    pub fn in_memory() -> Self {
        Self::Memory(Arc::default(), String::new())
    }

    pub fn join(&self, name: &str) -> Self {
        match self {
            Self::Folder(path) => Self::Folder(path.join(name)),
            Self::Memory(memory, path) => Self::Memory(memory.clone(), format!("{path}/{name}")),
        }
    }

    /// Opens what is there; none if nothing is.
    pub fn open(&self) -> io::Result<Option<Layer>> {
        match self {
            Self::Folder(path) if !path.is_dir() => Ok(None),
            Self::Folder(path) => Layer::of_folder(path).map(Some),
            Self::Memory(memory, path) if memory.stat(path).is_none() => Ok(None),
            Self::Memory(memory, path) => Ok(Some(Layer::Memory(memory.clone(), path.clone()))),
        }
    }

    /// Makes it, if need be, and opens it.
    pub fn make(&self) -> io::Result<Layer> {
        match self {
            Self::Folder(path) => {
                std::fs::create_dir_all(path)?;
                Layer::of_folder(path)
            }
            Self::Memory(memory, path) => {
                memory.make_folders(path);
                Ok(Layer::Memory(memory.clone(), path.clone()))
            }
        }
    }

    /// Removes it with all that is in it.
    pub fn remove(&self) -> io::Result<()> {
        match self {
            Self::Folder(path) => match std::fs::remove_dir_all(path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
                _ => Ok(()),
            },
            Self::Memory(memory, path) => {
                memory.remove_all(path);
                Ok(())
            }
        }
    }
}

/// One layer of an area. Paths are relative to it; its root is empty.
#[derive(Debug)]
pub(crate) enum Layer {
    Folder(Dir),
    Memory(Arc<Memory>, String),
}

impl Layer {
    pub fn of_folder(path: &std::path::Path) -> io::Result<Self> {
        Ok(Self::Folder(Dir::open_ambient_dir(path, ambient_authority())?))
    }

    pub fn stat(&self, rel: &str) -> Option<Stat> {
        match self {
            Self::Folder(dir) => {
                let found = dir.metadata(rel).ok()?;
                let kind = if found.is_dir() { Kind::Folder } else { Kind::File };
                Some(Stat { kind, size: if found.is_dir() { 0 } else { found.len() } })
            }
            Self::Memory(memory, base) => memory.stat(&join(base, rel)),
        }
    }

    /// Whether there is something of that name, be it a link that leads nowhere.
    pub fn has(&self, rel: &str) -> bool {
        match self {
            Self::Folder(dir) => dir.symlink_metadata(rel).is_ok(),
            Self::Memory(..) => self.stat(rel).is_some(),
        }
    }

    /// Names in a folder; those that are no text are passed over.
    pub fn list(&self, rel: &str) -> Vec<String> {
        match self {
            Self::Folder(dir) => {
                let entries = dir.read_dir(if rel.is_empty() { "." } else { rel });
                entries.into_iter().flatten().flatten().filter_map(|e| e.file_name().into_string().ok()).collect()
            }
            Self::Memory(memory, base) => memory.list(&join(base, rel)),
        }
    }

    pub fn read(&self, rel: &str) -> io::Result<Vec<u8>> {
        match self {
            Self::Folder(dir) => dir.read(rel),
            Self::Memory(memory, base) => memory.read(&join(base, rel)),
        }
    }

    /// Writes a file in whole: at any moment, also after a crash, it is the old one or the new one.
    pub fn write(&self, rel: &str, bytes: &[u8]) -> io::Result<()> {
        let dir = match self {
            Self::Folder(dir) => dir,
            Self::Memory(memory, base) => return memory.write(&join(base, rel), bytes),
        };
        let (parent, name) = rel.rsplit_once('/').unwrap_or(("", rel));
        let fresh = join(parent, &format!("{GONE}-{name}"));
        let result = dir.create(&fresh).and_then(|mut file| {
            file.write_all(bytes)?;
            drop(file);
            dir.rename(&fresh, dir, rel)
        });
        if result.is_err() {
            let _ = dir.remove_file(&fresh);
        }
        result
    }

    pub fn make_folder(&self, rel: &str) -> io::Result<()> {
        match self {
            Self::Folder(dir) => dir.create_dir(rel),
            Self::Memory(memory, base) => {
                memory.make_folders(&join(base, rel));
                Ok(())
            }
        }
    }

    /// With the folders that it is in.
    pub fn make_folders(&self, rel: &str) -> io::Result<()> {
        match self {
            Self::Folder(dir) => dir.create_dir_all(rel),
            Self::Memory(..) => self.make_folder(rel),
        }
    }

    /// Removes a file, or a folder that is empty.
    pub fn remove(&self, rel: &str, kind: Kind) -> io::Result<()> {
        match (self, kind) {
            (Self::Folder(dir), Kind::File) => dir.remove_file(rel),
            (Self::Folder(dir), Kind::Folder) => dir.remove_dir(rel),
            (Self::Memory(memory, base), _) => memory.remove(&join(base, rel)),
        }
    }
}
