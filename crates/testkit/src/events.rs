//! What a worker tells: one JSON object a line, on its standard output. The same lines, with the file's name added,
//! are the report for editors (`--report-json`). Its last line is `{"event": "end", "exit": STATUS}`; without that line
//! the run did not come to its end. A test has one `report` for each phase that it came to; one whose worker crashed has
//! a failed `call` and no `teardown`, or, if it had come to its end, a failed `teardown`. Readers pass over events and names that they do not know.

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// A test, as collection found it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// `file.py::Class::test[param]`
    pub id: String,
    /// Counted from 1.
    pub line: usize,
    /// `Class.test[param]`
    pub domain: String,
    /// Names that `-k` looks into.
    pub keywords: Vec<String>,
    /// Names of marks, which `-m` looks into.
    pub marks: Vec<String>,
    /// What the nearest mark of a name was given, where that is plain data: `[args, kwargs]` by name.
    #[serde(default)]
    pub arguments: Value,
    /// The file that `line` counts in, as tracebacks show it: another one for a test that a class inherits.
    #[serde(default)]
    pub path: String,
}

/// A fixture, for `--fixtures`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixture {
    /// The fixture's name.
    pub name: String,
    /// How long it lives.
    pub scope: String,
    /// The file that defines it; none: the runner.
    pub file: Option<String>,
    /// The line of its function.
    pub line: usize,
    /// What its function says of itself.
    pub doc: Option<String>,
}

/// Why something failed or was skipped.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Why {
    /// As it is shown.
    pub text: String,
    /// What happened, without where.
    pub message: String,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// When a report was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// The fixtures are made.
    Setup,
    /// The test itself.
    Call,
    /// The fixtures are taken back.
    Teardown,
}

/// How a phase ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should.
    Passed,
    /// By an exception.
    Failed,
    /// By `skip`.
    Skipped,
}

/// The outcome of one phase of one test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// The test's node id.
    pub id: String,
    /// The phase.
    pub when: When,
    /// How it ended.
    pub outcome: Verdict,
    /// Seconds.
    #[serde(default)]
    pub duration: f64,
    /// Why it did not pass.
    #[serde(default)]
    pub why: Option<Why>,
    /// The reason of a mark `xfail` that took effect.
    #[serde(default)]
    pub wasxfail: Option<String>,
    /// Title and text of what was printed, and so on.
    #[serde(default)]
    pub sections: Vec<(String, String)>,
    /// `record_property`
    #[serde(default)]
    pub properties: Vec<(String, String)>,
}

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The file was imported and its tests found; `skipped` if the file says that it is not for here.
    Collected {
        /// The tests.
        items: Vec<Item>,
        /// Why the file cannot be imported.
        #[serde(default)]
        error: Option<Why>,
        /// Why the file is skipped.
        #[serde(default)]
        skipped: Option<Why>,
        /// What was printed, by a title.
        #[serde(default)]
        sections: Vec<(String, String)>,
    },
    /// A test begins.
    Start {
        /// The test's node id.
        id: String,
    },
    /// A phase has ended.
    Report(Report),
    /// Text that was not kept (`-s`).
    Output {
        /// Whether it is for standard error.
        error: bool,
        /// What was printed.
        text: String,
    },
    /// `pytest.exit()`
    Exit {
        /// Why.
        reason: String,
        /// The exit status that the script asked for.
        code: Option<i32>,
    },
    /// A test ran too long and could not be interrupted: the worker ends.
    Hung {
        /// The test's node id.
        id: String,
        /// The stacks of all threads.
        text: String,
    },
    /// A fault of quecpy itself: the worker ends.
    Fault {
        /// The text.
        text: String,
    },
    /// Sockets and threads that a test left behind.
    Left {
        /// The test's node id.
        id: String,
        /// What it left behind.
        what: String,
    },
    /// `--fixtures`: those that the file sees.
    Fixtures {
        /// The fixtures.
        fixtures: Vec<Fixture>,
    },
    /// All is done.
    Finished {},
}

/// Where events go.
#[derive(Clone)]
pub struct Channel(Arc<Mutex<Box<dyn Write + Send>>>);

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channel")
    }
}

impl Channel {
    /// A channel that writes there.
    #[must_use]
    pub fn new(to: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Box::new(to))))
    }

    /// Sends an event.
    pub fn send(&self, event: &Event) {
        if let Ok(value) = serde_json::to_value(event) {
            self.send_value(&value);
        }
    }

    /// Sends a JSON object.
    pub fn send_value(&self, value: &Value) {
        let mut to = self.0.lock();
        let line = format!("{value}\n");
        // Without a reader there is nobody to tell.
        let _ = to.write_all(line.as_bytes()).and_then(|()| to.flush());
    }
}
