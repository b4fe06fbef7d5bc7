//! What a firmware decides about its port, and the limits that hold for all of them.

/// The interrupt character, unless a script chooses another one.
pub const CTRL_C: u8 = 3;

/// The most bytes that wait for the script's stdin, or for the prompt after it. What comes beyond is dropped, as by a
/// UART whose buffer is full (a module's has a few hundred bytes).
pub const INPUT_LIMIT: usize = 256 * 1024;

/// The longest source of one run. A longer one is refused with a MemoryError in the form of the protocol.
pub const SOURCE_LIMIT: usize = 1024 * 1024;

/// The longest line at the friendly prompt. A longer one is refused with a MemoryError when it ends.
pub const LINE_LIMIT: usize = 16 * 1024;

/// When this many bytes go to the wire at once, [`crate::Action::Again`] ends the answer. A single byte adds at most
/// about twice a line to it.
pub const OUTPUT_LIMIT: usize = 64 * 1024;

/// The texts of a firmware. Line ends are CR LF: they go to the wire as they stand.
#[derive(Clone, Debug)]
pub struct Banner {
    /// Printed before the first friendly prompt, after a soft reset and at Ctrl-B.
    pub greeting: String,
    /// Printed when a soft reset begins.
    pub soft_reset: String,
}

impl Default for Banner {
    fn default() -> Self {
        Self {
            greeting: "MicroPython\r\nType \"help()\" for more information.\r\n".to_owned(),
            soft_reset: "MPY: soft reboot\r\n".to_owned(),
        }
    }
}

/// What differs between firmwares. The default is a MicroPython of the modules' time (1.14 to 1.27).
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the firmware says of itself.
    pub banner: Banner,
    /// The window of raw-paste mode in bytes; `None` for a firmware that does not know this mode (before 1.14), which
    /// then says `raw REPL; CTRL-B to exit` again.
    pub raw_paste: Option<u16>,
    /// Keys for whole words: Ctrl-W, Alt-B, Alt-F, Alt-D, Alt-Backspace, Ctrl-Left and Ctrl-Right. MicroPython has them
    /// in its largest builds only.
    pub word_keys: bool,
    /// A line feed alone ends a line at the friendly prompt, as MicroPython has it from 1.28 on; before, only a carriage
    /// return does, and line feeds are ignored.
    pub line_feed: bool,
    /// Characters beyond ASCII are accepted at the friendly prompt. MicroPython ignores them there. Paste mode, raw and
    /// raw-paste mode accept any byte, whatever this says.
    pub unicode_lines: bool,
    /// How many lines the history has.
    pub history: usize,
}

impl Default for Settings {
    fn default() -> Self {
        // 128: half of MICROPY_REPL_STDIN_BUFFER_MAX. 8: MICROPY_READLINE_HISTORY_SIZE.
        Self {
            banner: Banner::default(),
            raw_paste: Some(128),
            word_keys: false,
            line_feed: false,
            unicode_lines: false,
            history: 8,
        }
    }
}
