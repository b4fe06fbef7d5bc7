//! The report for people: pytest's, line for line.

use crate::events::{Report, When};
use crate::reporter::{Category, Results};
use std::io::Write;

/// What the command line says of it.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Below 0 with `-q`.
    pub verbose: i64,
    pub color: bool,
    pub width: usize,
    /// `-r`
    pub summary: String,
    /// `--tb=no` and the like.
    pub traceback: String,
    /// Files run beside each other.
    pub parallel: bool,
    pub durations: Option<usize>,
    pub durations_min: f64,
    /// `-s`
    pub pass_on: bool,
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

/// Writes to standard output.
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
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, column: 0, file: String::new(), done: 0, total: 0, worst: None }
    }

    fn put(&mut self, text: &str) {
        // Nobody may be reading any more.
        let _ = std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush());
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
            eprint!("{text}");
        } else {
            self.put(text);
        }
    }

    /// All that follows the tests.
    pub fn end(&mut self, results: &Results, notes: &[String]) {
        self.fresh();
        if self.done > 0 || !results.errors.is_empty() {
            self.put("\n");
        }
        if self.style.traceback != "no" {
            self.errors(results);
            self.failures(results);
        }
        if self.style.summary.contains(['A', 'P']) {
            self.passes(results);
        }
        if !results.left.is_empty() && self.style.verbose >= -1 {
            self.heading("=", "left behind", Some(Color::Yellow));
            for line in &results.left {
                self.line(line);
            }
        }
        self.durations(results);
        for note in notes {
            self.heading("-", note, None);
        }
        self.summary(results);
        if let Some(stopped) = &results.stopped {
            self.heading("!", stopped, Some(Color::Red));
        }
        self.last_line(results);
    }

    fn title(id: &str) -> String {
        let (head, parameters) = id.find('[').map_or((id, ""), |at| id.split_at(at));
        let names: Vec<&str> = head.split("::").skip(1).collect();
        names.join(".") + parameters
    }

    fn errors(&mut self, results: &Results) {
        let of_tests: Vec<&Report> = results.reports.iter().filter(|r| Category::of(r) == Category::Error).collect();
        if of_tests.is_empty() && results.errors.is_empty() {
            return;
        }
        self.heading("=", "ERRORS", None);
        for error in &results.errors {
            self.heading("_", &format!("ERROR collecting {}", error.id), Some(Color::Red));
            self.body(&error.why.text, &error.sections);
        }
        for report in of_tests {
            let phase = if report.when == When::Teardown { "teardown" } else { "setup" };
            self.heading("_", &format!("ERROR at {phase} of {}", Self::title(&report.id)), Some(Color::Red));
            self.failure(report);
        }
    }

    fn failures(&mut self, results: &Results) {
        let failed: Vec<&Report> = results.reports.iter().filter(|r| Category::of(r) == Category::Failed).collect();
        if failed.is_empty() {
            return;
        }
        self.heading("=", "FAILURES", None);
        for report in failed {
            if self.style.traceback == "line" {
                let text = report.why.as_ref().map(|w| w.text.clone()).unwrap_or_default();
                self.line(&text);
                continue;
            }
            self.heading("_", &Self::title(&report.id), Some(Color::Red));
            self.failure(report);
            // What the test printed later, while it was torn down.
            for later in &results.reports {
                if later.id == report.id && later.when == When::Teardown {
                    let more: Vec<_> =
                        later.sections.iter().filter(|(title, _)| title.ends_with("teardown")).cloned().collect();
                    self.sections(&more);
                }
            }
        }
    }

    fn failure(&mut self, report: &Report) {
        let text = report.why.as_ref().map(|w| w.text.clone()).unwrap_or_default();
        self.body(&text, &report.sections);
    }

    fn body(&mut self, text: &str, sections: &[(String, String)]) {
        for line in text.lines() {
            let marked = line.starts_with("E ") || line == "E";
            let color = if marked { Some(Color::Red) } else { None };
            let painted = self.painted(line, color, marked || line.starts_with('>'));
            self.put(&format!("{painted}\n"));
        }
        self.sections(sections);
    }

    fn sections(&mut self, sections: &[(String, String)]) {
        for (title, text) in sections {
            self.heading("-", title, None);
            self.put(text);
            self.fresh();
        }
    }

    fn passes(&mut self, results: &Results) {
        let printed: Vec<&Report> = results
            .reports
            .iter()
            .filter(|r| r.when == When::Teardown && !r.sections.is_empty())
            .filter(|r| results.reports.iter().any(|c| c.id == r.id && Category::of(c) == Category::Passed))
            .collect();
        if printed.is_empty() {
            return;
        }
        self.heading("=", "PASSES", None);
        for report in printed {
            self.heading("_", &Self::title(&report.id), Some(Color::Green));
            self.sections(&report.sections);
        }
    }

    fn durations(&mut self, results: &Results) {
        let Some(most) = self.style.durations else { return };
        let mut all: Vec<&Report> = results.reports.iter().collect();
        all.sort_by(|a, b| b.duration.total_cmp(&a.duration));
        let title = if most == 0 { "slowest durations".to_owned() } else { format!("slowest {most} durations") };
        self.heading("=", &title, None);
        let shown = if most == 0 { all.len() } else { most.min(all.len()) };
        for (number, report) in all[..shown].iter().enumerate() {
            if report.duration < self.style.durations_min {
                let hidden = shown - number;
                self.line("");
                self.line(&format!(
                    "({hidden} durations < {}s hidden.  Use -vv to show these durations.)",
                    self.style.durations_min
                ));
                break;
            }
            let when = match report.when {
                When::Setup => "setup",
                When::Call => "call",
                When::Teardown => "teardown",
            };
            self.line(&format!("{:02.2}s {when:<8} {}", report.duration, report.id));
        }
    }

    fn summary(&mut self, results: &Results) {
        let mut lines = Vec::new();
        for mark in marks(&self.style.summary) {
            match mark {
                'p' => lines.extend(of(results, Category::Passed).map(|r| format!("PASSED {}", r.id))),
                's' => lines.extend(self.skips(results)),
                'x' => lines.extend(of(results, Category::XFailed).map(|r| with_reason("XFAIL", r))),
                'X' => lines.extend(of(results, Category::XPassed).map(|r| with_reason("XPASS", r))),
                'f' => {
                    lines.extend(of(results, Category::Failed).map(|r| self.with_message("FAILED", &r.id, &message(r))))
                }
                'E' => {
                    for error in &results.errors {
                        let told = if error.why.path.is_empty() { "" } else { error.why.message.as_str() };
                        lines.push(self.with_message("ERROR", &error.id, told));
                    }
                    let errors = of(results, Category::Error);
                    lines.extend(errors.map(|r| self.with_message("ERROR", &r.id, &message(r))));
                }
                _ => {}
            }
        }
        if lines.is_empty() {
            return;
        }
        self.heading("=", "short test summary info", Some(Color::Cyan));
        for line in lines {
            self.line(&line);
        }
    }

    /// A line with as much of the message as fits.
    fn with_message(&self, word: &str, id: &str, message: &str) -> String {
        let line = format!("{word} {id}");
        let room = self.style.width.saturating_sub(line.chars().count());
        let tail = if self.style.verbose >= 2 { format!(" - {message}") } else { first_line(message, room) };
        line + &tail
    }

    fn skips(&self, results: &Results) -> Vec<String> {
        let of_files = results.skipped.iter().map(|s| s.why.clone());
        let of_tests = results.reports.iter().filter(|r| Category::of(r) == Category::Skipped);
        let mut folded: Vec<(String, usize)> = Vec::new();
        for why in of_files.chain(of_tests.filter_map(|r| r.why.clone())) {
            let key = format!("{}:{}: {}", why.path, why.line, why.message);
            match folded.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += 1,
                None => folded.push((key, 1)),
            }
        }
        folded.into_iter().map(|(key, n)| format!("SKIPPED [{n}] {key}")).collect()
    }

    fn last_line(&mut self, results: &Results) {
        let mut parts = Vec::new();
        for (category, one, many) in [
            (Category::Failed, "failed", "failed"),
            (Category::Passed, "passed", "passed"),
            (Category::Skipped, "skipped", "skipped"),
        ] {
            let n = results.count(category);
            if n > 0 {
                parts.push((format!("{n} {}", if n == 1 { one } else { many }), Color::of(category)));
            }
        }
        if results.deselected > 0 {
            parts.push((format!("{} deselected", results.deselected), Color::Yellow));
        }
        for (category, one, many) in [
            (Category::XFailed, "xfailed", "xfailed"),
            (Category::XPassed, "xpassed", "xpassed"),
            (Category::Error, "error", "errors"),
        ] {
            let n = results.count(category);
            if n > 0 {
                parts.push((format!("{n} {}", if n == 1 { one } else { many }), Color::of(category)));
            }
        }
        let worst = if results.count(Category::Failed) + results.count(Category::Error) > 0 {
            Color::Red
        } else if results.count(Category::XPassed) > 0 || results.count(Category::Passed) == 0 {
            Color::Yellow
        } else {
            Color::Green
        };
        if parts.is_empty() {
            parts.push(("no tests ran".to_owned(), Color::Yellow));
        }
        let time = format!(" in {}", duration(results.seconds));
        let plain = parts.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(", ") + &time;
        if self.style.verbose < 0 {
            let painted = self.painted(&plain, Some(worst), false);
            self.line(&painted);
        } else {
            self.heading("=", &plain, Some(worst));
        }
    }

    /// `--collect-only`: the tests as a tree, or as ids under `-q`.
    pub fn tree(&mut self, results: &Results) {
        if self.style.verbose < 0 {
            for item in &results.items {
                self.line(&item.id);
            }
            self.line("");
        } else {
            self.put("\n");
            let mut path: Vec<String> = Vec::new();
            for item in &results.items {
                let (head, parameters) = item.id.find('[').map_or((item.id.as_str(), ""), |at| item.id.split_at(at));
                let mut names: Vec<String> = head.split("::").map(str::to_owned).collect();
                if let Some(last) = names.last_mut() {
                    last.push_str(parameters);
                }
                let same = path.iter().zip(&names).take_while(|(a, b)| a == b).count();
                for (depth, name) in names.iter().enumerate().skip(same) {
                    let kind = match depth {
                        0 => "Module",
                        d if d + 1 == names.len() => "Function",
                        _ => "Class",
                    };
                    self.line(&format!("{}<{kind} {name}>", "  ".repeat(depth)));
                }
                path = names;
            }
        }
        if !results.errors.is_empty() {
            self.errors(results);
            self.summary(results);
        }
        let total = results.items.len();
        let plural = if total == 1 { "" } else { "s" };
        let text = match (results.collected, results.deselected) {
            (0, _) => "no tests collected".to_owned(),
            (n, 0) => format!("{n} test{plural} collected"),
            (n, d) if n == d => format!("no tests collected ({d} deselected)"),
            (n, d) => format!("{total}/{n} tests collected ({d} deselected)"),
        };
        let errors = match results.errors.len() {
            0 => String::new(),
            1 => ", 1 error".to_owned(),
            n => format!(", {n} errors"),
        };
        let text = format!("{text}{errors} in {}", duration(results.seconds));
        if self.style.verbose < 0 {
            self.line(&text);
        } else {
            self.put("\n");
            self.heading("=", &text, Some(Color::Green));
        }
    }
}

/// The characters of `-r`, with those that stand for others spelt out.
fn marks(summary: &str) -> Vec<char> {
    let spelt = summary.chars().flat_map(|c| match c {
        'a' => "sxXEf".chars(),
        'A' => "PpsxXEf".chars(),
        'S' => "s".chars(),
        'e' => "E".chars(),
        'F' => "f".chars(),
        'p' => "p".chars(),
        's' => "s".chars(),
        'x' => "x".chars(),
        'X' => "X".chars(),
        'E' => "E".chars(),
        'f' => "f".chars(),
        _ => "".chars(),
    });
    let mut marks = Vec::new();
    for mark in spelt {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

fn of(results: &Results, category: Category) -> impl Iterator<Item = &Report> {
    results.reports.iter().filter(move |r| Category::of(r) == category)
}

fn message(report: &Report) -> String {
    report.why.as_ref().map(|w| w.message.clone()).unwrap_or_default()
}

fn with_reason(word: &str, report: &Report) -> String {
    let reason = report.wasxfail.as_deref().unwrap_or_default();
    let reason = if reason.is_empty() { String::new() } else { format!(" - {reason}") };
    format!("{word} {}{reason}", report.id)
}

/// ` - message` as far as it fits, its first line.
fn first_line(message: &str, room: usize) -> String {
    let line = message.lines().next().unwrap_or_default();
    if line.is_empty() {
        return String::new();
    }
    let whole = format!(" - {line}");
    if whole.chars().count() <= room {
        return whole;
    }
    if room < 6 {
        return String::new();
    }
    whole.chars().take(room - 3).collect::<String>() + "..."
}

fn trimmed(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(4)).collect::<String>() + "...)"
}

/// `0.12s`, and with minutes in words of a clock.
#[must_use]
pub fn duration(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("{seconds:.2}s");
    }
    let whole = format!("{seconds:.0}").parse::<u64>().unwrap_or(0);
    format!("{seconds:.2}s ({}:{:02}:{:02})", whole / 3600, whole / 60 % 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_cut_to_their_room() {
        assert_eq!(first_line("assert 1 == 2", 80), " - assert 1 == 2");
        assert_eq!(first_line("assert 1 == 2", 12), " - assert...");
        assert_eq!(first_line("one\ntwo", 80), " - one");
        assert_eq!(first_line("one", 3), "");
    }

    #[test]
    fn durations() {
        assert_eq!(duration(0.123), "0.12s");
        assert_eq!(duration(75.5), "75.50s (0:01:16)");
    }
}
