//! A line as a pseudo-terminal. Where nothing tells when somebody opens one, it is looked at now and then while nobody has.

use super::line::{AGAIN, Feed, Line, Parcel, bring, start};
use crate::sys::{Opening, Openings};
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
    let first = Clients::of(&path);
    start("serial in", move || serve(&from, first, &brought, &feed, &moved))?;
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
                match sys::wait_pty(&ours, None, true, Some(GONE)) {
                    Ok(state) if !state.hung_up => {}
                    _ => return,
                }
            }
            Err(_) => return,
        }
    }
}

/// Who has the terminal open, as far as the system tells.
#[derive(Default)]
struct Clients {
    openings: Option<Openings>,
    open: usize,
    /// The last who had it open has closed it.
    left: bool,
    /// And somebody else has opened it since.
    followed: bool,
    /// Nothing has been read yet.
    is_new: bool,
}

impl Clients {
    fn of(path: &Path) -> Self {
        Self { openings: Openings::of(path).ok(), is_new: true, ..Self::default() }
    }

    fn look(&mut self) {
        let Some(openings) = &self.openings else { return };
        openings.take(|opening| match opening {
            Opening::Opened => {
                self.followed |= std::mem::take(&mut self.left);
                self.open += 1;
            }
            Opening::Closed => {
                self.open = self.open.saturating_sub(1);
                self.left = self.open == 0;
            }
        });
    }

    /// Something was read: who sent it has opened the terminal, perhaps before that was watched.
    fn heard(&mut self) {
        if std::mem::take(&mut self.is_new) && self.open == 0 && !self.left {
            self.open = 1;
        }
    }

    /// Waits until somebody has the terminal open, or has left something there.
    fn wait(&mut self, ours: &File) -> io::Result<()> {
        loop {
            self.look();
            let state = sys::wait_pty(ours, None, false, Some(Duration::ZERO))?;
            self.followed = false;
            // Bytes may be there already of somebody who came and went.
            if !state.hung_up || state.ready {
                return Ok(());
            }
            (self.open, self.left) = (0, false);
            match &self.openings {
                Some(openings) => openings.wait(),
                None => std::thread::sleep(LOOK),
            }
        }
    }
}

/// What a client sends, until it has gone.
struct Client<'a> {
    ours: &'a File,
    clients: &'a mut Clients,
    /// What its successor has sent.
    kept: Vec<u8>,
}

impl Read for Client<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if !self.kept.is_empty() {
            let n = self.kept.len().min(room.len());
            room[..n].copy_from_slice(&self.kept[..n]);
            self.kept.drain(..n);
            return Ok(n);
        }
        loop {
            let result = self.ours.read(room);
            // Who opens it is told before anything can be read of it.
            self.clients.look();
            if self.clients.followed {
                self.kept = room[..result.unwrap_or(0)].to_vec();
                return Ok(0);
            }
            match result {
                Ok(1..) => {
                    self.clients.heard();
                    return result;
                }
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    sys::wait_pty(self.ours, self.clients.openings.as_ref(), false, None)?;
                }
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
fn serve(device: &Mutex<Device>, first: Clients, line: &Line, feed: &Feed, moved: &Moved) {
    let mut first = Some(first);
    loop {
        let (ours, path) = {
            let device = device.lock();
            let Ok(ours) = device.ours.try_clone() else { return };
            (ours, device.path.clone())
        };
        let mut clients = first.take().unwrap_or_else(|| Clients::of(&path));
        if clients.wait(&ours).is_err() {
            return;
        }
        let mut kept = Vec::new();
        loop {
            line.opened();
            feed.opened();
            let mut client = Client { ours: &ours, clients: &mut clients, kept };
            bring(&mut client, feed);
            kept = client.kept;
            line.closed();
            if !std::mem::take(&mut clients.followed) {
                break;
            }
            // What was on its way to one is not for the other.
            sys::forget_unread(&device.lock().ours, &path);
        }
        if let Some(path) = start_afresh(device) {
            moved(&path);
        }
    }
}
