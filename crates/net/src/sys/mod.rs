//! All that differs between operating systems, and all of this crate's `unsafe`.
//!
//! Unix is built and tested on Linux. macOS shares `unix.rs` and Windows has `windows.rs`; neither has been run
//! by the authors yet. Where a host lacks a feature the fallback is stated at the function.

#![expect(unsafe_code, reason = "calls of operating systems; the one module that may")]

mod allocator;
mod output;
mod signal;
mod tcp_state;
mod wall;

#[cfg(target_os = "linux")]
mod landlock;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod no_openings;
#[cfg(not(target_os = "linux"))]
mod no_wall;
mod opening;
#[cfg(target_os = "linux")]
mod openings;
#[cfg(unix)]
mod process;
#[cfg(windows)]
mod process_windows;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use allocator::CountingAllocator;
pub use opening::Opening;
pub use output::Stream;
pub use signal::Signal;
pub use tcp_state::TcpState;
pub use wall::Wall;

#[cfg(target_os = "linux")]
pub use landlock::{HAS_WALL, restrict};
#[cfg(target_os = "linux")]
pub use linux::{ACCEPT_HONOURS_TIMEOUT, tcp_state, unacknowledged};
#[cfg(not(target_os = "linux"))]
pub use no_openings::Openings;
#[cfg(not(target_os = "linux"))]
pub use no_wall::{HAS_WALL, restrict};
#[cfg(target_os = "linux")]
pub use openings::Openings;
#[cfg(unix)]
pub use process::{Modes, on_signals, restore_terminal, takes_more, terminal_modes, wait_to_write, write_out};
#[cfg(windows)]
pub use process_windows::{Modes, on_signals, restore_terminal, takes_more, terminal_modes, wait_to_write, write_out};
#[cfg(unix)]
pub use pty::{forget_unread, make_link, open_pty, start_afresh, unread, wait_pty};
#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

use std::io;
use std::mem::MaybeUninit;
use std::net::TcpStream;

/// Tells the peer at once that what was read has come; to be called after each read. Who sends in small pieces (pyserial's
/// `socket://`) keeps the next one back until then (Nagle's algorithm), and Linux waits up to 40 ms for an answer to send
/// along. Other systems have no such call.
pub fn acknowledge(connection: &TcpStream) {
    #[cfg(target_os = "linux")]
    // It is a request: where it fails the connection has ended, or is slower.
    let _ = socket2::SockRef::from(connection).set_tcp_quickack(true);
    #[cfg(not(target_os = "linux"))]
    let _ = connection;
}

/// Lets `receive` write at most `max` bytes behind the contents of `vec` and keeps what it says it wrote.
///
/// # Errors
/// Those of `receive`, and of memory; `vec` is then unchanged.
pub fn append_received(
    vec: &mut Vec<u8>,
    max: usize,
    receive: impl FnOnce(&mut [MaybeUninit<u8>]) -> io::Result<usize>,
) -> io::Result<usize> {
    vec.try_reserve(max).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    let length = vec.len();
    let n = receive(&mut vec.spare_capacity_mut()[..max])?;
    assert!(n <= max, "the kernel wrote more than it was given room for");
    // SAFETY: `receive` is a receiving system call of socket2, which initialises the first `n` bytes it was lent,
    // and `n` was just checked against the room.
    unsafe { vec.set_len(length + n) };
    Ok(n)
}

/// An initialised buffer as socket2 wants it. Only initialised bytes are ever written into it by the kernel.
pub fn as_uninit(buffer: &mut [u8]) -> &mut [MaybeUninit<u8>] {
    // SAFETY: same layout; the receiving calls of socket2 never write uninitialised bytes through it.
    unsafe { &mut *(std::ptr::from_mut(buffer) as *mut [MaybeUninit<u8>]) }
}

/// Registers a socket with a poller. The caller keeps `socket` open until it has deleted it from there:
/// `crate::poller` holds it in its entry, and takes the entry out with the registration.
///
/// # Errors
/// Those of the poller.
pub fn watch(
    poller: &polling::Poller,
    socket: &socket2::Socket,
    event: polling::Event,
    mode: polling::PollMode,
) -> io::Result<()> {
    // SAFETY: as above, the source outlives its registration.
    unsafe { poller.add_with_mode(socket, event, mode) }
}
