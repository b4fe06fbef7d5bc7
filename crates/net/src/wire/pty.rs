//! A line as a pseudo-terminal. Nothing tells when somebody opens one, so it is looked at now and then while nobody has.

use super::line::{AGAIN, Feed, Line, Parcel, bring, start};
use crate::{sandbox, sys};
use parking_lot::Mutex;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Until a terminal that nobody had open is looked at again.
const LOOK: Duration = Duration::from_millis(10);
/// Until a client that does not read is looked at again: it may have gone.
const GONE: Duration = Duration::from_millis(50);

/// Told when the terminal is at another path than before.
pub type Moved = Box<dyn Fn(&Path) + Send>;

/// The terminal itself. Whoever writes holds it, so that nothing is written for a client that has gone.
#[derive(Debug)]
struct Device {
    ours: File,
    path: PathBuf,
    link: Option<PathBuf>,
}

impl Device {
    fn open(link: Option<&Path>) -> io::Result<Self> {
        let (ours, path) = sys::open_pty()?;
        if let Some(link) = link {
            if link.is_symlink() {
                std::fs::remove_file(link)?;
            }
            sys::make_link(&path, link)?;
        }
        Ok(Self { ours, path, link: link.map(Path::to_owned) })
    }
}

/// A pseudo-terminal, and the link to it: gone when dropped.
#[derive(Debug)]
pub struct Terminal {
    line: Line,
    /// What other programs open.
    pub path: PathBuf,
    device: Arc<Mutex<Device>>,
}

impl Terminal {
    /// Waits until all that was sent has been read, for that long at most: closing takes away what was not.
    pub fn flush(&self, limit: Duration) {
        let end = Instant::now() + limit;
        self.line.flush(limit);
        let path = self.device.lock().path.clone();
        let unread = move || {
            let path = path.clone();
            sandbox::outside(move || sys::unread(&path))
        };
        // The kernel hands bytes over a moment after they were written.
        let mut read = 0;
        while read < 2 && self.line.has_client() && Instant::now() < end {
            read = if unread() == 0 { read + 1 } else { 0 };
            std::thread::sleep(AGAIN);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let device = self.device.lock();
        if let Some(link) = &device.link {
            // Somebody else may have taken the name.
            if std::fs::read_link(link).is_ok_and(|to| to == device.path) {
                let link = link.clone();
                let _ = sandbox::outside(move || std::fs::remove_file(link));
            }
        }
    }
}

/// Makes `line` a pseudo-terminal, with a link to it at `link`: an old link is replaced, a file is not. `moved` is told
/// of its new path when a client has left it in a state that lets nobody else open it.
///
/// # Errors
/// Those of the calls; `Unsupported` where there are no pseudo-terminals.
pub fn terminal(link: Option<&Path>, line: &Line, feed: Feed, moved: Moved) -> io::Result<Terminal> {
    let device = Device::open(link)?;
    let path = device.path.clone();
    let device = Arc::new(Mutex::new(device));
    let (to, carried) = (device.clone(), line.clone());
    line.carry(move |parcel| write(&to, &carried, &parcel))?;
    let (from, brought) = (device.clone(), line.clone());
    start("serial in", move || serve(&from, &brought, &feed, &moved))?;
    Ok(Terminal { line: line.clone(), path, device })
}

/// Writes for a client, until it has taken all or has gone.
fn write(device: &Mutex<Device>, line: &Line, parcel: &Parcel) {
    let mut rest = &parcel.bytes[..];
    while !rest.is_empty() {
        let device = device.lock();
        if !line.is_client(parcel.client) {
            return;
        }
        match (&device.ours).write(rest) {
            Ok(n) => rest = &rest[n..],
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                let Ok(ours) = device.ours.try_clone() else { return };
                drop(device);
                match sys::wait_pty(&ours, true, Some(GONE)) {
                    Ok(state) if !state.hung_up => {}
                    _ => return,
                }
            }
            Err(_) => return,
        }
    }
}

/// What a client sends, until it has gone.
struct Client(File);

impl Read for Client {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(room) {
                Err(e) if e.kind() == ErrorKind::WouldBlock => drop(sys::wait_pty(&self.0, false, None)?),
                // EIO where nobody has the terminal open; elsewhere it is the end of the stream.
                result => return result,
            }
        }
    }
}

/// Makes a terminal that a client has left ready for the next one. Returns its path when that is a new one.
fn start_afresh(device: &Mutex<Device>) -> Option<PathBuf> {
    let mut device = device.lock();
    let busy = |e: io::Error| e.kind() == ErrorKind::ResourceBusy;
    if !sys::start_afresh(&device.path).is_err_and(busy) {
        return None;
    }
    // Without another one it stays as it is: the next client may be allowed to open it nevertheless.
    *device = Device::open(device.link.as_deref()).ok()?;
    Some(device.path.clone())
}

/// Serves one client after another.
fn serve(device: &Mutex<Device>, line: &Line, feed: &Feed, moved: &Moved) {
    loop {
        let Ok(ours) = device.lock().ours.try_clone() else { return };
        match sys::wait_pty(&ours, false, Some(Duration::ZERO)) {
            // Bytes may be there already of somebody who came and went.
            Ok(state) if state.hung_up && !state.ready => {
                std::thread::sleep(LOOK);
                continue;
            }
            Ok(_) => {}
            Err(_) => return,
        }
        line.opened();
        feed.opened();
        bring(Client(ours), feed);
        line.closed();
        if let Some(path) = start_afresh(device) {
            moved(&path);
        }
    }
}
