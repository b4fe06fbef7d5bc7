//! Power: why the module is on, what feeds it, and the wish to switch it off or restart it.

use crate::board_file;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicU8};

/// What a script asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// `Power.powerDown()`.
    PowerDown,
    /// `Power.powerRestart()`.
    Restart,
    /// The watchdog was not fed.
    Watchdog,
}

/// `misc.Power.powerOnReason()` after a restart by the script, and by the watchdog.
const BY_RESET: u8 = 2;
const BY_WATCHDOG: u8 = 5;

/// Takes a wish.
pub type Listener = Arc<dyn Fn() + Send + Sync>;

/// Power of one board.
#[derive(Default)]
pub struct Power {
    on_reason: AtomicU8,
    down_reason: AtomicU8,
    usb: AtomicBool,
    requested: Mutex<Option<Request>>,
    listener: Mutex<Option<Listener>>,
}

impl std::fmt::Debug for Power {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Power").field("on_reason", &self.on_reason).field("usb", &self.usb).finish_non_exhaustive()
    }
}

impl Power {
    pub(crate) fn new(description: &board_file::Power) -> Self {
        Self {
            on_reason: AtomicU8::new(description.on_reason),
            down_reason: AtomicU8::new(description.down_reason),
            usb: AtomicBool::new(description.usb),
            ..Self::default()
        }
    }

    /// What `Power.powerOnReason()` says.
    pub fn on_reason(&self) -> u8 {
        self.on_reason.load(SeqCst)
    }

    /// What `Power.powerDownReason()` says.
    pub fn down_reason(&self) -> u8 {
        self.down_reason.load(SeqCst)
    }

    /// Whether USB is plugged in.
    pub fn usb(&self) -> bool {
        self.usb.load(SeqCst)
    }

    /// Returns how it was.
    pub(crate) fn set_usb(&self, plugged: bool) -> bool {
        self.usb.swap(plugged, SeqCst)
    }

    /// The first wish counts; the session hears of it at once.
    pub(crate) fn request(&self, request: Request) {
        self.requested.lock().get_or_insert(request);
        let listener = self.listener.lock().clone();
        if let Some(listener) = listener {
            listener();
        }
    }

    /// What was asked for.
    pub fn requested(&self) -> Option<Request> {
        *self.requested.lock()
    }

    /// The current listener, so that it can be put back.
    #[must_use]
    pub fn listener(&self) -> Option<Listener> {
        self.listener.lock().clone()
    }

    /// Forgets a wish that was carried out.
    pub fn forget_request(&self) {
        self.requested.lock().take();
    }

    /// Sets why the module is on, for tests.
    pub fn set_on_reason(&self, reason: u8) {
        self.on_reason.store(reason, SeqCst);
    }

    /// Sets the listener that is told of a request.
    pub fn listen(&self, listener: Option<Listener>) {
        *self.listener.lock() = listener;
    }

    /// Power is on again.
    pub(crate) fn restarted(&self) {
        let request = self.requested.lock().take();
        let reason = if request == Some(Request::Watchdog) { BY_WATCHDOG } else { BY_RESET };
        self.on_reason.store(reason, SeqCst);
        self.down_reason.store(if request == Some(Request::Watchdog) { 5 } else { 1 }, SeqCst);
    }
}
