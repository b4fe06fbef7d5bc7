//! The panic barrier: a fault of this program (a Rust panic) ends a script, or a job of a prompt, and nothing else.
//!
//! A VM that was left in the middle of something is not to be trusted: what is in it is ended, and a fresh one takes its
//! place. A panic while a panic unwinds cannot be survived; [`install_hook`] tells of it before Rust aborts.

use rustpython_vm::vm::thread::{get_current_frame, set_current_frame};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo};

/// What a panic said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What the panic said.
    pub message: String,
    /// File, line and column; known only with [`install_hook`].
    pub place: Option<String>,
}

impl Fault {
    fn of(payload: &(dyn Any + Send), place: Option<String>) -> Self {
        let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        // One line, whatever it says.
        let words: Vec<&str> = text.unwrap_or("no message").split_whitespace().collect();
        Self { message: words.join(" "), place }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, place } = self;
        let place = place.as_deref().map(|place| format!("{place}, ")).unwrap_or_default();
        let (version, os, arch) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
        write!(
            f,
            "quecpy: a fault of quecpy itself, not of the script: {message} ({place}quecpy {version}, {os} {arch}); \
             please report it: send this line, the command line and the script"
        )
    }
}

thread_local! {
    /// How many barriers this thread is behind.
    static BARRIERS: Cell<usize> = const { Cell::new(0) };
    /// The panic that unwinds to the nearest of them.
    static UNWINDING: RefCell<Option<Fault>> = const { RefCell::new(None) };
}

/// Does something; a panic in it ends here.
///
/// # Errors
/// The panic.
pub fn catch<R>(act: impl FnOnce() -> R) -> Result<R, Fault> {
    // The VM does not take its frames down when it unwinds.
    let frame = get_current_frame();
    BARRIERS.set(BARRIERS.get() + 1);
    let result = std::panic::catch_unwind(AssertUnwindSafe(act));
    BARRIERS.set(BARRIERS.get() - 1);
    result.map_err(|payload| {
        let _ = set_current_frame(frame);
        UNWINDING.take().unwrap_or_else(|| Fault::of(&*payload, None))
    })
}

/// What is known of a panic that no barrier will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// A thread of the program's own ends.
    Thread,
    /// It came while another was unwinding: Rust is about to abort the process.
    Process,
}

/// For programs, once: a panic behind a barrier prints nothing by itself, and `report` is told of any other. With
/// `RUST_BACKTRACE` set Rust prints what it always prints.
#[expect(clippy::disallowed_methods, reason = "what Rust itself asks its environment")]
pub fn install_hook(report: impl Fn(&Fault, Damage) + Send + Sync + 'static) {
    let rusts_own = std::panic::take_hook();
    let wanted = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if wanted {
            rusts_own(info);
        }
        let fault = Fault::of(info.payload(), info.location().map(ToString::to_string));
        if BARRIERS.get() == 0 {
            report(&fault, Damage::Thread);
        } else if let Some(first) = UNWINDING.replace(Some(fault)) {
            report(&first, Damage::Process);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_at_the_barrier_and_is_told_in_one_line() {
        assert_eq!(catch(|| 3), Ok(3));
        let fault = catch(|| panic!("first line\n  second {}", 2)).expect_err("it panics");
        assert_eq!(fault.message, "first line second 2");
        let line = fault.to_string();
        assert!(line.starts_with("quecpy: a fault of quecpy itself") && !line.contains('\n'), "{line}");
        assert!(line.contains(env!("CARGO_PKG_VERSION")) && line.contains("please report it"), "{line}");
        assert_eq!(catch(|| std::panic::panic_any(3)).expect_err("it panics").message, "no message");
    }

    #[test]
    fn barriers_stand_within_each_other() {
        let outer = catch(|| {
            let inner: Result<(), Fault> = catch(|| panic!("inner"));
            assert_eq!(inner.expect_err("it panics").message, "inner");
            "went on"
        });
        assert_eq!(outer, Ok("went on"));
    }
}
