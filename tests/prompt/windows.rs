//! What becomes of the prompt when its window changes its size, is closed, is left or can do little.

use super::support::PATIENCE;
use super::tmux::{self, Home, Window};
use std::process::Command;
use std::time::Instant;

/// Waits until a process is gone.
#[track_caller]
fn is_gone(process: &str) {
    let end = Instant::now() + PATIENCE;
    while Command::new("kill").args(["-0", process]).output().is_ok_and(|o| o.status.success()) {
        assert!(Instant::now() < end, "the program lives on without its window");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_narrow_terminal_and_one_that_changes() {
    if !tmux::is_there() {
        return;
    }
    let home = Home::new();
    let window = Window::open(&home.0, (20, 10), &Window::command("NO_COLOR=1", ""));
    window.waits_for_input(1);
    window.types("'0123456789' + 'abcdefghij'");
    window.keys(&["Home", "Right", "Delete"]);
    window.until("the line on two rows", |_| window.rows().ends_with(">>> '123456789' + 'a\nbcdefghij'"));
    window.resize(60, 12);
    window.types("X");
    window.until("the line on one row", |_| window.rows().ends_with(">>> 'X123456789' + 'abcdefghij'"));
    window.keys(&["Enter"]);
    window.shows("\n'X123456789abcdefghij'\n>>>");
}

const LONG_LINE: &str = "'0123456789' + 'abcdefghij' + 'the third' + 'and a fourth one'";

/// A window of 60 columns in which a line that needs two rows is being edited; none without tmux.
fn with_a_long_line() -> Option<(Home, Window)> {
    if !tmux::is_there() {
        return None;
    }
    let home = Home::new();
    let window = Window::open(&home.0, (60, 20), &Window::command("", ""));
    window.waits_for_input(1);
    window.enter("'before'");
    window.waits_for_input(2);
    window.types(LONG_LINE);
    window.ends_with(LONG_LINE);
    Some((home, window))
}

/// Waits until the edited line stands below what was there before, and nothing else does.
#[track_caller]
fn shows_once(window: &Window, wanted: &str, line: &str) {
    // Rows are broken anywhere, and a blank at the end of one is not seen.
    let packed = |text: &str| text.split_whitespace().collect::<String>();
    let end = packed(&format!(">>>'before''before'>>>{line}"));
    window.until(wanted, |seen| packed(seen).ends_with(&end));
}

/// Waits until tmux and the program no longer speak of the window's size, of which nothing shows.
fn settled() {
    std::thread::sleep(std::time::Duration::from_millis(150));
}

#[test]
fn a_window_that_is_made_narrower_and_wider_shows_the_line_once() {
    let Some((_home, window)) = with_a_long_line() else { return };
    let mut line = LONG_LINE.to_owned();
    let mut cursor = line.len();
    for (lefts, width) in [(1, 30), (0, 20), (0, 33), (18, 17), (0, 41), (30, 80), (0, 22)] {
        (0..lefts).for_each(|_| window.keys(&["Left"]));
        settled();
        window.resize(width, 20);
        settled();
        // Only what is typed then shows that the line was drawn anew: the window breaks its rows anew itself.
        window.types("x");
        line.insert(cursor - lefts, 'x');
        cursor = cursor - lefts + 1;
        let wanted = format!("at {width} the line, once: {line}");
        shows_once(&window, &wanted, &line);
    }
    window.keys(&["Home"]);
    window.types("len(");
    window.keys(&["End"]);
    window.enter(")");
    window.shows("\n52\n>>>");
}

#[test]
fn a_window_whose_width_changes_fast_shows_the_line_once() {
    let Some((_home, window)) = with_a_long_line() else { return };
    let mut line = LONG_LINE.to_owned();
    // tmux tells of 51 columns, which it had for a moment, when it has 32 again.
    for widths in [[32, 51, 32], [27, 21, 18], [47, 27, 47]] {
        let (last, others) = widths.split_last().expect("widths");
        window.drags(others);
        window.resize(*last, 20);
        window.types("x");
        line.push('x');
        shows_once(&window, &format!("after {widths:?} the line, once: {line}"), &line);
    }
}

#[test]
fn closing_the_window_ends_the_program() {
    for work in [
        "",
        "while True: print(1)",
        "import usocket; s = usocket.socket(); s.bind(('', 0)); s.listen(1); s.accept()",
        "input()",
    ] {
        prompt!(home, window);
        window.enter(work);
        window.enter("");
        let process = window.process();
        window.close();
        is_gone(&process);
    }
}

#[test]
fn ctrl_z_suspends_and_fg_goes_on() {
    if !tmux::is_there() || !std::path::Path::new("/bin/bash").exists() {
        return;
    }
    let home = Home::new();
    let window = Window::open(&home.0, (80, 24), "PS1='shell: ' exec /bin/bash --norc --noprofile -i");
    window.shows("shell:");
    window.enter(&Window::command("", "").replace("exec ", ""));
    window.waits_for_input(1);
    window.enter("kept = 6");
    window.waits_for_input(2);
    window.types("kept * 7");
    window.ends_with(">>> kept * 7");
    window.keys(&["C-z"]);
    window.until("the shell", |seen| seen.contains("Stopped") && seen.ends_with("shell:"));
    window.enter("fg");
    window.ends_with(">>> kept * 7");
    window.keys(&["Enter"]);
    window.shows("\n42\n>>>");
    // A key that is pressed before it runs is a character of the next line.
    window.enter("exec('print(6 * 8)\\nwhile True: pass')");
    window.shows("\n48");
    window.keys(&["C-z"]);
    window.until("the shell", |seen| seen.matches("Stopped").count() == 2 && seen.ends_with("shell:"));
    window.enter("fg");
    window.until("the program", |seen| seen.matches("\nshell: fg").count() == 2);
    window.presses_until("C-c", "KeyboardInterrupt:\n>>>");
}

#[test]
fn terminals_that_can_do_little() {
    if !tmux::is_there() {
        return;
    }
    let home = Home::new();
    let dumb = Window::open(&home.0, (80, 24), &Window::command("TERM=dumb", ""));
    dumb.waits_for_input(1);
    dumb.enter("6 * 7");
    dumb.shows("\n42\n>>>");
    dumb.enter("input('? ')");
    dumb.ends_with("\n?");
    dumb.enter("yes");
    dumb.shows("'yes'\n>>>");
    drop(dumb);
    let silent = Window::open(&home.0, (80, 24), &format!("stty -echo; {}", Window::command("", "")));
    silent.waits_for_input(1);
    silent.enter("6 * 7");
    silent.shows(">>> 6 * 7\n42\n>>>");
    drop(silent);
    let lines = "printf '6 * 7\\nprint(6 * 7)\\n' | ";
    let piped = Window::open(&home.0, (80, 24), &format!("{lines}{}", Window::command("", "").replace("exec ", "")));
    assert_eq!(piped.has_ended().lines().next(), Some("42"), "a script from a pipe is no prompt");
}
