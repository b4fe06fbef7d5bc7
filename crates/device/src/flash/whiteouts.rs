//! Which files and folders of a lower layer were removed (whiteouts, as overlay file systems call them): a list in the upper
//! layer. Programs that run at the same time on one project see each other's.

use crate::flash::error::Result;
use crate::flash::layer::{Layer, Rel, Stamp};
use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeSet;
use std::io;

/// The list: names with a zero byte behind each.
const LIST: &str = ".quecpy-gone";
/// Locked while the list is changed.
const LOCK: &str = ".quecpy-lock";

/// The list as it was read, and which file that was; a list only ever grows.
#[derive(Debug, Default)]
pub(crate) struct Known {
    names: BTreeSet<String>,
    stamp: Option<Stamp>,
}

impl Known {
    /// Whether `rel`, or a folder it is in, was removed.
    pub fn contains(&self, rel: Rel<'_>) -> bool {
        let mut prefix = rel;
        loop {
            if self.names.contains(prefix) {
                return true;
            }
            match prefix.rsplit_once('/') {
                Some((parent, _)) => prefix = parent,
                None => return false,
            }
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Whiteouts(Mutex<Known>);

impl Whiteouts {
    /// # Errors
    /// Those of reading it; that there is none is fine.
    pub fn open(upper: &Layer) -> io::Result<Self> {
        let whiteouts = Self::default();
        drop(whiteouts.now(upper)?);
        Ok(whiteouts)
    }

    /// The list as it is now.
    pub fn now(&self, upper: &Layer) -> io::Result<MutexGuard<'_, Known>> {
        let damaged = |e: io::Error| damaged(upper, &e);
        let stamp = upper.stamp(LIST).map_err(damaged)?;
        let mut known = self.0.lock();
        if stamp != known.stamp {
            let names = match stamp {
                None => BTreeSet::new(),
                Some(_) => upper.read(LIST).and_then(parse).map_err(damaged)?,
            };
            *known = Known { names, stamp };
        }
        Ok(known)
    }

    pub fn add(&self, upper: &Layer, rel: Rel<'_>) -> Result<()> {
        // Held to the end of this function, by no program for longer than one small file takes.
        let _lock = upper.lock(LOCK)?;
        let known = self.now(upper)?;
        let names = known.names.iter().map(String::as_str).chain([rel]);
        let text: String = names.map(|name| format!("{name}\0")).collect();
        Ok(upper.write(LIST, text.as_bytes())?)
    }
}

fn parse(bytes: Vec<u8>) -> io::Result<BTreeSet<String>> {
    let text = String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
    // Older lists have a line for each name.
    let end = if text.contains('\0') { '\0' } else { '\n' };
    Ok(text.split_terminator(end).map(str::to_owned).collect())
}

/// Without the list files would come back that were removed.
fn damaged(upper: &Layer, e: &io::Error) -> io::Error {
    let (path, why) = (upper.shown(LIST), e.kind());
    let text =
        format!("cannot read {path}, the list of files that scripts removed ({why}): delete it to have them back");
    io::Error::new(why, text)
}
