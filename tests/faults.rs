//! A fault of quecpy itself (a Rust panic) ends a script, or a job of a prompt, a port or the test runner, with one line,
//! and nothing else. The program has no function that panics, so this test is the program with one more module, `_fault`:
//! it starts itself, with [`AS_PROGRAM`] set.

use libtest_mimic::{Arguments, Failed, Trial};
use quecpy_modules::registry::{Module, native};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

mod support;
use support::{Ended, PATIENCE, run_within};

const AS_PROGRAM: &str = "QUECPY_TEST_WITH_FAULTS";

static MODULES: &[Module] = &[native("_fault", fault::module_def, "")];

#[rustpython_vm::pymodule(name = "_fault")]
mod fault {
    use rustpython_vm::builtins::PyStrRef;

    #[pyfunction]
    fn panic(message: PyStrRef) {
        std::panic::panic_any(message.to_string());
    }

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("the second");
        }
    }

    /// Panics while it panics, which Rust answers by ending the process.
    #[pyfunction]
    fn twice() {
        let _bomb = Bomb;
        panic!("the first");
    }
}

fn main() -> ExitCode {
    if std::env::var_os(AS_PROGRAM).is_some() {
        return quecpy_cli::main(MODULES);
    }
    let trials: [(&str, fn()); 9] = [
        ("a_script_ends_with_one_line_and_status_70", a_script),
        ("rust_prints_its_own_words_only_when_asked", backtraces),
        ("threads_and_callbacks_end_the_script_too", threads_and_callbacks),
        ("what_was_written_is_whole", written),
        ("a_panic_within_a_panic_is_told_too", twice),
        ("the_prompt_goes_on", prompt),
        ("the_serial_port_goes_on", serial_port),
        ("raw_mode_goes_on", raw_mode),
        ("a_test_fails_and_the_others_go_on", test_runner),
    ];
    let trial = |(name, run): (&'static str, fn())| {
        let caught = move || std::panic::catch_unwind(run).map_err(|_| Failed::from("see above"));
        Trial::test(name, caught)
    };
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().map(trial).collect()).exit_code()
}

/// The program.
fn program() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.env(AS_PROGRAM, "1").env("NO_COLOR", "1").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Ended {
    let mut command = program();
    command.args(arguments);
    run_within(command, PATIENCE).expect("it ends")
}

#[track_caller]
fn is_told(line: &str, message: &str) {
    assert!(line.starts_with("quecpy: a fault of quecpy itself, not of the script: "), "{line}");
    assert!(line.contains(&format!(": {message} (")) && line.contains("faults.rs:"), "{line}");
    assert!(
        line.contains(concat!("quecpy ", env!("CARGO_PKG_VERSION"))) && line.contains("please report it"),
        "{line}"
    );
}

#[track_caller]
fn ends_with_fault(code: &str, message: &str) -> String {
    let ended = run(&["--ephemeral", "-c", code]);
    assert_eq!(ended.stderr.lines().count(), 1, "{code}: {}", ended.stderr);
    is_told(ended.stderr.trim_end(), message);
    assert_eq!(ended.status, Some(70), "{code}");
    ended.stdout
}

fn a_script() {
    let out =
        ends_with_fault("import _fault\nprint('before')\n_fault.panic('boom\\n  bang')\nprint('after')", "boom bang");
    assert_eq!(out, "before\n");
    // Nothing of the script catches it.
    let caught = "import _fault\ntry:\n    _fault.panic('x')\nexcept BaseException:\n    print('caught')\nfinally:\n    print('finally')";
    assert_eq!(ends_with_fault(caught, "x"), "");
    for code in [
        "import _fault\ndef f(n):\n    return f(n - 1) if n else _fault.panic('deep')\nf(100)",
        "import _fault\ndef g():\n    yield _fault.panic('deep')\nfor x in g(): pass",
        "import _fault\nsorted([1, 2], key=lambda x: _fault.panic('deep'))",
        "import _fault\nclass C:\n    def __repr__(self): _fault.panic('deep')\nprint([C()])",
    ] {
        assert_eq!(ends_with_fault(code, "deep"), "", "{code}");
    }
}

fn backtraces() {
    let mut command = program();
    command.env("RUST_BACKTRACE", "1").args(["-c", "import _fault\n_fault.panic('boom')"]);
    let ended = run_within(command, PATIENCE).expect("it ends");
    assert!(ended.stderr.contains("stack backtrace:"), "{}", ended.stderr);
    is_told(ended.stderr.lines().last().unwrap_or_default(), "boom");
}

fn threads_and_callbacks() {
    for start in [
        "_thread.start_new_thread(_fault.panic, ('boom',))",
        "Timer(Timer.Timer1).start(period=1, mode=Timer.ONE_SHOT, callback=lambda t: _fault.panic('boom'))",
        "micropython.schedule(_fault.panic, 'boom')",
    ] {
        let imports = "import _fault, _thread, utime, micropython\nfrom machine import Timer\n";
        // While the main thread waits, and when it has ended.
        for end in ["\nutime.sleep(100)", "\nwhile True: pass", ""] {
            ends_with_fault(&format!("{imports}{start}{end}"), "boom");
        }
    }
}

fn written() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("s.py");
    std::fs::write(&script, "import _fault\nopen('/usr/kept', 'w').write('all of it')\n_fault.panic('boom')\n")
        .expect("written");
    let ended = run(&["--flash", "direct", &script.to_string_lossy()]);
    assert_eq!(ended.status, Some(70), "{}", ended.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("kept")).expect("a file"), "all of it");
}

fn twice() {
    ends_with_fault("import _fault\n_fault.twice()", "the first");
}

/// A client of the main serial port of the program.
struct Port {
    program: std::process::Child,
    stream: TcpStream,
}

impl Port {
    fn open() -> Self {
        let mut command = program();
        command.args(["serial", "--ephemeral", "--listen", "127.0.0.1:0"]);
        let mut program = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        let mut stderr = BufReader::new(program.stderr.take().expect("piped"));
        stderr.read_line(&mut line).expect("its address");
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        let address = line.trim().rsplit("socket://").next().unwrap_or_default().to_owned();
        let stream = TcpStream::connect(address).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        Self { program, stream }
    }

    /// Sends, and reads up to and with `end`.
    #[track_caller]
    fn says(&mut self, bytes: &[u8], end: &str) -> String {
        self.stream.write_all(bytes).expect("sent");
        let mut all = Vec::new();
        while !all.ends_with(end.as_bytes()) {
            let mut byte = [0];
            match self.stream.read(&mut byte) {
                Ok(1) => all.push(byte[0]),
                other => panic!("{other:?} after {:?}, expected {end:?}", String::from_utf8_lossy(&all)),
            }
        }
        String::from_utf8_lossy(&all).into_owned()
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn serial_port() {
    let mut port = Port::open();
    port.says(b"\r\nx = 7; import _fault\r", ">>> ");
    port.says(b"x\r", "7\r\n>>> ");
    let seen = port.says(b"_fault.panic('boom')\r", "as they were\r\n>>> ");
    let line = seen.lines().find(|line| line.starts_with("quecpy: a fault")).unwrap_or_else(|| panic!("{seen:?}"));
    is_told(line, "boom");
    let seen = port.says(b"x\r", ">>> ");
    assert!(seen.contains("NameError"), "{seen:?}");
    // A thread's, while nothing is entered.
    port.says(b"import _fault, _thread\r", ">>> ");
    port.says(b"_thread.start_new_thread(_fault.panic, ('in a thread',))\r", "please report it");
    let mut seen = String::new();
    while !seen.contains("42\r\n>>> ") {
        seen += &port.says(b"6 * 7\r", ">>> ");
    }
}

fn raw_mode() {
    let mut port = Port::open();
    port.says(b"\x01", "raw REPL; CTRL-B to exit\r\n>");
    let seen = port.says(b"import _fault\nprint('out')\n_fault.panic('boom')\x04", "\x04>");
    assert!(seen.starts_with("OKout\r\n\x04quecpy: a fault of quecpy itself"), "{seen:?}");
    assert_eq!(port.says(b"print(1 + 1)\x04", "\x04>"), "OK2\r\n\x04\x04>");
}

fn prompt() {
    let Ok(tmux) = Command::new("tmux").arg("-V").output() else {
        eprintln!("SKIPPED: tmux is not installed");
        return;
    };
    assert!(tmux.status.success());
    let home = tempfile::tempdir().expect("a folder");
    let tmux = |arguments: &[&str]| {
        let mut command = Command::new("tmux");
        command.args(["-u", "-L", "faults"]).args(arguments).env("TMUX_TMPDIR", home.path()).env_remove("TMUX");
        String::from_utf8_lossy(&command.output().expect("tmux runs").stdout).into_owned()
    };
    let own = std::env::current_exe().expect("this test");
    let home_folder = home.path().display();
    let shell = format!("exec env HOME='{home_folder}' {AS_PROGRAM}=1 '{}' --ephemeral", own.display());
    tmux(&["new-session", "-d", "-x", "300", "-y", "50", &shell]);
    let shows = |wanted: &str, prompts: usize| {
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let seen = tmux(&["capture-pane", "-p", "-S", "-"]);
            let count = seen.lines().filter(|line| line.starts_with(">>>")).count();
            if seen.contains(wanted) && count >= prompts && seen.trim_end().ends_with("\n>>>") {
                return seen;
            }
            assert!(std::time::Instant::now() < end, "{wanted:?} not seen: {seen}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    let enter = |line: &str| drop(tmux(&["send-keys", "-l", &format!("{line}\n")]));
    shows("MicroPython", 1);
    enter("import _fault; x = 7");
    shows("x = 7", 2);
    enter("_fault.panic('boom')");
    let seen = shows("as they were", 3);
    is_told(seen.lines().find(|line| line.starts_with("quecpy: a fault")).unwrap_or_default(), "boom");
    enter("x");
    shows("NameError", 4);
    enter("6 * 7");
    shows("42", 5);
    tmux(&["kill-server"]);
}

fn tests_in(folder: &Path, name: &str, text: &str) -> Ended {
    std::fs::write(folder.join(name), text).expect("written");
    let mut command = program();
    command.args(["test", "-p", "no:cacheprovider", name]).current_dir(folder);
    run_within(command, PATIENCE).expect("it ends")
}

fn test_runner() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "import _fault\ndef test_a(): pass\ndef test_b(): _fault.panic('boom')\ndef test_c(): pass\n";
    let ended = tests_in(folder.path(), "test_some.py", text);
    assert!(ended.stdout.contains("1 failed, 2 passed"), "{}{}", ended.stdout, ended.stderr);
    is_told(ended.stdout.lines().find(|line| line.starts_with("quecpy: a fault")).unwrap_or_default(), "boom");
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(1), ""));
    let thread = "import _fault, _thread, utime\ndef test_a():\n    _thread.start_new_thread(_fault.panic, ('boom',))\n    \
                  utime.sleep(50)\ndef test_b(): pass\n";
    let ended = tests_in(folder.path(), "test_thread.py", thread);
    assert!(ended.stdout.contains("1 failed, 1 passed"), "{}{}", ended.stdout, ended.stderr);
    let ended = tests_in(folder.path(), "test_import.py", "import _fault\n_fault.panic('boom')\ndef test_a(): pass\n");
    assert!(ended.stdout.contains("quecpy: a fault") && ended.stdout.contains("1 error"), "{}", ended.stdout);
    assert_eq!(ended.status, Some(2));
}
