//! What happens on the board and a script may have a callback for.
//!
//! An event carries its callback's one argument already, in the form that the module's documentation gives it; the
//! bindings only turn [`Value`] into an object and call.

use parking_lot::Mutex;
use std::sync::Arc;

/// Who sends an event. A script can set one callback for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    DataCall,
    Net,
    Sim,
    SimSwitch,
    Sms,
    VoiceCall,
    VoiceRecord,
    /// A key that the other side of a call presses.
    Tone,
    PowerKey,
    Usb,
    Sleep,
    WifiScan,
    Fota,
    SdCard,
    KeyPad,
    RtcAlarm,
    /// `machine.ExtInt` by its GPIO.
    ExtInt(u8),
    /// `machine.UART` by its number.
    Uart(u8),
    /// `wakeup.WakeUp` by its number.
    WakeUp(u8),
    /// `machine.Timer` by its number.
    Timer(u8),
    /// `osTimer` by the number that the board has given it.
    OsTimer(u64),
}

/// A callback's argument, without a VM.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    None,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Tuple(Vec<Value>),
    List(Vec<Value>),
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A tuple of whole numbers, the most common argument.
#[must_use]
pub fn numbers(all: &[i64]) -> Value {
    Value::Tuple(all.iter().copied().map(Value::Int).collect())
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub source: Source,
    pub argument: Value,
}

/// Takes events as they happen, on the thread on which they happen; it must not wait.
pub type Listener = Arc<dyn Fn(Event) + Send + Sync>;

/// Where a board's events go: to the one listener that is set, or nowhere.
#[derive(Default)]
pub struct Events(Mutex<Option<Listener>>);

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Events")
    }
}

impl Events {
    pub fn send(&self, source: Source, argument: Value) {
        let listener = self.0.lock().clone();
        if let Some(listener) = listener {
            listener(Event { source, argument });
        }
    }

    /// Who listens now, so that he can be put back.
    #[must_use]
    pub fn listener(&self) -> Option<Listener> {
        self.0.lock().clone()
    }

    /// Replaces the listener.
    pub fn listen(&self, listener: Option<Listener>) {
        *self.0.lock() = listener;
    }
}
