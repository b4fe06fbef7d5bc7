//! The picture of the prompt: the recorded session, drawn.

use std::fmt::Write;

pub const PICTURE: &str = "docs/prompt.svg";
/// A test replays it.
const SESSION: &str = "tests/specs/prompt/session.txt";

const COLUMNS: usize = 80;
/// Of one place, in pixels; fonts differ a little.
const WIDTH: f64 = 8.43;
const HEIGHT: usize = 20;
const LEFT: usize = 20;
const TOP: usize = 60;

const PROMPT: &str = "#7ee787";
const TYPED: &str = "#ffffff";
const PRINTED: &str = "#c9d1d9";
const NOTICE: &str = "#8b949e";
const ERROR: &str = "#ff7b72";

/// Draws it.
pub fn picture() -> std::io::Result<String> {
    Ok(drawn(&std::fs::read_to_string(crate::repository::top().join(SESSION))?.replace("\r\n", "\n")))
}

fn drawn(session: &str) -> String {
    let lines: Vec<&str> = session.lines().collect();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred pixels")]
    let width = (COLUMNS as f64 * WIDTH) as usize + 2 * LEFT;
    let height = TOP + lines.len() * HEIGHT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"quecpy's prompt in a terminal\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"#0d1117\" stroke=\"#30363d\"/>\n"
    );
    for (x, colour) in [(22, "#ff5f57"), (42, "#febc2e"), (62, "#28c840")] {
        let _ = writeln!(svg, "<circle cx=\"{x}\" cy=\"20\" r=\"6\" fill=\"{colour}\"/>");
    }
    svg += "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\">\n";
    let mut colour = NOTICE;
    for (row, line) in lines.iter().enumerate() {
        colour = colour_of(line, colour);
        let (prompt, text) = split(line);
        let y = TOP + row * HEIGHT;
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"{y}\" xml:space=\"preserve\"><tspan fill=\"{PROMPT}\">{}</tspan>\
             <tspan fill=\"{colour}\">{}</tspan></text>",
            escaped(prompt),
            escaped(text)
        );
    }
    svg + "</g>\n</svg>\n"
}

/// The colour of what stands behind a line's prompt; a line without a mark of its own goes on as the one before.
fn colour_of(line: &str, before: &'static str) -> &'static str {
    match line {
        l if !split(l).0.is_empty() => TYPED,
        l if l.starts_with("quecpy: ") => NOTICE,
        l if l.starts_with("Traceback") => ERROR,
        _ if before == ERROR || before == NOTICE => before,
        _ => PRINTED,
    }
}

fn split(line: &str) -> (&str, &str) {
    let prompt = [">>> ", "... ", "$ ", ">>>", "..."].into_iter().find(|p| line.starts_with(p));
    line.split_at(prompt.map_or(0, str::len))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_picture_is_true() {
        let committed = std::fs::read_to_string(crate::repository::top().join(PICTURE)).unwrap().replace("\r\n", "\n");
        assert!(picture().unwrap() == committed, "{PICTURE} is not true any more: run `cargo xtask picture`");
    }
}
