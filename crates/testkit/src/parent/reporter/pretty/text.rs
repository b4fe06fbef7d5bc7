//! Parts of lines: reasons, messages cut to their room, durations.

use crate::events::Report;
use crate::parent::reporter::{Category, Results};

/// The characters of `-r`, with those that stand for others spelt out.
pub(super) fn marks(summary: &str) -> Vec<char> {
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

pub(super) fn of(results: &Results, category: Category) -> impl Iterator<Item = &Report> {
    results.reports.iter().filter(move |r| Category::of(r) == category)
}

pub(super) fn message(report: &Report) -> String {
    report.why.as_ref().map(|w| w.message.clone()).unwrap_or_default()
}

pub(super) fn with_reason(word: &str, report: &Report) -> String {
    let reason = report.wasxfail.as_deref().unwrap_or_default();
    let reason = if reason.is_empty() { String::new() } else { format!(" - {reason}") };
    format!("{word} {}{reason}", report.id)
}

/// ` - message` as far as it fits, its first line.
pub(super) fn first_line(message: &str, room: usize) -> String {
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

pub(super) fn trimmed(text: &str, room: usize) -> String {
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
