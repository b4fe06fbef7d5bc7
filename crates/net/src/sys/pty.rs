//! Unix: pseudo-terminals, for serial ports. No handle of the other end is kept, so that its coming and going shows.

use super::Openings;
use std::ffi::{CStr, OsStr};
use std::fs::{File, OpenOptions};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// A pseudo-terminal that changes no byte: our end, whose calls never wait, and the other end's path.
///
/// # Errors
/// Those of the calls.
pub fn open_pty() -> io::Result<(File, PathBuf)> {
    // SAFETY: no pointers; the result is checked.
    let fd = checked(unsafe { libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC) })?;
    // SAFETY: the descriptor was just made and is nobody else's.
    let ours = unsafe { File::from_raw_fd(fd) };
    // SAFETY: the descriptor is open.
    checked(unsafe { libc::grantpt(fd) })?;
    // SAFETY: the descriptor is open.
    checked(unsafe { libc::unlockpt(fd) })?;
    // SAFETY: the descriptor is open; the call takes an int.
    checked(unsafe { libc::fcntl(fd, libc::F_SETFL, libc::O_RDWR | libc::O_NONBLOCK) })?;
    let path = name(&ours)?;
    // Opened and closed once, a terminal tells from then on that nobody has it open.
    start_afresh(&path)?;
    Ok((ours, path))
}

#[cfg(target_os = "linux")]
fn name(ours: &File) -> io::Result<PathBuf> {
    let mut name = [0; 128];
    // SAFETY: the buffer has the stated length, the descriptor is open.
    let r = unsafe { libc::ptsname_r(ours.as_raw_fd(), name.as_mut_ptr(), name.len()) };
    if r != 0 {
        return Err(io::Error::from_raw_os_error(r));
    }
    // SAFETY: on success the name ends with a zero byte within the buffer.
    let name = unsafe { CStr::from_ptr(name.as_ptr()) };
    Ok(PathBuf::from(OsStr::from_bytes(name.to_bytes())))
}

/// Elsewhere the name is in a buffer that threads share: one at a time.
#[cfg(not(target_os = "linux"))]
fn name(ours: &File) -> io::Result<PathBuf> {
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = ONE.lock();
    // SAFETY: the descriptor is open; the result is copied before another call here can change it.
    let name = unsafe { libc::ptsname(ours.as_raw_fd()) };
    if name.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: not null, so a text that ends with a zero byte.
    let name = unsafe { CStr::from_ptr(name) };
    Ok(PathBuf::from(OsStr::from_bytes(name.to_bytes())))
}

/// No echo, no line editing, no translated line ends.
fn make_raw(terminal: &File) -> io::Result<()> {
    let fd = terminal.as_raw_fd();
    let mut settings = MaybeUninit::<libc::termios>::uninit();
    // SAFETY: the pointer is to a local of the right type, the descriptor is open.
    checked(unsafe { libc::tcgetattr(fd, settings.as_mut_ptr()) })?;
    // SAFETY: the call has filled it.
    let mut settings = unsafe { settings.assume_init() };
    // SAFETY: the pointer is to a local of the right type.
    unsafe { libc::cfmakeraw(&mut settings) };
    // SAFETY: as above.
    checked(unsafe { libc::tcsetattr(fd, libc::TCSANOW, &settings) })?;
    Ok(())
}

fn open_other(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).custom_flags(libc::O_NOCTTY).open(path)
}

/// Beside a client: that its end is looked at is told otherwise than that it closes it (`Openings`).
fn look_at_other(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(libc::O_NOCTTY).open(path)
}

/// What nobody has read is gone, and the settings that somebody has left: no echo, no line editing, anybody may open it.
///
/// # Errors
/// `ResourceBusy` when whoever had it open has kept it for himself (TIOCEXCL, as `screen` does), which outlasts him;
/// those of the calls.
pub fn start_afresh(path: &Path) -> io::Result<()> {
    let other = open_other(path)?;
    // SAFETY: no pointers, the descriptor is open. Neither call can fail on a terminal.
    unsafe {
        libc::ioctl(other.as_raw_fd(), libc::TIOCNXCL);
        libc::tcflush(other.as_raw_fd(), libc::TCIFLUSH);
    }
    make_raw(&other)
}

/// What nobody has read is gone; the settings are those of whoever has it open.
pub fn forget_unread(ours: &File, path: &Path) {
    // SAFETY: no pointers, the descriptor is open; the call cannot fail on a terminal.
    unsafe { libc::tcflush(ours.as_raw_fd(), libc::TCOFLUSH) };
    // Who keeps others out has it for himself, with what is in it.
    let Ok(other) = look_at_other(path) else { return };
    // SAFETY: as above.
    unsafe { libc::tcflush(other.as_raw_fd(), libc::TCIFLUSH) };
}

/// How a wait at our end of a pseudo-terminal has ended. None of the two: at its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PtyState {
    pub ready: bool,
    /// Nobody has the other end open.
    pub hung_up: bool,
}

/// Waits until our end can be read (or written), or nobody has the other end open, or somebody opens or closes it, for
/// that long at most.
///
/// # Errors
/// Those of the call; an interrupted one is none.
pub fn wait_pty(
    ours: &File,
    openings: Option<&Openings>,
    write: bool,
    limit: Option<Duration>,
) -> io::Result<PtyState> {
    let wanted = if write { libc::POLLOUT } else { libc::POLLIN };
    let entry = |fd, events| libc::pollfd { fd, events, revents: 0 };
    // The call passes over a descriptor of -1.
    let other = openings.map_or(-1, Openings::descriptor);
    let mut entries = [entry(ours.as_raw_fd(), wanted), entry(other, libc::POLLIN)];
    let limit = limit.map_or(-1, |limit| i32::try_from(limit.as_millis()).unwrap_or(i32::MAX));
    // SAFETY: two entries, which live across the call.
    let result = checked(unsafe { libc::poll(entries.as_mut_ptr(), 2, limit) });
    let entry = entries[0];
    match result {
        Err(e) if e.kind() != io::ErrorKind::Interrupted => Err(e),
        _ => Ok(PtyState { ready: entry.revents & wanted != 0, hung_up: entry.revents & libc::POLLHUP != 0 }),
    }
}

/// A link at `link` that leads to `to`.
///
/// # Errors
/// Those of the call.
pub fn make_link(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

/// Bytes that whoever has the terminal open has not read yet.
pub fn unread(path: &Path) -> usize {
    let Ok(other) = look_at_other(path) else { return 0 };
    let mut waiting: libc::c_int = 0;
    // SAFETY: FIONREAD writes one int through the pointer; the descriptor is open.
    let r = unsafe { libc::ioctl(other.as_raw_fd(), libc::FIONREAD, &mut waiting) };
    if r == 0 { usize::try_from(waiting).unwrap_or(0) } else { 0 }
}
