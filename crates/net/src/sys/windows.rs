//! Windows: sockets are non-blocking underneath and a wait is cut into slices, between which Ctrl-C, close and the
//! deadline are looked at. Not yet built or run by the authors.

use crate::errno;
use socket2::Socket;
use std::io;
use std::time::Duration;

/// There is no way to break a blocking call of another thread: waits are sliced (see `crate::wait::SLICE`).
pub const WAITS_IN_KERNEL: bool = false;
pub const ACCEPT_HONOURS_TIMEOUT: bool = false;
pub const SEND_FLAGS: i32 = 0;
/// Sockets are non-blocking already.
pub const DONT_WAIT: i32 = 0;
pub const WAIT_ALL: i32 = 0;
/// MSG_PEEK of winsock2.h; sockets are non-blocking already.
pub const PEEK: i32 = 2;

pub type ThreadId = ();
pub fn this_thread() -> ThreadId {}
pub fn wake(_thread: ThreadId) {}

/// The kernel's state (SIO_TCP_INFO) is not asked for; the caller falls back to its own record.
pub fn tcp_state<S>(_socket: &S) -> Option<super::tcp_state::TcpState> {
    None
}
pub fn unacknowledged<S>(_socket: &S) -> Option<u64> {
    None
}

/// Waits with the crate `polling` (its IOCP back end), since Rust's std has no poll.
pub fn wait_ready(socket: &Socket, write: bool, timeout: Option<Duration>) -> io::Result<bool> {
    let poller = polling::Poller::new()?;
    let event = if write { polling::Event::writable(0) } else { polling::Event::readable(0) };
    // SAFETY: the source is deleted before it is dropped: `poller` ends with this function.
    unsafe { poller.add(socket, event)? };
    let mut events = polling::Events::new();
    let ready = poller.wait(&mut events, timeout)? > 0;
    poller.delete(socket)?;
    Ok(ready)
}

/// What has come cannot be seen without taking it.
pub const SEES_ARRIVALS: bool = false;
pub fn has_events(_poller: &polling::Poller) -> bool {
    false
}

pub fn fileno(socket: &Socket) -> i64 {
    use std::os::windows::io::AsRawSocket;
    i64::try_from(socket.as_raw_socket()).unwrap_or(-1)
}

/// Winsock's numbers (winerror.h, 10000 and up) as Linux's.
pub fn linux_errno(e: &io::Error) -> i32 {
    match e.raw_os_error() {
        Some(10004) => errno::EINTR,
        Some(10009) => errno::EBADF,
        Some(10013) => errno::EACCES,
        Some(10022) => errno::EINVAL,
        Some(10024) => errno::EMFILE,
        Some(10035) => errno::EAGAIN,
        Some(10036) => errno::EINPROGRESS,
        Some(10037) => errno::EALREADY,
        Some(10040) => errno::EMSGSIZE,
        Some(10042) => errno::ENOPROTOOPT,
        Some(10043) => errno::EPROTONOSUPPORT,
        Some(10044) => errno::ESOCKTNOSUPPORT,
        Some(10045) => errno::EOPNOTSUPP,
        Some(10047) => errno::EAFNOSUPPORT,
        Some(10048) => errno::EADDRINUSE,
        Some(10049) => errno::EADDRNOTAVAIL,
        Some(10051) => errno::ENETUNREACH,
        Some(10053) => errno::ECONNABORTED,
        Some(10054) => errno::ECONNRESET,
        Some(10055) => errno::ENOBUFS,
        Some(10056) => errno::EISCONN,
        Some(10057) => errno::ENOTCONN,
        Some(10060) => errno::ETIMEDOUT,
        Some(10061) => errno::ECONNREFUSED,
        Some(10065) => errno::EHOSTUNREACH,
        Some(5) => errno::EACCES,
        Some(2) => errno::ENOENT,
        Some(n) => n,
        None => match e.kind() {
            io::ErrorKind::InvalidInput => errno::EINVAL,
            io::ErrorKind::TimedOut => errno::ETIMEDOUT,
            io::ErrorKind::OutOfMemory => errno::ENOMEM,
            io::ErrorKind::WouldBlock => errno::EAGAIN,
            _ => errno::EIO,
        },
    }
}

/// Windows has no pseudo-terminals that another program opens as a serial port.
pub fn open_pty() -> io::Result<(std::fs::File, std::path::PathBuf)> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "there are no pseudo-terminals on Windows; use tcp"))
}

/// How a wait at a pseudo-terminal has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PtyState {
    pub ready: bool,
    pub hung_up: bool,
}

/// Never reached: it is called for a pseudo-terminal only.
pub fn wait_pty(
    _ours: &std::fs::File,
    _openings: Option<&super::Openings>,
    _write: bool,
    _limit: Option<Duration>,
) -> io::Result<PtyState> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Never reached, as above.
pub fn start_afresh(_path: &std::path::Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// There is none.
pub fn forget_unread(_ours: &std::fs::File, _path: &std::path::Path) {}

/// Never reached, as above.
pub fn make_link(_to: &std::path::Path, _link: &std::path::Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Never reached, as above.
pub fn unread(_path: &std::path::Path) -> usize {
    0
}

/// There is no Ctrl-Z that stops a program, and no signal that tells of a window's size.
pub fn take_terminal_signals(_take: bool) {}

/// As above.
pub fn tell_window_size() {}

/// There is no signal for files that grow too large.
pub fn survive_file_limit() {}
