//! The report for people: pytest's, line for line.

mod end;
mod fixtures;
mod text;
mod tree;

use text::trimmed;

use crate::events::{Report, When};
use crate::parent::printer::Printer;
use crate::parent::reporter::{Category, Results};

/// What the command line says of it.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Below 0 with `-q`.
    pub verbose: i64,
    /// Whether to use colours.
    pub color: bool,
    /// The width of a line.
    pub width: usize,
    /// `-r`
    pub summary: String,
    /// `--tb=no` and the like.
    pub traceback: String,
    /// Files run beside each other.
    pub parallel: bool,
    /// How many of the slowest are told; 0: all.
    pub durations: Option<usize>,
    /// What is faster than so many seconds is not told.
    pub durations_min: f64,
    /// `-s`
    pub pass_on: bool,
    /// To standard error: standard output is for the report for programs.
    pub aside: bool,
    /// Where it prints.
    pub printer: Printer,
}

/// Colours of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Color {
    Red,
    Green,
    Yellow,
    Cyan,
}

impl Color {
    fn code(self) -> u8 {
        match self {
            Self::Red => 31,
            Self::Green => 32,
            Self::Yellow => 33,
            Self::Cyan => 36,
        }
    }

    fn of(category: Category) -> Self {
        match category {
            Category::Failed | Category::Error => Self::Red,
            Category::Passed => Self::Green,
            _ => Self::Yellow,
        }
    }
}

/// Writes to standard output, or aside.
#[derive(Debug)]
pub struct Pretty {
    style: Style,
    /// Where in the line we are.
    column: usize,
    file: String,
    done: usize,
    total: usize,
    worst: Option<Category>,
}

impl Pretty {
    /// A reporter of this style.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, column: 0, file: String::new(), done: 0, total: 0, worst: None }
    }

    fn put(&mut self, text: &str) {
        if self.style.aside {
            self.style.printer.err(text);
        } else {
            self.style.printer.out(text);
        }
        match text.rfind('\n') {
            Some(at) => self.column = text[at + 1..].chars().count(),
            None => self.column += text.chars().count(),
        }
    }

    fn painted(&self, text: &str, color: Option<Color>, bold: bool) -> String {
        match color.filter(|_| self.style.color) {
            Some(color) if bold => format!("\x1b[1;{}m{text}\x1b[0m", color.code()),
            Some(color) => format!("\x1b[{}m{text}\x1b[0m", color.code()),
            None if bold && self.style.color => format!("\x1b[1m{text}\x1b[0m"),
            None => text.to_owned(),
        }
    }

    fn paint(&mut self, text: &str, color: Option<Color>) {
        let painted = self.painted(text, color, false);
        let column = self.column + text.chars().count();
        self.put(&painted);
        self.column = column;
    }

    /// Prints a line.
    pub fn line(&mut self, text: &str) {
        self.fresh();
        self.put(&format!("{text}\n"));
    }

    fn fresh(&mut self) {
        if self.column > 0 {
            self.put("\n");
        }
    }

    fn separator(&self, mark: &str, title: &str) -> String {
        let width = self.style.width;
        if title.is_empty() {
            return mark.repeat(width);
        }
        let marks = (width.saturating_sub(title.chars().count() + 2) / 2).max(1);
        let side = mark.repeat(marks);
        let line = format!("{side} {title} {side}");
        if line.chars().count() + mark.chars().count() <= width { line + mark } else { line }
    }

    fn heading(&mut self, mark: &str, title: &str, color: Option<Color>) {
        self.fresh();
        let line = self.separator(mark, title);
        let painted = self.painted(&line, color, color.is_some());
        self.put(&format!("{painted}\n"));
    }

    /// The first lines.
    pub fn start(&mut self, about: &[String]) {
        if self.style.verbose < 0 {
            return;
        }
        let line = self.separator("=", "test session starts");
        let painted = self.painted(&line, None, true);
        self.put(&format!("{painted}\n"));
        for line in about {
            self.line(line);
        }
    }

    /// Tells how many tests there are.
    pub fn collected(&mut self, results: &Results) {
        self.total = results.items.len();
        if self.style.verbose < 0 {
            return;
        }
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let mut text = format!("collected {}", plural(results.collected, "item"));
        if !results.errors.is_empty() {
            text += &format!(" / {}", plural(results.errors.len(), "error"));
        }
        if results.deselected > 0 {
            text += &format!(" / {} deselected", results.deselected);
        }
        if !results.skipped.is_empty() {
            text += &format!(" / {} skipped", results.skipped.len());
        }
        if results.deselected > 0 {
            text += &format!(" / {} selected", results.items.len());
        }
        let painted = self.painted(&text, None, true);
        self.put(&format!("{painted}\n"));
    }

    /// An empty line before the tests.
    pub fn begin(&mut self) {
        if self.style.verbose >= 0 {
            self.put("\n");
        }
    }

    /// A test begins.
    pub fn test_starts(&mut self, id: &str) {
        if self.style.parallel {
            return;
        }
        if self.style.verbose > 0 {
            self.fresh();
            self.put(&format!("{id} "));
        } else if self.style.pass_on && self.style.verbose == 0 {
            self.file_of(id);
        }
    }

    fn file_of(&mut self, id: &str) {
        let file = id.split("::").next().unwrap_or(id);
        if self.style.parallel {
            return;
        }
        if file != self.file {
            self.fresh();
            file.clone_into(&mut self.file);
            if self.style.verbose == 0 {
                self.put(&format!("{file} "));
            }
        }
    }

    /// A phase has ended.
    pub fn report(&mut self, report: &Report) {
        let category = Category::of(report);
        if report.when == When::Teardown {
            self.done += 1;
        }
        if category == Category::Nothing {
            return;
        }
        self.worst = match (self.worst, category) {
            (_, Category::Failed | Category::Error) => Some(Category::Failed),
            (None, other) => Some(other),
            (Some(Category::Passed), Category::XPassed) => Some(Category::XPassed),
            (worst, _) => worst,
        };
        let color = Color::of(category);
        if self.style.verbose > 0 {
            let reason = match category {
                Category::Skipped => report.why.as_ref().map(|w| w.message.clone()),
                Category::XFailed | Category::XPassed => report.wasxfail.clone(),
                _ => None,
            };
            if self.style.parallel {
                self.fresh();
                self.put(&format!("{} ", report.id));
            } else if self.column == 0 {
                self.put(&format!("{} ", report.id));
            }
            self.paint(category.word(), Some(color));
            if let Some(reason) = reason.filter(|r| !r.is_empty()) {
                let room = self.style.width.saturating_sub(self.column + 9);
                let reason = trimmed(&format!(" ({reason})"), room);
                self.put(&reason);
            }
            let percent = self.percent(self.done + usize::from(report.when != When::Teardown));
            self.margin(&percent);
            self.put("\n");
            return;
        }
        self.file_of(&report.id);
        self.paint(category.letter(), Some(color));
        if self.column + 8 >= self.style.width {
            let done = (self.done + usize::from(report.when != When::Teardown)).min(self.total);
            let percent = self.percent(done);
            self.margin(&percent);
            self.put("\n");
        }
    }

    /// At the end of a file's letters: how much is done.
    pub fn file_ends(&mut self, all_done: bool) {
        if self.style.verbose != 0 || self.column == 0 || (self.style.parallel && !all_done) {
            if self.style.verbose < 0 && all_done && self.column > 0 {
                let percent = self.percent(self.done);
                self.margin(&percent);
                self.put("\n");
            }
            return;
        }
        let percent = self.percent(self.done);
        self.margin(&percent);
        self.put("\n");
    }

    fn percent(&self, done: usize) -> String {
        let done = done.min(self.total);
        format!("[{:>3}%]", done * 100 / self.total.max(1))
    }

    fn margin(&mut self, text: &str) {
        let room = self.style.width.saturating_sub(self.column + text.chars().count() + 2);
        let color = match self.worst {
            Some(Category::Failed | Category::Error) => Color::Red,
            Some(Category::Passed) | None => Color::Green,
            _ => Color::Yellow,
        };
        let blanks = " ".repeat(room + 1);
        self.put(&blanks);
        self.paint(text, Some(color));
    }

    /// Text that a test prints under `-s`.
    pub fn output(&mut self, error: bool, text: &str) {
        if error {
            self.style.printer.err(text);
        } else {
            self.put(text);
        }
    }
}
