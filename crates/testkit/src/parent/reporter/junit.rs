//! JUnit's XML, as pytest writes it (family xunit2).

use crate::events::{Report, Verdict, When, Why};
use crate::parent::reporter::Results;
use std::fmt::Write;
use std::path::Path;

/// One `<testcase>`.
#[derive(Debug, Default)]
struct Case {
    id: String,
    seconds: f64,
    properties: Vec<(String, String)>,
    inner: String,
    closed: bool,
    failed: bool,
}

#[derive(Debug, Default)]
struct Counts {
    errors: usize,
    failures: usize,
    skipped: usize,
    passed: usize,
    twice: usize,
}

/// The whole file. `here` makes paths of skips absolute.
#[must_use]
pub fn document(results: &Results, here: &Path, timestamp: &str, host: &str) -> String {
    let mut counts = Counts::default();
    let mut cases: Vec<Case> = Vec::new();
    for error in &results.errors {
        counts.errors += 1;
        let inner = element("error", &[("message", "collection failure")], error.why.text.trim());
        cases.push(Case { id: error.id.clone(), inner, closed: true, ..Case::default() });
    }
    for skip in &results.skipped {
        counts.skipped += 1;
        let text = {
            let quote = if skip.why.text.contains('\'') && !skip.why.text.contains('"') { '"' } else { '\'' };
            format!("('{}', {}, {quote}{}{quote})", absolute(here, &skip.why.path), skip.why.line, skip.why.text)
        };
        let inner = element("skipped", &[("message", "collection skipped")], &text);
        cases.push(Case { id: skip.id.clone(), inner, closed: true, ..Case::default() });
    }
    for report in &results.reports {
        add(report, &mut cases, &mut counts, here);
    }
    let tests = counts.passed + counts.failures + counts.skipped + counts.errors - counts.twice;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?><testsuites name=\"pytest tests\">");
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<testsuite name=\"pytest\" errors=\"{}\" failures=\"{}\" skipped=\"{}\" tests=\"{tests}\" time=\"{:.3}\" \
         timestamp=\"{timestamp}\" hostname=\"{}\">",
        counts.errors,
        counts.failures,
        counts.skipped,
        results.seconds,
        escape(host, true)
    );
    for case in cases {
        let (class, name) = address(&case.id);
        let mut inner = String::new();
        if !case.properties.is_empty() {
            inner.push_str("<properties>");
            for (name, value) in &case.properties {
                let _ = write!(inner, "<property name=\"{}\" value=\"{}\" />", escape(name, true), escape(value, true));
            }
            inner.push_str("</properties>");
        }
        inner += &case.inner;
        let _ = write!(
            out,
            "<testcase classname=\"{}\" name=\"{}\" time=\"{:.3}\"",
            escape(&class, true),
            escape(&name, true),
            case.seconds
        );
        out += &if inner.is_empty() { " />".to_owned() } else { format!(">{inner}</testcase>") };
    }
    out + "</testsuite></testsuites>"
}

fn add(report: &Report, cases: &mut Vec<Case>, counts: &mut Counts, here: &Path) {
    let open = cases.iter().rposition(|c| c.id == report.id && !c.closed);
    let failed_again = report.when == When::Teardown && report.outcome == Verdict::Failed;
    let place = match open {
        // A failed call and a failed tear-down are two cases.
        Some(place) if !(failed_again && cases[place].failed) => place,
        open => {
            if let Some(open) = open {
                cases[open].closed = true;
            }
            cases.push(Case { id: report.id.clone(), ..Case::default() });
            cases.len() - 1
        }
    };
    if failed_again && open == Some(place) {
        counts.twice += 1;
    }
    let case = &mut cases[place];
    let mut why = report.why.clone().unwrap_or_default();
    why.text = why.text.trim().to_owned();
    match (report.outcome, report.when) {
        (Verdict::Passed, When::Call) => counts.passed += 1,
        (Verdict::Passed, _) => {}
        (Verdict::Failed, When::Call) => {
            counts.failures += 1;
            case.failed = true;
            case.inner += &element("failure", &[("message", &shortened(&why.message))], &why.text);
        }
        (Verdict::Failed, when) => {
            counts.errors += 1;
            let phase = if when == When::Teardown { "teardown" } else { "setup" };
            let message = shortened(&format!("failed on {phase} with \"{}\"", why.message));
            case.inner += &element("error", &[("message", &message)], &why.text);
        }
        (Verdict::Skipped, _) => {
            counts.skipped += 1;
            case.inner += &skipped(report, &why, here);
        }
    }
    case.seconds += report.duration;
    if report.when == When::Teardown {
        case.properties.clone_from(&report.properties);
        case.closed = true;
    }
}

fn skipped(report: &Report, why: &Why, here: &Path) -> String {
    if let Some(reason) = &report.wasxfail {
        let reason = reason.strip_prefix("reason: ").unwrap_or(reason);
        return element("skipped", &[("type", "pytest.xfail"), ("message", reason)], "");
    }
    let details = format!("{}:{}: {}", absolute(here, &why.path), why.line, why.message);
    element("skipped", &[("type", "pytest.skip"), ("message", &why.message)], &details)
}

fn absolute(here: &Path, path: &str) -> String {
    crate::parent::discover::normal(&here.join(path)).to_string_lossy().into_owned()
}

fn element(name: &str, attributes: &[(&str, &str)], text: &str) -> String {
    let mut out = format!("<{name}");
    for (attribute, value) in attributes {
        let _ = write!(out, " {attribute}=\"{}\"", escape(value, true));
    }
    if text.is_empty() {
        return out + " />";
    }
    out + ">" + &escape(text, false) + &format!("</{name}>")
}

/// Messages are kept short; the text has them in full.
fn shortened(message: &str) -> String {
    const BUDGET: usize = 500;
    let lines: Vec<&str> = message.lines().collect();
    let (mut kept, mut size) = (Vec::new(), 0);
    for line in &lines {
        let length = line.chars().count();
        if !kept.is_empty() && size + length + 1 > BUDGET {
            break;
        }
        kept.push(*line);
        size += length + 1;
    }
    let mut short = kept.join("\n");
    let cut = short.chars().count() > BUDGET;
    if cut {
        short = short.chars().take(BUDGET).collect::<String>() + "...";
    }
    match lines.len() - kept.len() {
        0 if cut => format!("{short}\n[truncated; full report in element text]"),
        0 => message.to_owned(),
        n => format!("{short}\n[+{n} more line{}; full report in element text]", if n > 1 { "s" } else { "" }),
    }
}

/// `a/b.py::C::f[p]` is the class `a.b.C` and the name `f[p]`.
fn address(id: &str) -> (String, String) {
    let (head, parameters) = match id.find('[') {
        Some(at) => id.split_at(at),
        None => (id, ""),
    };
    let mut names: Vec<String> = head.split("::").map(str::to_owned).collect();
    let path = names[0].replace('/', ".");
    names[0] = path.strip_suffix(".py").map(str::to_owned).unwrap_or(path);
    let last = names.pop().unwrap_or_default() + parameters;
    (names.join("."), last)
}

/// XML's escapes, and pytest's `#x1B` for what XML cannot hold.
fn escape(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\r' if attribute => out.push_str("&#13;"),
            '\t' if attribute => out.push_str("&#09;"),
            '\n' | '\r' | '\t' => out.push(c),
            c if u32::from(c) < 0x20 || u32::from(c) == 0x7f => {
                let _ = write!(out, "#x{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_ids_become_addresses() {
        assert_eq!(address("a/b.py::C::f[p::q]"), ("a.b.C".into(), "f[p::q]".into()));
        assert_eq!(address("a/b.py"), (String::new(), "a.b".into()));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a<b>&\"\n\x1b", true), "a&lt;b&gt;&amp;&quot;&#10;#x1B");
        assert_eq!(escape("\"\n", false), "\"\n");
    }
}
