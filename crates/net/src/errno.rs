//! Error numbers as Linux and lwIP have them, whatever the host.

/// Operation not permitted.
pub const EPERM: i32 = 1;
/// No such file or directory.
pub const ENOENT: i32 = 2;
/// Interrupted call.
pub const EINTR: i32 = 4;
/// Input or output error.
pub const EIO: i32 = 5;
/// Bad descriptor; a closed socket.
pub const EBADF: i32 = 9;
/// Try again; it would block.
pub const EAGAIN: i32 = 11;
/// Out of memory.
pub const ENOMEM: i32 = 12;
/// Permission denied.
pub const EACCES: i32 = 13;
/// It exists already.
pub const EEXIST: i32 = 17;
/// No such device.
pub const ENODEV: i32 = 19;
/// It is a directory.
pub const EISDIR: i32 = 21;
/// Invalid argument.
pub const EINVAL: i32 = 22;
/// Too many open files.
pub const EMFILE: i32 = 24;
/// Broken pipe.
pub const EPIPE: i32 = 32;
/// Message too long.
pub const EMSGSIZE: i32 = 90;
/// No such option.
pub const ENOPROTOOPT: i32 = 92;
/// No such protocol.
pub const EPROTONOSUPPORT: i32 = 93;
/// No such type of socket.
pub const ESOCKTNOSUPPORT: i32 = 94;
/// Operation not supported.
pub const EOPNOTSUPP: i32 = 95;
/// No such family of addresses.
pub const EAFNOSUPPORT: i32 = 97;
/// Address in use.
pub const EADDRINUSE: i32 = 98;
/// Address not available.
pub const EADDRNOTAVAIL: i32 = 99;
/// Network unreachable.
pub const ENETUNREACH: i32 = 101;
/// Connection aborted.
pub const ECONNABORTED: i32 = 103;
/// Connection reset by the peer; lwIP's answer to a refusal.
pub const ECONNRESET: i32 = 104;
/// No buffer space.
pub const ENOBUFS: i32 = 105;
/// Already connected.
pub const EISCONN: i32 = 106;
/// Not connected.
pub const ENOTCONN: i32 = 107;
/// Timed out.
pub const ETIMEDOUT: i32 = 110;
/// Connection refused.
pub const ECONNREFUSED: i32 = 111;
/// Host unreachable.
pub const EHOSTUNREACH: i32 = 113;
/// Already in progress.
pub const EALREADY: i32 = 114;
/// In progress.
pub const EINPROGRESS: i32 = 115;

/// Name of a number, for texts such as `[Errno 110] ETIMEDOUT`: the 22 names that MicroPython's `errno` module
/// has (the module contract, std, uerrno). Other numbers print as plain digits on the module, and here.
#[must_use]
pub fn name(number: i32) -> Option<&'static str> {
    NAMED.iter().find(|(n, _)| *n == number).map(|(_, name)| *name)
}

/// The numbers that have a name on the module, in `uerrno`'s order.
pub const NAMED: [(i32, &str); 22] = [
    (EPERM, "EPERM"),
    (ENOENT, "ENOENT"),
    (EIO, "EIO"),
    (EBADF, "EBADF"),
    (EAGAIN, "EAGAIN"),
    (ENOMEM, "ENOMEM"),
    (EACCES, "EACCES"),
    (EEXIST, "EEXIST"),
    (ENODEV, "ENODEV"),
    (EISDIR, "EISDIR"),
    (EINVAL, "EINVAL"),
    (EOPNOTSUPP, "EOPNOTSUPP"),
    (EADDRINUSE, "EADDRINUSE"),
    (ECONNABORTED, "ECONNABORTED"),
    (ECONNRESET, "ECONNRESET"),
    (ENOBUFS, "ENOBUFS"),
    (ENOTCONN, "ENOTCONN"),
    (ETIMEDOUT, "ETIMEDOUT"),
    (ECONNREFUSED, "ECONNREFUSED"),
    (EHOSTUNREACH, "EHOSTUNREACH"),
    (EALREADY, "EALREADY"),
    (EINPROGRESS, "EINPROGRESS"),
];
