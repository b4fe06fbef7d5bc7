//! The sandbox, seen from outside: what running programs may do, and that all goes on inside it.

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use support::{PATIENCE, run_within};

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quecpy"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn stdout(arguments: &[&str], folder: &Path) -> String {
    let ended = run_within(program(arguments, folder), PATIENCE).expect("it ends");
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}\n{}", ended.stdout);
    ended.stdout
}

/// What `--version -v` says of the operating system's wall.
fn wall() -> String {
    let text = stdout(&["--version", "-v"], Path::new("."));
    let line = text.lines().find_map(|line| line.strip_prefix("scripts are kept in by: ")).expect("a line");
    line.to_owned()
}

#[test]
fn the_version_tells_what_keeps_scripts_in_when_asked() {
    assert!(wall().starts_with("Landlock (version ") || wall().starts_with("the interpreter alone ("), "{}", wall());
    assert!(!stdout(&["--version"], Path::new(".")).contains("kept in"));
}

/// Whether the kernel keeps a program's main thread to what it has, while a script runs in it.
#[cfg(target_os = "linux")]
fn is_bound(options: &[&str]) -> bool {
    use std::io::{BufRead, BufReader};

    let folder = tempfile::tempdir().expect("a folder");
    let wait = ["-c", "import utime\nprint('runs')\nutime.sleep(60)"];
    let mut child =
        program(&[options, &wait].concat(), folder.path()).stdout(Stdio::piped()).spawn().expect("the program");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let bound = gives_up_privileges(child.id());
    child.kill().expect("a running program");
    child.wait().expect("an end");
    bound
}

/// Landlock itself shows nowhere; what it needs does.
#[cfg(target_os = "linux")]
fn gives_up_privileges(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a running program");
    status.lines().any(|line| line.split_whitespace().eq(["NoNewPrivs:", "1"]))
}

#[cfg(target_os = "linux")]
#[test]
fn a_script_runs_behind_the_wall_unless_told_otherwise() {
    assert!(is_bound(&[]));
    assert!(is_bound(&["--ephemeral"]));
    // Programs inherit it from who starts them, as in some containers.
    assert_eq!(is_bound(&["--no-sandbox"]), gives_up_privileges(std::process::id()));
}

const FILES: &str = "
import uos
def tree(folder):
    for entry in uos.ilistdir(folder):
        path = folder + '/' + entry[0]
        print(path)
        if entry[1] == 0x4000:
            tree(path)
uos.mkdir('/usr/a')
with open('/usr/a/one', 'w') as f:
    f.write('1')
uos.rename('/usr/a/one', '/usr/two')
with open('/usr/two', 'a') as f:
    f.write('2')
print(open('/usr/two').read(), open('/usr/main.py').read())
tree('/usr')
with open('/bak/three', 'w') as f:
    f.write('3')
uos.remove('/usr/two')
uos.rmdir('/usr/a')
uos.remove('/usr/main.py')
tree('/usr')
tree('/bak')
";

#[test]
fn the_flash_is_whole_behind_the_wall_wherever_it_is_kept() {
    for options in [&[] as &[&str], &["--flash", "direct"], &["--ephemeral"]] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("main.py"), "main").expect("a file");
        let text = stdout(&[options, &["-c", FILES]].concat(), folder.path());
        assert_eq!(text, "12 main\n/usr/a\n/usr/main.py\n/usr/two\n/bak/three\n", "{options:?}");
        let kept = folder.path().join("main.py").exists();
        assert_eq!(kept, options != ["--flash", "direct"], "{options:?}");
    }
}

/// A module that restarts, threads, and deep recursion: all that looks at the main thread's stack or starts threads.
#[test]
fn a_restart_behind_the_wall_measures_its_stack() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = "
import _thread, utime, misc
def deep(n):
    return deep(n + 1)
def down():
    try:
        deep(0)
    except RuntimeError as e:
        print(e)
down()
_thread.start_new_thread(down, ())
utime.sleep_ms(200)
try:
    open('/usr/again')
    print('again')
except OSError:
    open('/usr/again', 'w').close()
    misc.Power.powerRestart()
    utime.sleep(9)
";
    std::fs::write(folder.path().join("main.py"), code).expect("a file");
    let ended = run_within(program(&["boot", "."], folder.path()), PATIENCE).expect("it ends");
    let deep = ended.stdout.lines().filter(|line| *line == "maximum recursion depth exceeded").count();
    assert_eq!((ended.status, deep, ended.stdout.contains("again")), (Some(0), 4, true), "{ended:?}");
}

/// Workers of `quecpy test` are bound too: a test that asks for another file of the computer does not get it.
#[test]
fn tests_are_kept_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    std::fs::write(other.path().join("secret.py"), "secret = 1").expect("a file");
    let path = other.path().join("secret.py");
    let code = format!(
        "import _quecpy_test\ndef test_load():\n    try:\n        _quecpy_test.load({path:?}, 'secret', 'secret.py')\n    \
         except OSError as e:\n        assert 'no file of these tests' in str(e)\n    else:\n        assert 0\n\ndef test_files():\n    \
         with open('/usr/x', 'w') as f:\n        f.write('1')\n    assert open('/usr/x').read() == '1'\n"
    );
    std::fs::write(folder.path().join("test_a.py"), code).expect("a file");
    let text = stdout(&["test", "-q"], folder.path());
    assert!(text.contains("2 passed"), "{text}");
}
