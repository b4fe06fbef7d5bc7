//! Linux: who opens and closes a terminal, in order (inotify(7)). A close that another open follows at once shows in no
//! state of the terminal.

use super::Opening;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify;
use rustix::io::Errno;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::path::Path;

/// Watches a file. Of two opens with nothing between them the kernel may tell one.
#[derive(Debug)]
pub struct Openings(OwnedFd);

impl Openings {
    /// # Errors
    /// Those of the calls: a user may have so many of these and no more.
    pub fn of(path: &Path) -> io::Result<Self> {
        let watch = inotify::init(inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC)?;
        let all = inotify::WatchFlags::OPEN | inotify::WatchFlags::CLOSE_WRITE | inotify::WatchFlags::CLOSE_NOWRITE;
        inotify::add_watch(&watch, path, all)?;
        Ok(Self(watch))
    }

    /// To be waited for.
    pub fn descriptor(&self) -> RawFd {
        self.0.as_raw_fd()
    }

    /// Waits until something has happened.
    pub fn wait(&self) {
        let mut entries = [PollFd::new(&self.0, PollFlags::IN)];
        // Whoever waits looks again in any case.
        let _ = poll(&mut entries, None);
    }

    /// What has happened since the last call; does not wait.
    pub fn take(&self, mut told: impl FnMut(Opening)) {
        let mut room = [MaybeUninit::uninit(); 512];
        let mut events = inotify::Reader::new(&self.0, &mut room);
        loop {
            match events.next() {
                Ok(event) if event.events().contains(inotify::ReadFlags::OPEN) => told(Opening::Opened),
                Ok(event)
                    if event
                        .events()
                        .intersects(inotify::ReadFlags::CLOSE_WRITE | inotify::ReadFlags::CLOSE_NOWRITE) =>
                {
                    told(Opening::Closed);
                }
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}
