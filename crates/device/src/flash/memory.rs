//! A tree of files in memory, for a flash that is forgotten: it leaves nothing behind, however the program ends.

use crate::flash::entry::{Kind, Stat};
use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeMap;
use std::io;

/// What a flash in memory may hold: many times a module's few megabytes, and less than a script that writes for ever.
const ROOM: usize = 64 << 20;

#[derive(Debug)]
enum Node {
    Folder,
    File(Vec<u8>),
}

/// Files and folders by their paths.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    nodes: Mutex<BTreeMap<String, Node>>,
}

fn error(kind: io::ErrorKind) -> io::Error {
    kind.into()
}

impl Memory {
    fn nodes(&self) -> MutexGuard<'_, BTreeMap<String, Node>> {
        self.nodes.lock()
    }

    pub fn stat(&self, path: &str) -> Option<Stat> {
        match self.nodes().get(path)? {
            Node::Folder => Some(Stat { kind: Kind::Folder, size: 0 }),
            Node::File(bytes) => Some(Stat { kind: Kind::File, size: bytes.len() as u64 }),
        }
    }

    pub fn list(&self, path: &str) -> Vec<String> {
        let prefix = format!("{path}/");
        let nodes = self.nodes();
        let below = nodes.range(prefix.clone()..).map_while(|(name, _)| name.strip_prefix(&prefix));
        below.filter(|name| !name.contains('/')).map(str::to_owned).collect()
    }

    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.nodes().get(path) {
            Some(Node::File(bytes)) => Ok(bytes.clone()),
            Some(Node::Folder) => Err(error(io::ErrorKind::IsADirectory)),
            None => Err(error(io::ErrorKind::NotFound)),
        }
    }

    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut nodes = self.nodes();
        let size = |node: &Node| if let Node::File(bytes) = node { bytes.len() } else { 0 };
        let others: usize = nodes.iter().filter(|(name, _)| *name != path).map(|(_, node)| size(node)).sum();
        if others + bytes.len() > ROOM {
            return Err(error(io::ErrorKind::StorageFull));
        }
        nodes.insert(path.to_owned(), Node::File(bytes.to_vec()));
        Ok(())
    }

    pub fn make_folders(&self, path: &str) {
        let mut nodes = self.nodes();
        let ends = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at).chain([path.len()]);
        for end in ends {
            nodes.entry(path[..end].to_owned()).or_insert(Node::Folder);
        }
    }

    pub fn remove(&self, path: &str) -> io::Result<()> {
        self.nodes().remove(path).map(drop).ok_or_else(|| error(io::ErrorKind::NotFound))
    }

    /// Moves a file or folder with all that is in it, over a file as well.
    pub fn rename(&self, from: &str, to: &str) {
        let mut nodes = self.nodes();
        let inside = format!("{from}/");
        let moved: Vec<String> = nodes.keys().filter(|p| *p == from || p.starts_with(&inside)).cloned().collect();
        for path in moved {
            if let Some(node) = nodes.remove(&path) {
                nodes.insert(format!("{to}{}", &path[from.len()..]), node);
            }
        }
    }

    pub fn clear(&self, path: &str) {
        let prefix = format!("{path}/");
        self.nodes().retain(|name, _| name != path && !name.starts_with(&prefix));
    }
}
