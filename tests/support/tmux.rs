//! The program in a terminal: a window of a private tmux, typed into and looked at. Every wait is for something seen.

use super::PATIENCE;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// Whether there is a tmux; says so if not.
pub fn is_there() -> bool {
    let there = Command::new("tmux").arg("-V").output().is_ok_and(|o| o.status.success());
    if !there {
        eprintln!("SKIPPED: tmux is not installed");
    }
    there
}

/// A folder to be somebody's home; removed when dropped.
pub struct Home(pub PathBuf);

impl Home {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("quecpy prompt {} {}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let settings =
            "set -g remain-on-exit on\nset -g status off\nset -g escape-time 0\nset -g history-limit 50000\n";
        std::fs::write(folder.join("tmux.conf"), settings).expect("written");
        Self(folder)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One window; its program ends when dropped.
pub struct Window {
    home: PathBuf,
    /// Where what was last run begins to answer.
    prompts: usize,
}

impl Window {
    /// Runs a command of a shell in a window of this size.
    pub fn open(home: &Path, size: (usize, usize), command: &str) -> Self {
        let window = Self { home: home.to_owned(), prompts: 1 };
        let (x, y) = (size.0.to_string(), size.1.to_string());
        let end = Instant::now() + PATIENCE;
        loop {
            let opened = window.tmux(&["new-session", "-d", "-x", &x, "-y", &y, command]);
            if opened.status.success() {
                break;
            }
            // The one before may be about to end.
            assert!(Instant::now() < end, "{}", String::from_utf8_lossy(&opened.stderr));
            std::thread::sleep(Duration::from_millis(10));
        }
        window
    }

    /// The prompt of 80 columns.
    pub fn prompt(home: &Home, arguments: &str) -> Self {
        let window = Self::open(&home.0, (80, 24), &Self::command("", arguments));
        window.waits_for_input(1);
        window
    }

    /// The prompt, in a shell that tells its status behind it: tmux does not always hear of one.
    pub fn with_status(home: &Home) -> Self {
        let command = Self::command("", "").replace("exec ", "");
        let window = Self::open(&home.0, (80, 24), &format!("{command}; echo status $?"));
        window.waits_for_input(1);
        window
    }

    /// The program with variables before it and arguments behind it, for a shell.
    pub fn command(variables: &str, arguments: &str) -> String {
        format!("exec env {variables} '{}' --ephemeral {arguments}", env!("CARGO_BIN_EXE_quecpy"))
    }

    pub fn tmux(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.args(["-u", "-L", "quecpy", "-f"]).arg(self.home.join("tmux.conf")).args(arguments);
        command.current_dir(&self.home).env("HOME", &self.home).env("TMUX_TMPDIR", &self.home).env_remove("TMUX");
        command.env("LC_ALL", "C.UTF-8").output().expect("tmux runs")
    }

    /// Keys by tmux's names.
    pub fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Characters.
    pub fn types(&self, text: &str) {
        self.tmux(&["send-keys", "-l", text]);
    }

    /// A line.
    pub fn enter(&self, line: &str) {
        self.types(line);
        self.keys(&["Enter"]);
    }

    /// Puts a text into the window as a clipboard does.
    pub fn paste(&self, text: &str) {
        let file = self.home.join("clipboard");
        std::fs::write(&file, text).expect("written");
        self.tmux(&["load-buffer", &file.to_string_lossy()]);
        self.tmux(&["paste-buffer", "-p"]);
    }

    /// Everything in the window so far; a line that the window had to break is one line.
    pub fn text(&self) -> String {
        self.captured(&["-J", "-S", "-"])
    }

    /// The rows of the window, as they stand.
    pub fn rows(&self) -> String {
        self.captured(&[])
    }

    fn captured(&self, how: &[&str]) -> String {
        let output = self.tmux(&[&["capture-pane", "-p"], how].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// Waits until the window is as wanted.
    #[track_caller]
    pub fn until(&self, wanted: &str, is_so: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if is_so(&text) {
                return text;
            }
            if Instant::now() >= end {
                let tail: Vec<&str> = text.lines().rev().take(40).map(|l| l.get(..400).unwrap_or(l)).collect();
                let tail: Vec<&str> = tail.into_iter().rev().collect();
                panic!("not seen: {wanted}\n--- the window\n{}\n---", tail.join("\n"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses a key until the window ends so: a script may not be ready for it when it has asked.
    #[track_caller]
    pub fn presses_until(&self, key: &str, wanted: &str) {
        let pressed = std::cell::Cell::new(None::<Instant>);
        self.until(wanted, |seen| {
            let done = seen.ends_with(wanted);
            if !done && pressed.get().is_none_or(|at| at.elapsed() > Duration::from_secs(2)) {
                self.keys(&[key]);
                pressed.set(Some(Instant::now()));
            }
            done
        });
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> String {
        self.until(text, |seen| seen.contains(text))
    }

    #[track_caller]
    pub fn ends_with(&self, text: &str) -> String {
        self.until(text, |seen| seen.ends_with(text))
    }

    /// Waits for the prompt with this number, counted from 1, and nothing behind it.
    #[track_caller]
    pub fn waits_for_input(&self, number: usize) -> String {
        self.until("the prompt", |seen| prompts(seen) >= number && seen.ends_with("\n>>>"))
    }

    /// Runs a line; what it printed.
    #[track_caller]
    pub fn run(&mut self, line: &str) -> String {
        self.waits_for_input(1);
        self.prompts = prompts(&self.text());
        self.enter(line);
        self.answer()
    }

    /// What was printed since the last prompt, once there is a new one.
    #[track_caller]
    pub fn answer(&mut self) -> String {
        let seen = self.waits_for_input(self.prompts + 1);
        let lines: Vec<&str> = seen.lines().collect();
        let entered = lines.iter().enumerate().filter(|(_, l)| l.starts_with(">>>")).nth(self.prompts - 1);
        let start = entered.map_or(0, |(at, _)| at + 1);
        self.prompts = prompts(&seen);
        let printed: Vec<&str> =
            lines[start..lines.len() - 1].iter().filter(|l| !l.starts_with("...")).copied().collect();
        printed.join("\n")
    }

    /// The program's process.
    pub fn process(&self) -> String {
        self.tells("#{pane_pid}")
    }

    fn tells(&self, what: &str) -> String {
        String::from_utf8_lossy(&self.tmux(&["display-message", "-p", what]).stdout).trim().to_owned()
    }

    /// Waits until the program has ended; what it left in the window.
    #[track_caller]
    pub fn has_ended(&self) -> String {
        self.until("its end", |_| self.tells("#{pane_dead}") == "1");
        self.text()
    }

    /// Makes the window so wide, and waits until its program can know it: tmux tells it a moment after it has done it.
    #[track_caller]
    pub fn resize(&self, columns: usize, rows: usize) {
        let (x, y) = (columns.to_string(), rows.to_string());
        self.tmux(&["resize-window", "-x", &x, "-y", &y]);
        let terminal = std::fs::File::open(self.tells("#{pane_tty}")).expect("the window's terminal");
        self.until("the new size", |_| {
            let size = Command::new("stty").arg("size").stdin(terminal.try_clone().expect("another handle")).output();
            size.is_ok_and(|size| String::from_utf8_lossy(&size.stdout).trim() == format!("{y} {x}"))
        });
    }

    /// Makes the window so wide, one width after the other, as a hand that drags its border does: tmux keeps the time.
    pub fn drags(&self, widths: &[usize]) {
        let steps = widths.iter().map(|width| format!("resize-window -x {width} -y 20 ; run-shell -d 0.05 ;"));
        let steps: Vec<String> = steps.collect();
        let steps = steps.join(" ");
        self.tmux(&steps.trim_end_matches(" ;").split(' ').collect::<Vec<_>>());
    }

    /// As a person who closes the window.
    pub fn close(&self) {
        self.tmux(&["kill-server"]);
    }
}

fn prompts(seen: &str) -> usize {
    seen.lines().filter(|l| l.starts_with(">>>")).count()
}

impl Drop for Window {
    fn drop(&mut self) {
        self.close();
    }
}
