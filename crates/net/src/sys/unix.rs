//! Unix: calls that block in the kernel and are broken by a signal that does nothing else.

use crate::errno;
use socket2::Socket;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::sync::Once;
use std::time::Duration;

/// A blocking call waits in the kernel, with the kernel's own timeout, and [`wake`] breaks it (EINTR).
pub const WAITS_IN_KERNEL: bool = true;

/// Name of the thread as the kernel knows it, for [`wake`].
pub type ThreadId = libc::pthread_t;

/// macOS and the BSDs do not document SO_RCVTIMEO for accept: wait for readiness first.
#[cfg(not(target_os = "linux"))]
pub const ACCEPT_HONOURS_TIMEOUT: bool = false;

/// No portable way to ask; the caller falls back to its own record of the state.
#[cfg(not(target_os = "linux"))]
pub fn tcp_state(_socket: &impl AsFd) -> Option<super::tcp_state::TcpState> {
    None
}

/// No portable way to ask; the caller then counts all that was handed to the kernel as acknowledged.
#[cfg(not(target_os = "linux"))]
pub fn unacknowledged(_socket: &impl AsFd) -> Option<u64> {
    None
}

extern "C" fn nothing(_signal: libc::c_int) {}

/// The running thread, ready to be woken.
pub fn this_thread() -> ThreadId {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // SIGURG: ignored by default, so a stray one is harmless, and no terminal or shell sends it.
        // SAFETY: the handler does nothing; the struct is initialised by zeroing, which is valid for sigaction.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = nothing as *const () as usize;
            action.sa_flags = 0; // not SA_RESTART: the call is to return EINTR
            libc::sigemptyset(&mut action.sa_mask);
            libc::sigaction(libc::SIGURG, &action, std::ptr::null_mut());
        }
    });
    // SAFETY: always succeeds.
    unsafe { libc::pthread_self() }
}

/// Whether this thread, and those it starts from now on, take the signals of Ctrl-Z and of a window whose size changes.
/// Each is for any one thread that takes it.
pub fn take_terminal_signals(take: bool) {
    let how = if take { libc::SIG_UNBLOCK } else { libc::SIG_BLOCK };
    // SAFETY: the set is initialised by sigemptyset; a null pointer asks for no old set.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGTSTP);
        libc::sigaddset(&mut set, libc::SIGWINCH);
        libc::pthread_sigmask(how, &set, std::ptr::null_mut());
    }
}

/// A file that would grow beyond the host's limit (`ulimit -f`) fails the write, instead of ending the program.
pub fn survive_file_limit() {
    // SAFETY: nothing is called; the signal is only ignored.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}

/// Tells the thread that takes the terminal's signals once more that the window's size has changed: it may have heard of it
/// when it was not waiting for a key.
pub fn tell_window_size() {
    // SAFETY: no pointers; the program has a handler, or the signal does nothing.
    unsafe { libc::kill(libc::getpid(), libc::SIGWINCH) };
}

/// Breaks the system call that `thread` blocks in. The caller guarantees that the thread is still alive.
pub fn wake(thread: ThreadId) {
    // SAFETY: `crate::wait` holds the thread in its wait for the time of this call, so the thread is alive.
    unsafe { libc::pthread_kill(thread, libc::SIGURG) };
}

/// Waits until `socket` is ready to read or write (or in error), for `timeout` at most (`None`: for ever).
/// Returns false at the timeout.
///
/// # Errors
/// EINTR when woken.
pub fn wait_ready(socket: &Socket, write: bool, timeout: Option<Duration>) -> io::Result<bool> {
    poll(socket.as_fd(), if write { libc::POLLOUT } else { libc::POLLIN }, timeout)
}

/// A poller's events can be seen without taking them.
pub const SEES_ARRIVALS: bool = true;

/// Whether a wait in `poller` would end at once.
pub fn has_events(poller: &polling::Poller) -> bool {
    poll(poller.as_fd(), libc::POLLIN, Some(Duration::ZERO)).unwrap_or(false)
}

fn poll(fd: BorrowedFd<'_>, events: libc::c_short, timeout: Option<Duration>) -> io::Result<bool> {
    let mut entry = libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 };
    // poll counts whole milliseconds: round up, so that a deadline is never cut short.
    let ms = match timeout {
        None => -1,
        Some(t) => i32::try_from(t.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX),
    };
    // SAFETY: one entry, which lives across the call.
    let n = unsafe { libc::poll(&mut entry, 1, ms) };
    if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n > 0) }
}

/// Flags for a send that must not raise SIGPIPE (macOS has SO_NOSIGPIPE instead, which socket2 sets).
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub const SEND_FLAGS: i32 = libc::MSG_NOSIGNAL;
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub const SEND_FLAGS: i32 = 0;
pub const DONT_WAIT: i32 = libc::MSG_DONTWAIT;
pub const WAIT_ALL: i32 = libc::MSG_WAITALL;
/// Looks at what has come, without waiting and without taking it.
pub const PEEK: i32 = libc::MSG_PEEK | libc::MSG_DONTWAIT;

/// The descriptor's number, for `fileno()`.
pub fn fileno(socket: &Socket) -> i64 {
    i64::from(socket.as_raw_fd())
}

/// The Linux number of a host error.
pub fn linux_errno(e: &io::Error) -> i32 {
    let Some(native) = e.raw_os_error() else {
        return match e.kind() {
            io::ErrorKind::InvalidInput => errno::EINVAL,
            io::ErrorKind::TimedOut => errno::ETIMEDOUT,
            io::ErrorKind::OutOfMemory => errno::ENOMEM,
            io::ErrorKind::WouldBlock => errno::EAGAIN,
            _ => errno::EIO,
        };
    };
    if cfg!(any(target_os = "linux", target_os = "android")) {
        return native;
    }
    NATIVE.iter().find(|(host, _)| *host == native).map_or(native, |(_, linux)| *linux)
}

/// Host numbers that differ from Linux's on macOS and the BSDs.
const NATIVE: [(i32, i32); 22] = [
    (libc::EAGAIN, errno::EAGAIN),
    (libc::EMSGSIZE, errno::EMSGSIZE),
    (libc::ENOPROTOOPT, errno::ENOPROTOOPT),
    (libc::EPROTONOSUPPORT, errno::EPROTONOSUPPORT),
    (libc::ESOCKTNOSUPPORT, errno::ESOCKTNOSUPPORT),
    (libc::EOPNOTSUPP, errno::EOPNOTSUPP),
    (libc::EAFNOSUPPORT, errno::EAFNOSUPPORT),
    (libc::EADDRINUSE, errno::EADDRINUSE),
    (libc::EADDRNOTAVAIL, errno::EADDRNOTAVAIL),
    (libc::ENETUNREACH, errno::ENETUNREACH),
    (libc::ECONNABORTED, errno::ECONNABORTED),
    (libc::ECONNRESET, errno::ECONNRESET),
    (libc::ENOBUFS, errno::ENOBUFS),
    (libc::EISCONN, errno::EISCONN),
    (libc::ENOTCONN, errno::ENOTCONN),
    (libc::ETIMEDOUT, errno::ETIMEDOUT),
    (libc::ECONNREFUSED, errno::ECONNREFUSED),
    (libc::EHOSTUNREACH, errno::EHOSTUNREACH),
    (libc::EALREADY, errno::EALREADY),
    (libc::EINPROGRESS, errno::EINPROGRESS),
    (libc::EPROTOTYPE, errno::EPROTONOSUPPORT),
    (libc::ENOTSUP, errno::EOPNOTSUPP),
];
