//! What a port asks of its owner, and what the owner answers.

/// What the owner of a [`crate::Port`] is to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Write to the wire, as it stands.
    Send(Vec<u8>),
    /// Run this, pass what it prints through `Port::output`, and answer with `Port::finished`.
    Run {
        /// The source, as it came.
        source: Vec<u8>,
        /// How it is compiled.
        mode: Mode,
    },
    /// The interrupt character came while something runs: raise KeyboardInterrupt there. It may follow a `Run` of the same
    /// answer, and is meant for that run then.
    Interrupt,
    /// Tab was pressed: this stands left of the cursor on its line. Answer with `Port::completed`.
    Complete {
        /// What stands left of the cursor.
        text: String,
    },
    /// The line that `Port::input` asked for.
    Line(Line),
    /// Start the VM anew, run what runs at a start (`main.py` only if not `Port::is_raw`), answer with `Port::start`.
    SoftReset,
    /// Enough for one answer: write what was sent, then call `Port::receive` again, with no bytes or with new ones.
    Again,
}

/// How to compile the source of a run, and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One interactive statement: the values of expressions are shown.
    Friendly,
    /// A whole text, from paste mode. Lines may end in CR.
    Paste,
    /// A whole text, from raw mode.
    Raw,
    /// A whole text, from raw-paste mode.
    RawPaste,
}

impl Mode {
    /// A program talks to the port, not a person: output and error are told apart by control characters.
    pub fn is_raw(self) -> bool {
        matches!(self, Self::Raw | Self::RawPaste)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// Nothing was raised.
    Done,
    /// An exception was raised; the text is its traceback.
    Failed(&'a str),
    /// SystemExit was raised: a soft reset follows.
    Exit,
}

/// What can stand in place of the word that Tab was pressed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    /// No name begins so.
    Nothing,
    /// Insert this at the cursor: the rest of the only name, or what all names have in common.
    Insert(String),
    /// Names that have no more in common, to be listed.
    Choices(Vec<String>),
}

/// What `input()` got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What was printed.
    Text(String),
    /// Ctrl-D on an empty line: EOFError.
    End,
    /// More than [`crate::LINE_LIMIT`] bytes: MemoryError.
    TooLong,
}
