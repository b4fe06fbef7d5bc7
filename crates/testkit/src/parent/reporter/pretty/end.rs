//! What stands below the tests: errors, failures, durations, the summary and the last line.

use super::text::{duration, first_line, marks, message, of, with_reason};
use super::{Color, Pretty};
use crate::events::{Report, When};
use crate::parent::reporter::{Category, Results};

impl Pretty {
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

    pub(super) fn errors(&mut self, results: &Results) {
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

    pub(super) fn summary(&mut self, results: &Results) {
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
}
