//! What a run amounts to, and those who tell of it.

pub mod json;
pub mod junit;
pub mod pretty;

use crate::events::{Item, Report, Verdict, When, Why};

/// How a test, or one phase of it, counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// Passed.
    Passed,
    /// Failed.
    Failed,
    /// A fixture failed, or a file.
    Error,
    /// Skipped.
    Skipped,
    /// Failed, as `xfail` expects.
    XFailed,
    /// Passed, though `xfail` expects otherwise.
    XPassed,
    /// A set-up or tear-down that went well: nothing to tell.
    Nothing,
}

impl Category {
    /// The category of a phase's report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        match (report.outcome, report.when, report.wasxfail.is_some()) {
            (Verdict::Skipped, _, true) => Self::XFailed,
            (Verdict::Skipped, _, false) => Self::Skipped,
            (Verdict::Passed, When::Call, true) => Self::XPassed,
            (Verdict::Passed, When::Call, false) => Self::Passed,
            (Verdict::Passed, ..) => Self::Nothing,
            (Verdict::Failed, When::Call, _) => Self::Failed,
            (Verdict::Failed, ..) => Self::Error,
        }
    }

    /// The letter on the line of progress.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Passed => ".",
            Self::Failed => "F",
            Self::Error => "E",
            Self::Skipped => "s",
            Self::XFailed => "x",
            Self::XPassed => "X",
            Self::Nothing => "",
        }
    }

    /// The word of the summary.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "PASSED",
            Self::Failed => "FAILED",
            Self::Error => "ERROR",
            Self::Skipped => "SKIPPED",
            Self::XFailed => "XFAIL",
            Self::XPassed => "XPASS",
            Self::Nothing => "",
        }
    }
}

/// A file that could not be collected, or that skips itself.
#[derive(Debug, Clone)]
pub struct FileOutcome {
    /// The file's node id.
    pub id: String,
    /// Why.
    pub why: Why,
    /// What was printed, by a title.
    pub sections: Vec<(String, String)>,
}

/// All that is known at the end.
#[derive(Debug, Default)]
pub struct Results {
    /// What was told of each phase.
    pub reports: Vec<Report>,
    /// Files that cannot be imported.
    pub errors: Vec<FileOutcome>,
    /// Files that are skipped.
    pub skipped: Vec<FileOutcome>,
    /// The tests.
    pub items: Vec<Item>,
    /// How many tests there are.
    pub collected: usize,
    /// How many of them were not selected.
    pub deselected: usize,
    /// How long it took.
    pub seconds: f64,
    /// Sockets and threads that tests have left behind.
    pub left: Vec<String>,
    /// Why the run ended before its end.
    pub stopped: Option<String>,
}

impl Results {
    /// How many tests are of this category.
    #[must_use]
    pub fn count(&self, category: Category) -> usize {
        let of_files = match category {
            Category::Error => self.errors.len(),
            Category::Skipped => self.skipped.len(),
            _ => 0,
        };
        of_files + self.reports.iter().filter(|r| Category::of(r) == category).count()
    }
}
