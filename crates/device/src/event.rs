//! What happens on the board and a script may have a callback for.
//!
//! An event carries its callback's one argument already, in the form that the module's documentation gives it; the
//! bindings only turn [`Value`] into an object and call.

use parking_lot::Mutex;
use std::sync::Arc;

/// The source of an event. A script can set one callback for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// PDP contexts that come up and go down.
    DataCall,
    /// Registration, cells, the network's time.
    Net,
    /// The SIM card is put in or taken out.
    Sim,
    /// The switch between two cards.
    SimSwitch,
    /// A short message has come.
    Sms,
    /// A telephone call changes.
    VoiceCall,
    /// A recording of a call.
    VoiceRecord,
    /// A key that the other side of a call presses.
    Tone,
    /// The power key.
    PowerKey,
    /// The USB plug.
    Usb,
    /// The module falls asleep or wakes.
    Sleep,
    /// A scan for access points is done.
    WifiScan,
    /// An update's progress.
    Fota,
    /// The card reader.
    SdCard,
    /// The key matrix.
    KeyPad,
    /// The real-time clock's alarm.
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
    /// None.
    None,
    /// An int.
    Int(i64),
    /// A str.
    Text(String),
    /// A bytes.
    Bytes(Vec<u8>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A list.
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
    /// Its source.
    pub source: Source,
    /// What the callback gets.
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
    /// Sends an event; without a callback for its source it is forgotten.
    pub fn send(&self, source: Source, argument: Value) {
        let listener = self.0.lock().clone();
        if let Some(listener) = listener {
            listener(Event { source, argument });
        }
    }

    /// The current listener, so that it can be put back.
    #[must_use]
    pub fn listener(&self) -> Option<Listener> {
        self.0.lock().clone()
    }

    /// Replaces the listener.
    pub fn listen(&self, listener: Option<Listener>) {
        *self.0.lock() = listener;
    }
}
