//! What `--fixtures` shows.

use super::text::duration;
use super::{Color, Pretty};
use crate::events::Fixture;
use crate::parent::reporter::Results;

impl Pretty {
    /// The fixtures: the runner's own first, then those of each file.
    pub fn fixtures(&mut self, fixtures: &[Fixture], results: &Results) {
        let mut shown: Vec<&Fixture> = fixtures.iter().collect();
        shown.retain(|fixture| self.style.verbose > 0 || !fixture.name.starts_with('_'));
        shown.sort_by_key(|f| (f.file.clone(), if f.file.is_some() { f.line } else { 0 }, f.name.clone()));
        let mut file = None;
        for fixture in shown {
            if fixture.file != file {
                file.clone_from(&fixture.file);
                let name = file.as_deref().unwrap_or_default();
                self.put("\n");
                self.heading("-", &format!("fixtures defined in {name}"), None);
            }
            self.fixture(fixture);
        }
        if !results.errors.is_empty() {
            self.errors(results);
            self.summary(results);
        }
        self.heading("=", &format!("no tests ran in {}", duration(results.seconds)), None);
    }

    fn fixture(&mut self, fixture: &Fixture) {
        let scope = match fixture.scope.as_str() {
            "function" => String::new(),
            scope => format!(" [{scope} scope]"),
        };
        let place = match &fixture.file {
            Some(file) => format!("{file}:{}", fixture.line),
            None => "quecpy".to_owned(),
        };
        let name = self.painted(&fixture.name, Some(Color::Green), false);
        self.line(&format!("{name}{scope} -- {place}"));
        match &fixture.doc {
            Some(doc) => {
                for line in text_of(doc, self.style.verbose > 0) {
                    self.line(format!("    {line}").trim_end());
                }
            }
            None => self.line(&format!("    {}", self.painted("no docstring available", Some(Color::Red), false))),
        }
        self.line("");
    }
}

/// A docstring's lines without the indentation of its place; up to the first empty one, unless all of them.
fn text_of(doc: &str, whole: bool) -> Vec<&str> {
    let lines: Vec<&str> = doc.trim().lines().collect();
    let rest = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let indentation = rest.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let without = |(number, line): (usize, &&'_ str)| match number {
        0 => 0,
        _ => indentation.min(line.len() - line.trim_start().len()),
    };
    let cut = lines.iter().enumerate().map(|(number, line)| &line[without((number, line))..]);
    cut.take_while(|line| whole || !line.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn docstrings_lose_their_indentation() {
        let doc = "A thing.\n        More\n          of it.\n\n        The rest.\n    ";
        assert_eq!(text_of(doc, false), ["A thing.", "More", "  of it."]);
        assert_eq!(text_of(doc, true), ["A thing.", "More", "  of it.", "", "The rest."]);
    }
}
