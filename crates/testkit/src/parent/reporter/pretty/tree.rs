//! What `--collect-only` shows.

use super::text::duration;
use super::{Color, Pretty};
use crate::parent::reporter::Results;

impl Pretty {
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
