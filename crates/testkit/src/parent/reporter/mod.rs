//! What a run amounts to, and those who tell of it.

pub mod json;
pub mod junit;
pub mod pretty;

use crate::events::{Item, Report, Verdict, When, Why};

/// How a test, or one phase of it, counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    Passed,
    Failed,
    Error,
    Skipped,
    XFailed,
    XPassed,
    /// A set-up or tear-down that went well: nothing to tell.
    Nothing,
}

impl Category {
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
    pub id: String,
    pub why: Why,
    pub sections: Vec<(String, String)>,
}

/// All that is known at the end.
#[derive(Debug, Default)]
pub struct Results {
    pub reports: Vec<Report>,
    pub errors: Vec<FileOutcome>,
    pub skipped: Vec<FileOutcome>,
    pub items: Vec<Item>,
    pub collected: usize,
    pub deselected: usize,
    pub seconds: f64,
    /// Sockets and threads that tests have left behind.
    pub left: Vec<String>,
    /// Why the run ended before its end.
    pub stopped: Option<String>,
}

impl Results {
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
