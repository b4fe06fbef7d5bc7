//! Unix: pseudo-terminals, for serial ports.

use std::ffi::{CStr, OsStr};
use std::fs::{File, OpenOptions};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// A pseudo-terminal that changes no byte: our end, the other end, and the other end's path.
///
/// # Errors
/// Those of the calls.
pub fn open_pty() -> io::Result<(File, File, PathBuf)> {
    // SAFETY: no pointers; the result is checked.
    let fd = checked(unsafe { libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC) })?;
    // SAFETY: the descriptor was just made and is nobody else's.
    let ours = unsafe { File::from_raw_fd(fd) };
    // SAFETY: the descriptor is open.
    checked(unsafe { libc::grantpt(fd) })?;
    // SAFETY: the descriptor is open.
    checked(unsafe { libc::unlockpt(fd) })?;
    let path = name(&ours)?;
    let other = OpenOptions::new().read(true).write(true).custom_flags(libc::O_NOCTTY).open(&path)?;
    make_raw(&other)?;
    Ok((ours, other, path))
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

/// A link at `link` that leads to `to`.
///
/// # Errors
/// Those of the call.
pub fn make_link(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

/// Bytes that whoever has the terminal open has not read yet.
pub fn unread(terminal: &File) -> usize {
    let mut waiting: libc::c_int = 0;
    // SAFETY: FIONREAD writes one int through the pointer; the descriptor is open.
    let r = unsafe { libc::ioctl(terminal.as_raw_fd(), libc::FIONREAD, &mut waiting) };
    if r == 0 { usize::try_from(waiting).unwrap_or(0) } else { 0 }
}
