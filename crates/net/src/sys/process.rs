//! Unix: the process's signals, its terminal and its output.

use super::output::Stream;
use super::signal::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;
use std::mem::MaybeUninit;

/// Whether a signal is ignored, as `nohup` leaves it.
fn is_ignored(signal: libc::c_int) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: a null pointer changes nothing; the other is to a local of the right type.
    let r = unsafe { libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) };
    // SAFETY: zeroes are a valid sigaction, and the call has filled it.
    r == 0 && unsafe { action.assume_init() }.sa_sigaction == libc::SIG_IGN
}

pub fn on_signals(mut handler: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    let wanted = [SIGINT, SIGHUP, SIGTERM].into_iter().filter(|signal| *signal == SIGINT || !is_ignored(*signal));
    let mut signals = Signals::new(wanted)?;
    let listen = move || {
        for signal in signals.forever() {
            handler(match signal {
                SIGHUP => Signal::HangUp,
                SIGTERM => Signal::Terminate,
                _ => Signal::Interrupt,
            });
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(listen).map(drop)
}

fn descriptor(stream: Stream) -> libc::c_int {
    match stream {
        Stream::Out => libc::STDOUT_FILENO,
        Stream::Err => libc::STDERR_FILENO,
    }
}

/// One write, of as much as there is room for.
///
/// # Errors
/// Those of the call; EINTR when woken.
pub fn write_out(stream: Stream, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the pointer and the length are those of a slice. The standard library has these descriptors opened.
    let n = unsafe { libc::write(descriptor(stream), bytes.as_ptr().cast(), bytes.len()) };
    usize::try_from(n).map_err(|_| io::Error::last_os_error())
}

/// Waits until the stream takes something, or is in error.
///
/// # Errors
/// EINTR when woken.
pub fn wait_to_write(stream: Stream) -> io::Result<()> {
    poll(stream, -1).map(drop)
}

/// Whether it takes something now.
pub fn takes_more(stream: Stream) -> bool {
    poll(stream, 0).unwrap_or(false)
}

fn poll(stream: Stream, milliseconds: libc::c_int) -> io::Result<bool> {
    let mut entry = libc::pollfd { fd: descriptor(stream), events: libc::POLLOUT, revents: 0 };
    // SAFETY: one entry, which lives across the call.
    let n = unsafe { libc::poll(&mut entry, 1, milliseconds) };
    if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n > 0) }
}

/// A terminal's settings.
pub type Modes = libc::termios;

/// Those of the terminal at standard input, if it is one.
pub fn terminal_modes() -> Option<Modes> {
    let mut modes = MaybeUninit::<libc::termios>::uninit();
    // SAFETY: the pointer is to a local of the right type.
    let r = unsafe { libc::tcgetattr(libc::STDIN_FILENO, modes.as_mut_ptr()) };
    // SAFETY: on success the call has filled it.
    (r == 0).then(|| unsafe { modes.assume_init() })
}

/// Sets them again, if they are others by now. Not otherwise: a program in the background is stopped for it.
pub fn restore_terminal(modes: &Modes) -> bool {
    let same = |now: &Modes| {
        (now.c_iflag, now.c_oflag, now.c_cflag, now.c_lflag, now.c_cc)
            == (modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag, modes.c_cc)
    };
    let changed = terminal_modes().is_some_and(|now| !same(&now));
    if changed {
        // SAFETY: the pointer is to a value of the right type.
        unsafe { libc::tcsetattr(libc::STDIN_FILENO, libc::TCSANOW, modes) };
    }
    changed
}
